"""Deliveries by way of a relay, for a machine that GitHub cannot reach: smee.io, or a smee or gosmee of one's own.

Nothing is believed here: each message is handed to our own webhook as GitHub would have sent it.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urljoin

import aiohttp
import structlog
from aiohttp import hdrs

from ghapp.github import relayed
from ghapp.github.relayed import Relayed
from ghapp.github.stream import Stream
from ghapp.settings.address import address

NEW = "https://smee.io/new"  # answers with the address of a channel that nobody else has
LONGEST = 64 * 1024 * 1024  # bytes of a message: GitHub's largest body of 25 MB, twice, with room for escapes
SILENCE = 90.0  # seconds; smee and gosmee say every half minute at most that they are there
FIRST, LAST = 1.0, 60.0  # seconds before a channel is tried again: twice as many each time
ANSWER = aiohttp.ClientTimeout(total=30)
EVENTS = "text/event-stream"

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a channel is followed."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    silence: float = SILENCE
    longest: int = LONGEST


USUAL = Manner()


class Cut(Exception):
    """The channel cannot be followed now; the text says why."""


async def found(relay: str, http: aiohttp.ClientSession) -> str:
    """The channel to follow: the one at this address, or where it ends with `/new` one that the relay makes for us.

    Raises:
        Cut: the relay makes none.
    """
    if not relay.endswith("/new"):
        return relay
    try:
        async with http.get(relay, allow_redirects=False) as answer:
            made = answer.headers.get(hdrs.LOCATION) or (await answer.content.read(200)).decode(errors="replace")
    except (aiohttp.ClientError, OSError) as error:
        raise Cut(f"it does not answer: {type(error).__name__}") from None
    try:
        return address(urljoin(relay, made.strip()))
    except ValueError:
        raise Cut("it answers with something else than the address of a channel") from None


async def follow(channel: str, webhook: str, http: aiohttp.ClientSession, *, manner: Manner = USUAL) -> NoReturn:
    """Hand what a channel relays to the webhook at this address, in its order, until cancelled.

    A channel that is cut off is taken up again; that it is, and that it was cut off, is said once.
    """
    pause, said = FIRST, ""
    while True:
        began = asyncio.get_running_loop().time()
        try:
            async with aclosing(_messages(channel, http, manner)) as messages:
                async for message in messages:
                    if message is None:
                        said = ""
                        logger.info("tunnel.open", channel=channel)
                    else:
                        await _hand_over(message, webhook, http)
            reason = "the relay ended it"
        except (Cut, aiohttp.ClientError, OSError) as error:
            reason = str(error) if isinstance(error, Cut) else type(error).__name__
        if reason != said:
            said = reason
            logger.warning("tunnel.cut", channel=channel, reason=reason, remedy="it is tried again until it answers")
        if asyncio.get_running_loop().time() - began > LAST:
            pause = FIRST
        await manner.sleep(pause)
        pause = min(2 * pause, LAST)


async def _messages(channel: str, http: aiohttp.ClientSession, manner: Manner) -> AsyncGenerator[bytes | None]:
    """None once the channel is open, then its messages."""
    timeout = aiohttp.ClientTimeout(total=None, connect=ANSWER.total, sock_read=manner.silence)
    # smee answers with a stream only where this is all that is accepted.
    async with http.get(channel, headers={hdrs.ACCEPT: EVENTS}, timeout=timeout) as answer:
        if answer.status != 200 or answer.content_type != EVENTS:
            raise Cut(f"it is no channel: it answers {answer.status}, {answer.content_type}")
        yield None
        stream = Stream(longest=manner.longest)
        async for chunk in answer.content.iter_any():
            for message in stream.feed(chunk):
                if message is None:
                    logger.warning("tunnel.too-long", longest=manner.longest)
                else:
                    yield message


async def _hand_over(message: bytes, webhook: str, http: aiohttp.ClientSession) -> None:
    delivery = relayed.read(message.decode(errors="replace"))
    if delivery is not None and (reason := await _refusal(delivery, webhook, http)):
        # GitHub handed it to the relay, and so will not count it among those that failed.
        remedy = f"ghapp deliveries redeliver {delivery.guid}"
        logger.warning("tunnel.refused", delivery=delivery.guid, reason=reason, remedy=remedy)


async def _refusal(delivery: Relayed, webhook: str, http: aiohttp.ClientSession) -> str:
    """Why the webhook did not take it; empty where it did."""
    try:
        async with http.post(webhook, data=delivery.body, headers=delivery.headers, timeout=ANSWER) as answer:
            said = (await answer.text()).partition("\n")[0]  # below it our webhook names its part of the manual
            return "" if answer.status == 202 else f"{answer.status}: {said}"
    except (aiohttp.ClientError, OSError) as error:
        return type(error).__name__
