"""Whether we may speak to GitHub: it answers, it has the same time, and it knows our key."""

import json
from datetime import timedelta

from ghapp.clock import age
from ghapp.diagnosis import Diagnosis, good, unseen, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.errors import Gone
from ghapp.github import reach
from ghapp.github.faults import Unsigned
from ghapp.github.pace import has_limits
from ghapp.github.reach import Answer, Cause, Unreached

# Our signature is dated a minute back and ends nine minutes later, and GitHub takes one that ends within ten: so it
# bears a clock that is a minute ahead. https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
BEARABLE = timedelta(seconds=60)
NOTED = timedelta(seconds=10)
STATUS = "https://www.githubstatus.com"
OUT = "Let this machine out to that host and port, past any firewall or proxy."
REMEDIES = {
    Cause.NAME: "Correct GITHUB_API_URL, or the name server that this machine asks.",
    Cause.TLS: "Let this machine trust the authority that signed it: SSL_CERT_FILE names a file of such.",
    Cause.CLOSED: OUT,
    Cause.SILENT: OUT,
    Cause.BROKEN: OUT,
}


async def github(case: Case) -> Diagnosis:
    """Whether GitHub's API answers at the address that is set."""
    if case.is_mistaken("GITHUB_API_URL"):
        return unseen("GITHUB_API_URL has a mistake.", first="settings")
    url = case.settings.github_api_url
    try:
        answer = await case.github()
    except Unreached as error:
        return wrong(f"{url} cannot be reached: {error.cause} ({error}).", REMEDIES[error.cause])
    if answer.status >= 500:
        return warning(f"{url} answers {answer.status}: GitHub has a fault now.", _passes(url))
    if not _is_api(answer):
        return wrong(
            f"{url} answers, but not as GitHub's API does.",
            "Set GITHUB_API_URL to https://api.github.com, or to https://HOST/api/v3 on GitHub Enterprise Server.",
        )
    return good(f"{url} answers.")


async def clock(case: Case) -> Diagnosis:
    """How far this machine's clock is from GitHub's."""
    off = reach.offset(await case.github())
    if off is None:
        return unseen("GitHub's answer does not say what time it is.", "Compare this machine's clock with another one.")
    remedy = "Let the machine keep its time by NTP, on Linux with `timedatectl set-ntp true`."
    seconds = timedelta(seconds=round(abs(off).total_seconds()))
    said = f"This machine's clock is {age(seconds)} {'ahead of' if off > timedelta(0) else 'behind'} GitHub's"
    if abs(off) > BEARABLE:
        return wrong(f"{said}, so that GitHub refuses what is signed here.", remedy)
    if abs(off) > NOTED:
        return warning(f"{said}; from a minute on GitHub refuses what is signed here.", remedy)
    return good("This machine's clock agrees with GitHub's.")


async def key(case: Case) -> Diagnosis:
    """Whether the private key signs in as the App of the id."""
    if not case.can_sign:
        return unseen("There is no App id with a key that can be read.", first="credentials")
    ours = case.settings.github_app_id
    try:
        found = await case.registration()
    except Unsigned as error:
        off = reach.offset(await case.github())
        if off is not None and abs(off) > BEARABLE:
            return unseen(
                "GitHub refuses the signature, as it does with any key while the clock is wrong.", first="clock"
            )
        return wrong(f"GitHub does not accept the private key for {_issuer(case)} ({_words(error)}).", _one_app(case))
    except Gone as error:
        return wrong(f"GitHub has no App that is {_issuer(case)} ({_words(error)}).", _one_app(case))
    if found.id != ours:
        return wrong(f"GITHUB_APP_ID is {ours}, but the key signs in as {found.slug}, App {found.id}.", _one_app(case))
    return good(f"The key signs in as {found.slug}, App {found.id}.")


def _passes(url: str) -> str:
    where = f", see {STATUS}" if has_limits(url) else ""
    return f"It passes{where}; what waits for it is tried again by itself."


def _is_api(answer: Answer) -> bool:
    try:
        return isinstance(json.loads(answer.text), dict)
    except (ValueError, RecursionError):
        return False


def _issuer(case: Case) -> str:
    name = "GITHUB_CLIENT_ID" if case.settings.github_client_id else "GITHUB_APP_ID"
    return f"{name} {case.settings.issuer}"


def _one_app(case: Case) -> str:
    return (
        "Take GITHUB_APP_ID, GITHUB_CLIENT_ID and a new private key from the settings page of one App,"
        f" below {case.settings.github_web_url}/settings/apps; a key of another App, or one deleted there, is refused."
    )


def _words(error: Exception) -> str:
    """GitHub's own words, without ours around them."""
    return str(error.__cause__ or error)


GITHUB = Check(name="github", asks="Does GitHub's API answer?", look=github)
CLOCK = Check(name="clock", asks="Is this machine's clock right?", look=clock, needs=("github",))
KEY = Check(name="key", asks="Does the private key belong to the App?", look=key, needs=("github",))
