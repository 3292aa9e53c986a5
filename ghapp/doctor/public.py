"""The address at which GitHub and people reach this server, looked at from here as they would."""

import asyncio

from ghapp.diagnosis import Diagnosis, good, unseen, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.github import reach
from ghapp.github.reach import Answer, Cause, Unreached
from ghapp.settings.address import is_loopback

ASIDE = 1.5  # seconds for what is asked aside, when no answer came from where it was wanted
ALIVE = "alive\n"  # what `/healthz` says
RELAY = "In development a relay may bring deliveries here; a server needs https and a name that GitHub finds."
REMEDIES = {
    Cause.NAME: "Let the name's DNS record lead to this server, or correct PUBLIC_URL.",
    Cause.TLS: "Renew the certificate of the proxy before the server, with its whole chain and for this very name.",
    Cause.CLOSED: "Start the proxy before the server, and open port 443 to it.",
    Cause.SILENT: "See what stands before the server: a firewall that drops what comes gives no answer.",
    Cause.BROKEN: "See whether the proxy before the server runs, and speaks TLS at this port.",
}


async def public_url(case: Case) -> Diagnosis:
    """Whether PUBLIC_URL is an address that GitHub could reach."""
    if case.is_mistaken("PUBLIC_URL"):
        return unseen("PUBLIC_URL has a mistake.", first="settings")
    url, host = case.settings.public_url, reach.host(case.settings.public_url)
    if not url:
        return warning(
            "PUBLIC_URL is not set: comments cannot link to the manual, and whether GitHub gets here is not looked at.",
            "Set PUBLIC_URL to the https address at which people reach this server.",
        )
    if is_loopback(host):
        return warning(f"{url} is this machine only: GitHub does not get here.", RELAY)
    try:
        addresses = await case.outside.addresses(host)
    except Unreached as error:
        return wrong(f"The name {host} is not found ({error}).", REMEDIES[Cause.NAME])
    private = [each for each in addresses if not reach.is_public(each)]
    if private and not await case.enterprise():
        return warning(
            f"{host} leads to {private[0]} here, which the internet does not reach.",
            "Right if the name leads elsewhere from outside; otherwise let its DNS record lead to a public address.",
        )
    return good(f"{url} leads to {addresses[0]}.")


async def reachable(case: Case) -> Diagnosis:
    """Whether this server answers at its public address: TLS, no redirection, and our own words."""
    url = case.settings.public_url
    if not url:
        return unseen("PUBLIC_URL is not set.", first="public-url")
    try:
        answer = await case.outside.get(f"{url}/healthz")
        is_ours = answer.status == 200 and answer.text == ALIVE
        hook = answer if is_ours else await case.outside.get(case.settings.webhook)
    except Unreached as error:
        return await _unreached(case, error)
    if is_ours:
        return good(f"{url}/healthz answers as this server does.")
    if _is_hook(hook):
        return good(f"{url}/webhook answers as this server does; /healthz is not open there, and need not be.")
    return _foreign(url, hook)


def _foreign(url: str, hook: Answer) -> Diagnosis:
    if 300 <= hook.status < 400:
        return wrong(
            f"{url}/webhook redirects to {hook.headers.get('Location', 'elsewhere')}, where GitHub does not follow.",
            "Set PUBLIC_URL, and the webhook's address at GitHub, to the address that it leads to.",
        )
    if hook.status in (502, 503, 504):
        return wrong(
            f"{url}/webhook answers {hook.status}: a proxy is there, and this server is not behind it.",
            "Start the server with `ghapp serve`, and let the proxy lead to its HOST and PORT.",
        )
    return wrong(
        f"{url}/webhook answers {hook.status}, which is not this server's answer.",
        "Let the proxy lead /webhook to this server's HOST and PORT, or correct PUBLIC_URL.",
    )


async def _unreached(case: Case, error: Unreached) -> Diagnosis:
    """Some networks let no machine call itself by its public address; that deliveries come says more."""
    said = f"{case.settings.public_url} cannot be reached from here: {error.cause} ({error})."
    if await _gets_deliveries(case):
        return warning(
            said, "GitHub's last delivery was taken all the same, so that only this machine does not get there."
        )
    is_here = is_loopback(reach.host(case.settings.public_url))
    return wrong(said, "Start the server with `ghapp serve`." if is_here else REMEDIES[error.cause])


async def _gets_deliveries(case: Case) -> bool:
    try:
        async with asyncio.timeout(ASIDE):
            log = await case.deliveries()
    except Exception:  # whatever keeps us from asking is another check's to say
        return False
    return bool(log) and not log[0].failed


def _is_hook(answer: Answer) -> bool:
    """Whether it is `/webhook` of ours, which is not for reading, see RFC 9110, section 15.5.6."""
    return answer.status == 405 and answer.headers.get("Allow", "") == "POST" and "/webhook takes POST" in answer.text


PUBLIC_URL = Check(name="public-url", asks="Is PUBLIC_URL an address that GitHub could reach?", look=public_url)
REACHABLE = Check(
    name="reachable", asks="Does this server answer at its public address?", look=reachable, needs=("public-url",)
)
