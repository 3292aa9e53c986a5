"""What is asked of whoever sets up the App, and everything that is wrong with the answers, at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ghapp.github.creation import Order
from ghapp.settings import Settings
from ghapp.settings.address import Host, address, github_host, is_loopback

LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The answers as they were typed; what the environment says already cannot be answered otherwise."""

    owner: str = "organization"
    organization: str = ""
    public_url: str = ""
    host: str = "github.com"
    webhook: str = ""
    is_public_url_set: bool = False
    is_host_set: bool = False


def form(answers: Mapping[str, str], chosen: Settings, *, public_url: str = "") -> Form:
    """The form with these answers; `public_url` is suggested where none was given."""
    host = set_host(chosen)
    return Form(
        owner="personal" if answers.get("owner") == "personal" else "organization",
        organization=answers.get("organization", "").strip(),
        public_url=chosen.public_url or answers.get("public_url", public_url).strip(),
        host=host.web if host else answers.get("host", "github.com").strip(),
        webhook=answers.get("webhook", "").strip(),
        is_public_url_set=bool(chosen.public_url),
        is_host_set=host is not None,
    )


def set_host(chosen: Settings) -> Host | None:
    """The GitHub that the environment names, if it names one."""
    given = chosen.model_fields_set
    if "github_api_url" in given:
        web = chosen.github_web_url if "github_web_url" in given else github_host(chosen.github_api_url).web
        return Host(web=web, api=chosen.github_api_url)
    return github_host(chosen.github_web_url) if "github_web_url" in given else None


def order(form: Form, chosen: Settings) -> Order | tuple[str, ...]:
    """What the answers ask for, or a sentence for each one that cannot be used."""
    mistakes = []
    organization = form.organization if form.owner == "organization" else ""
    if form.owner == "organization" and not LOGIN.fullmatch(organization):
        mistakes.append("Organization: give its name as it stands in its address at GitHub, such as acme.")
    public_url = _address("Public URL: it", form.public_url, mistakes)
    host = set_host(chosen)
    try:
        host = host or github_host(form.host)
    except ValueError as error:
        mistakes.append(f"GitHub: the address {error}.")
    webhook = _webhook(form, public_url, host, mistakes)
    if mistakes or host is None:
        return tuple(mistakes)
    return Order(host=host, organization=organization, public_url=public_url, webhook=webhook)


def _webhook(form: Form, public_url: str, host: Host | None, mistakes: list[str]) -> str:
    if form.webhook:
        return _address("Relay: it", form.webhook, mistakes)
    if _is_here(public_url) and host is not None and not _is_here(host.web):
        mistakes.append(
            "Public URL: GitHub cannot reach an address of this machine itself: give one that it can reach,"
            " or the address of a relay for the deliveries."
        )
    return f"{public_url}/webhook"


def _address(what: str, value: str, mistakes: list[str]) -> str:
    try:
        return address(value)
    except ValueError as error:
        mistakes.append(f"{what} {error}.")
        return ""


def _is_here(url: str) -> bool:
    return is_loopback(urlsplit(url).hostname or "")
