"""The process: opens the store, the queue and GitHub, serves and works until it is told to stop."""

import asyncio
import signal
from contextlib import AsyncExitStack
from enum import StrEnum
from functools import partial

import structlog

from ghapp import database, log, schedule, settings, worker
from ghapp.app import tunnel
from ghapp.app.github import GitHub
from ghapp.app.listening import listen, state_of
from ghapp.app.live import chance
from ghapp.app.server import Server, context, opened
from ghapp.app.stopping import Parts, Stop
from ghapp.errors import StartError
from ghapp.settings import Settings
from ghapp.web import application, signs_of_life

logger = structlog.get_logger(__name__)


class Half(StrEnum):
    """What one process does of the server's work."""

    BOTH = "both"
    WEB = "web"
    WORKER = "worker"


def migrate() -> None:
    """Bring the database up to date.

    Raises:
        StartError: the settings or the database do not allow it.
    """
    database.migrate(settings.load().database_url.get_secret_value())


def serve(half: Half = Half.BOTH, *, relay: str = "") -> None:
    """Run until SIGTERM or SIGINT; what was begun is finished first. Deliveries may come by way of a relay as well.

    Raises:
        StartError: a setting, the database or the port does not allow it.
    """
    chosen = settings.load()
    relay = tunnel.named(relay) if relay else ""
    if half is Half.WORKER and not chosen.has_app:
        raise StartError("GITHUB_APP_ID is not set, and a worker needs the App's credentials: set them all.")
    log.configure(level=chosen.log_level, json=chosen.log_format == "json", secrets=chosen.secrets)
    database.migrate(chosen.database_url.get_secret_value())
    asyncio.run(_serve(chosen, half, relay))


async def _serve(chosen: Settings, half: Half, relay: str) -> None:
    stop = Stop()
    taken = asyncio.get_running_loop().create_future()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.ask)
    async with AsyncExitStack() as stack:
        server = await opened(chosen, stack)
        surface = signs_of_life if half is Half.WORKER else application
        state, parts = state_of(server, stop), Parts(stop)
        begin = partial(_begin, parts, half, stop)
        if server.github:
            begin(server, server.github)
        else:
            state.setup = chance(server, state, stack, begin)
        parts.begin(listen(server, state, surface, stop, taken))
        if relay:
            parts.begin(tunnel.follow(relay, taken, state, stop, aloud=chosen.log_format == "text"))
        await parts.end()
    logger.info("server.stopped")


def _begin(parts: Parts, half: Half, stop: Stop, server: Server, github: GitHub) -> None:
    """Do what only an App does."""
    parts.begin(github.learn(stop))
    if half is not Half.WEB:
        parts.begin(
            worker.work(server.queue, partial(context, server, github)),
            schedule.keep(server.queue, ended=lambda seconds: stop.asked(within=seconds)),
            _drain(server, stop),
        )


async def _drain(server: Server, stop: Stop) -> None:
    """Take no new job from the moment the end is asked for; those at hand go on."""
    await stop.asked()
    await server.queue.stop()
