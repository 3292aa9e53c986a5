"""The App's webhook at GitHub: where it delivers to, in which form, how safely, and whether our secret is its own."""

from urllib.parse import urlsplit

from ghapp.diagnosis import Diagnosis, good, unseen, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.github import reach
from ghapp.settings.address import is_loopback

PATH = "/webhook"
# What this server's own 401 says, see `ghapp/web/signed.py`: GitHub's log keeps it.
REFUSED = 401
FOREIGN, UNSIGNED = "does not fit the body and our secret", "X-Hub-Signature-256 is missing"
NONE = unseen("The App has no webhook.", first="hook-url")


async def url(case: Case) -> Diagnosis:
    """Whether GitHub delivers to this server."""
    if case.is_mistaken("PUBLIC_URL"):
        return unseen("PUBLIC_URL has a mistake.", first="settings")
    given, ours, page = (await case.hook()).url, _ours(case), await case.page()
    enter = f"Enter {ours or 'the address that leads to /webhook of this server'} as Webhook URL at {page}"
    if not given:
        return wrong("The App has no webhook: GitHub delivers nothing.", f"{enter}, and tick Active.")
    if ours and given != ours:
        return wrong(f"GitHub delivers to {given}; this server is at {ours}.", f"{enter}, or correct PUBLIC_URL.")
    if not ours and urlsplit(given).path != PATH:
        return warning(
            f"GitHub delivers to {given}, and no PUBLIC_URL says whether that leads here.",
            f"Right if a relay brings it to {PATH}; otherwise set PUBLIC_URL, and the same address at {page}.",
        )
    if given.startswith("http:"):
        return warning(
            f"GitHub delivers to {given}, which anybody on the way can read.",
            f"Put TLS before the server, and enter its https address as Webhook URL at {page}.",
        )
    return good(f"GitHub delivers to {given}.")


async def content_type(case: Case) -> Diagnosis:
    """Whether deliveries come as JSON."""
    found = await case.hook()
    if not found.url:
        return NONE
    if found.content_type != "json":
        return warning(
            f"Deliveries come as {found.content_type}: they are read, but are longer than they need to be.",
            f"Choose application/json as Content type at {await case.page()}.",
        )
    return good("Deliveries come as JSON.")


async def tls(case: Case) -> Diagnosis:
    """Whether GitHub looks at the certificate of whom it delivers to."""
    found = await case.hook()
    if not found.url:
        return NONE
    if not found.verifies_tls:
        return wrong(
            "GitHub does not verify the certificate: whoever stands between may read and answer deliveries.",
            f"Choose Enable SSL verification at {await case.page()}.",
        )
    return good("GitHub verifies the certificate of the server that it delivers to.")


async def secret(case: Case) -> Diagnosis:
    """Whether GitHub signs with our secret: it masks its own, so only our answers to deliveries show it."""
    found = await case.hook()
    if not found.url:
        return NONE
    if not found.has_secret:
        return wrong("The webhook has no secret: every delivery is refused with 401.", await _enter(case))
    telling = next((each for each in await case.deliveries() if each.status == REFUSED or not each.failed), None)
    if telling is None:
        return warning(
            "The webhook has a secret; whether it is ours shows only with a delivery that gets here.",
            await _again(case),
        )
    if not telling.failed:
        return good("The webhook has a secret, and the last delivery that got here was signed with ours.")
    return await _refused(case, await case.answer(telling))


async def _refused(case: Case, said: str) -> Diagnosis:
    """What the text of a 401 means."""
    if FOREIGN in said:
        return wrong("The webhook's secret is not ours: a delivery was refused with 401.", await _enter(case))
    if UNSIGNED in said:
        return warning(
            "The last delivery that got here was not signed; the webhook has a secret by now.", await _again(case)
        )
    return unseen("Something before this server refuses deliveries with 401.", first="deliveries")


def is_ours(said: str) -> bool:
    """Whether it is this server that refused a delivery with 401."""
    return FOREIGN in said or UNSIGNED in said


async def _enter(case: Case) -> str:
    page = await case.page()
    return f"Enter the same value as Secret at {page} and as GITHUB_WEBHOOK_SECRET here, then restart the server."


async def _again(case: Case) -> str:
    return f"Have GitHub send one, by Redeliver at {await case.page('/advanced')} or with a new issue."


def _ours(case: Case) -> str:
    """The address that GitHub has to have; empty where a relay may stand between, as in development."""
    return "" if is_loopback(reach.host(case.settings.public_url)) else case.settings.webhook


URL = Check(name="hook-url", asks="Does GitHub deliver to this server?", look=url, needs=("key",))
CONTENT_TYPE = Check(name="hook-content-type", asks="Do deliveries come as JSON?", look=content_type, needs=("key",))
TLS = Check(name="hook-tls", asks="Does GitHub verify the server's certificate?", look=tls, needs=("key",))
SECRET = Check(name="hook-secret", asks="Does GitHub sign with our secret?", look=secret, needs=("key",))
