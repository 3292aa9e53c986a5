"""The tunnel of a server that GitHub cannot reach: opened once the server listens, and left at the end."""

import asyncio
import sys
from urllib.parse import urlsplit

import aiohttp

from ghapp.app.stopping import Stop
from ghapp.errors import StartError
from ghapp.github import tunnel
from ghapp.settings.address import address
from ghapp.web import State

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - the address to listen on, never one to reach


def named(word: str) -> str:
    """The relay's address that `--tunnel` names; the word `new` stands for a channel of smee.io's making.

    Raises:
        StartError: it is no address, or everybody on the way could read what comes from there.
    """
    try:
        return tunnel.NEW if word == "new" else address(word)
    except ValueError as error:
        raise StartError(f"--tunnel {error}.") from None


async def follow(relay: str, at: "asyncio.Future[str]", state: State, stop: Stop, *, aloud: bool) -> None:
    """Hand over what the relay sends until the end is asked for; a set-up that is open is told where it comes from.

    Raises:
        StartError: a new channel was asked for, and the relay makes none.
    """
    following = asyncio.create_task(_follow(relay, at, state, aloud=aloud))
    asked = asyncio.create_task(stop.asked())
    await asyncio.wait((following, asked), return_when=asyncio.FIRST_COMPLETED)
    for task in (following, asked):
        task.cancel()
    await asyncio.wait((following, asked))
    if not following.cancelled() and (error := following.exception()):
        raise error


async def _follow(relay: str, at: "asyncio.Future[str]", state: State, *, aloud: bool) -> None:
    webhook = local(await at) + "/webhook"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        try:
            channel = await tunnel.found(relay, http)
        except tunnel.Cut as error:
            raise StartError(f"--tunnel {relay} gives no channel ({error}): give the address of one.") from None
        if state.setup:
            state.setup.relay = channel
        if aloud:
            sys.stdout.write(f"{announcement(channel)}\n\n")
            sys.stdout.flush()
        await tunnel.follow(channel, webhook, http)


def local(at: str) -> str:
    """The address at which this machine itself reaches what listens."""
    parts = urlsplit(at)
    host = EVERYWHERE.get(parts.hostname or "", parts.hostname or "")
    return f"http://[{host}]:{parts.port}" if ":" in host else f"http://{host}:{parts.port}"


def announcement(channel: str) -> str:
    """What is told to a person who looks at the terminal."""
    return (
        f"Deliveries come by way of {channel}\n"
        "Have that as the webhook address in the App's settings at GitHub; the set-up page fills it in.\n"
        "Whoever knows it can read what comes.\n"
        f"To have the same one next time: ghapp serve --tunnel {channel}"
    )
