"""Addresses that calls and links begin with: https, a host, and nothing that does not belong into a log."""

from ipaddress import ip_address

from pydantic import HttpUrl, TypeAdapter, ValidationError

_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)


def address(value: str) -> str:
    """An address without a slash at its end.

    Raises:
        ValueError: what is wrong with it, and the remedy.
    """
    try:
        url = _URL.validate_python(value)
    except ValidationError:
        raise ValueError("is not a web address: give one that begins with https:// and a host") from None
    if url.username is not None or url.password is not None:
        raise ValueError("has a user name or password in it, which would end up in logs: leave them out")
    if "?" in value or "#" in value:
        raise ValueError("has a ? or # in it, and other paths are to follow it: leave out what begins there")
    if url.scheme == "http" and not is_loopback(url.host or ""):
        raise ValueError("is plain http, which anybody on the way can read: use https (http is for this machine only)")
    return value.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
