"""Looks at an address without credentials: GitHub's own, and this server's as GitHub would call it."""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp

from ghapp import clock
from ghapp.github.client import NAME, VERSION

PATIENCE = 4.0  # seconds for one answer
MOST = 64 * 1024  # bytes that are read of an answer


class Cause(StrEnum):
    """Why no answer came."""

    NAME = "its name is not found"
    TLS = "its TLS certificate is not accepted"
    CLOSED = "nothing takes the connection"
    SILENT = "it gives no answer in time"
    BROKEN = "the connection ended without an answer"


class Unreached(Exception):
    """No answer came; the text has the library's own words."""

    def __init__(self, cause: Cause, words: str) -> None:
        super().__init__(words)
        self.cause = cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address said, and when it was asked."""

    status: int
    headers: Mapping[str, str]
    text: str
    at: datetime  # in the middle between question and answer


class Outside(Protocol):
    """Looks at addresses."""

    async def get(self, url: str) -> Answer:
        """What an address answers; a redirection is an answer.

        Raises:
            Unreached: nothing.
        """
        ...

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses that a name stands for here.

        Raises:
            Unreached: there are none.
        """
        ...


class Network:
    """Looks from this machine."""

    def __init__(self, session: aiohttp.ClientSession, now: Callable[[], datetime] = clock.now) -> None:
        self._session = session
        self._now = now

    async def get(self, url: str) -> Answer:
        """What an address answers; see `Outside`."""
        asked = self._now()
        try:
            async with self._session.get(url, allow_redirects=False) as found:
                taken = self._now() - asked
                text = (await found.content.read(MOST)).decode(errors="replace")
                return Answer(status=found.status, headers=found.headers, text=text, at=asked + taken / 2)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreached(_cause(error), _words(error)) from error

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses that a name stands for here; see `Outside`."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None)
        except (OSError, UnicodeError) as error:
            raise Unreached(Cause.NAME, _words(error)) from error
        return tuple(dict.fromkeys(str(each[4][0]) for each in found))


@asynccontextmanager
async def network() -> AsyncIterator[Network]:
    """A look from this machine."""
    headers = {"User-Agent": NAME, "Accept": "application/json", **VERSION}
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=PATIENCE), headers=headers, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield Network(session)


def is_public(address: str) -> bool:
    """Whether the whole internet, and so github.com, can send something to an address."""
    try:
        return ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False


def host(url: str) -> str:
    """The host of an address."""
    return urlsplit(url).hostname or ""


def offset(answer: Answer) -> timedelta | None:
    """How far this machine's clock is ahead of whoever answered; None where that says no time.

    The header counts whole seconds (RFC 9110, section 5.6.7), so half of one lies in the middle.
    """
    try:
        theirs = parsedate_to_datetime(answer.headers.get("Date", ""))
    except ValueError:
        return None
    return answer.at - theirs - timedelta(seconds=0.5) if theirs.tzinfo else None


def _cause(error: Exception) -> Cause:
    match error:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError() | ssl.SSLError():
            return Cause.TLS
        case aiohttp.ClientConnectorDNSError():
            return Cause.NAME
        case TimeoutError():
            return Cause.SILENT
        case aiohttp.ClientConnectorError():
            return Cause.CLOSED
        case _:
            return Cause.BROKEN


def _words(error: Exception) -> str:
    """The reason in the system's own words, without the library's around them."""
    match error:
        case TimeoutError():
            return f"{PATIENCE:g} s"
        case aiohttp.ClientConnectorCertificateError(certificate_error=ssl.SSLCertVerificationError() as inner):
            return inner.verify_message
        case aiohttp.ClientConnectorError(os_error=OSError(errno=int(number))) if number > 0:
            return os.strerror(number)
        case aiohttp.ClientConnectorError(os_error=OSError(strerror=str(words))) | OSError(strerror=str(words)):
            return words
        case _:
            return str(error) or type(error).__name__
