"""Addresses that calls and links begin with: https, a host, and nothing that does not belong into a log."""

from dataclasses import dataclass
from ipaddress import ip_address

from pydantic import HttpUrl, TypeAdapter, ValidationError

_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)
_NOT_ONE = "is not a web address: give one that begins with https:// and a host"
_DOT_COM = frozenset({"github.com", "www.github.com", "api.github.com"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One GitHub: where people reach it, and where its REST API answers."""

    web: str
    api: str


def github_host(value: str) -> Host:
    """The GitHub that is meant by any part of its address: `github.com`, `https://git.example/api/v3`, `acme.ghe.com`.

    https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom, and "REST API"
    in GitHub Enterprise Server's documentation.

    Raises:
        ValueError: it is no address; the remedy.
    """
    given = value.strip()
    url = HttpUrl(address(given if "://" in given else f"https://{given}"))
    name = url.host or ""
    if not name.replace("-", "").replace(".", "").isalnum() and not is_loopback(name):
        raise ValueError(_NOT_ONE)
    if name in _DOT_COM:
        return Host(web="https://github.com", api="https://api.github.com")
    if name.endswith(".ghe.com"):
        name = name.removeprefix("api.")
        return Host(web=f"https://{name}", api=f"https://api.{name}")
    usual = {"https": 443, "http": 80}[url.scheme]
    web = f"{url.scheme}://{name}" + (f":{url.port}" if url.port not in (None, usual) else "")
    return Host(web=web, api=f"{web}/api/v3")


def address(value: str) -> str:
    """An address without a slash at its end.

    Raises:
        ValueError: what is wrong with it, and the remedy.
    """
    try:
        url = _URL.validate_python(value)
    except ValidationError:
        raise ValueError(_NOT_ONE) from None
    if any(char.isspace() or not char.isprintable() for char in value.strip()):  # which browsers leave out in silence
        raise ValueError(_NOT_ONE)
    if url.username is not None or url.password is not None:
        raise ValueError("has a user name or password in it, which would end up in logs: leave them out")
    if "?" in value or "#" in value:
        raise ValueError("has a ? or # in it, and other paths are to follow it: leave out what begins there")
    if url.scheme == "http" and not is_loopback(url.host or ""):
        raise ValueError("is plain http, which anybody on the way can read: use https (http is for this machine only)")
    return value.strip().rstrip("/")


def webhook(value: str) -> str:
    """An address that takes messages, with a path that is a secret; one without a path is somebody's front page.

    Raises:
        ValueError: what is wrong with it, and the remedy.
    """
    found = address(value)
    if HttpUrl(found).path in (None, "", "/"):
        raise ValueError(
            "has no path: copy the whole address of the incoming webhook, such as https://hooks.slack.com/services/..."
        )
    return found


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
