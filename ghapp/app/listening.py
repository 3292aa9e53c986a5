"""The address: taken at the start, said aloud, and let go of at the end."""

import asyncio
import errno
import sys
from collections.abc import Callable
from functools import partial

import structlog
from aiohttp import hdrs, web

import ghapp
from ghapp.app.server import Server
from ghapp.app.stopping import GRACE, Stop
from ghapp.app.tunnel import local
from ghapp.errors import See, StartError
from ghapp.settings.address import is_loopback
from ghapp.web import State, runner

LINGERING = 2.0  # seconds in which deliveries are still taken, while whoever sends them here learns to go elsewhere
HANDLERS = (GRACE - LINGERING) / 2  # seconds; aiohttp waits as long once more after it has cancelled them

logger = structlog.get_logger(__name__)

Surface = Callable[[State], web.Application]


async def listen(server: Server, state: State, surface: Surface, stop: Stop, taken: "asyncio.Future[str]") -> None:
    """Answer requests until the end is asked for, and of an App a little longer; then finish those at hand.

    `taken` is told the address, once it is ours.

    A socket that is closed at once resets the connections that wait in the kernel's row.

    Raises:
        StartError: the address cannot be had.
    """
    chosen = server.settings
    app = surface(state)
    app.on_response_prepare.append(partial(_let_go, stop))
    running = runner(app, shutdown_timeout=HANDLERS)
    await running.setup()
    try:
        at = await _take(running, chosen.host, chosen.port)
        known = {"app": server.github.identity.login} if server.github and server.github.is_known else {}
        logger.info("server.listening", at=at, version=ghapp.__version__, **known)
        if chosen.log_format == "text":
            sys.stdout.write(f"\n{announcement(server, state, at)}\n\n")
            sys.stdout.flush()
        elif state.setup:
            logger.info("setup.waits", open=_ways_in(state, at)[-1])
        taken.set_result(at)
        await stop.asked()
        if state.app:
            await asyncio.sleep(LINGERING)
    finally:
        await running.cleanup()


async def _let_go(stop: Stop, _request: web.Request, response: web.StreamResponse) -> None:
    """Keep no connection open at the end: the next request of whoever has it goes elsewhere."""
    if stop.is_asked:
        response.force_close()
        response.headers[hdrs.CONNECTION] = "close"  # aiohttp has written its own headers before this is called


def state_of(server: Server, stop: Stop) -> State:
    """What the routes can reach of a server."""
    github = server.github
    return State(
        version=ghapp.__version__,
        public_url=server.settings.public_url,
        app=(lambda: github.identity) if github else None,
        secrets=server.settings.webhook_secrets,
        queue=server.queue,
        store=server.store,
        is_stopping=lambda: stop.is_asked,
    )


async def _take(running: web.AppRunner, host: str, port: int) -> str:
    try:
        await web.TCPSite(running, host, port).start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"PORT {port} on {host} is taken: stop the program that has it, or set another PORT.", see=See.PORT
            ) from None
        raise StartError(
            f"HOST {host} with PORT {port} cannot be listened on ({error.strerror}): set others.", see=See.PORT
        ) from None
    taken = running.addresses[0][1]
    return f"http://[{host}]:{taken}" if ":" in host else f"http://{host}:{taken}"


def announcement(server: Server, state: State, at: str) -> str:
    """What is told to a person who looks at the terminal."""
    if server.github is None:
        ways = "\nor at ".join(_ways_in(state, at))
        shown = "the playground" if is_loopback(server.settings.host) else "the set-up page"
        return f"Handoff is at {at}  ({shown} only, until the App is set up)\nSet it up at {ways}"
    app = f"the App {server.github.identity.slug}" if server.github.is_known else "GitHub does not answer yet"
    lines = [f"Handoff listens at {at}  ({app})"]
    if server.settings.public_url:
        lines.append(f"People reach it at {server.settings.public_url}")
        lines.append(f"The webhook address in the App's settings at GitHub: {server.settings.webhook}")
    return "\n".join(lines)


def _ways_in(state: State, at: str) -> list[str]:
    """Where the App is set up: on this machine itself, and where people reach it; the token is in each address."""
    token = state.setup.token if state.setup else ""
    return [f"{base}/setup?token={token}" for base in (local(at), state.public_url) if base]
