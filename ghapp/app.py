"""The process: opens the store, the queue and GitHub, serves and works until it is told to stop."""

import asyncio
import errno
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import structlog
from aiohttp import web

import ghapp
import ghapp.queue
import ghapp.store
from ghapp import clock, database, log, settings, worker
from ghapp.context import Context
from ghapp.errors import Again, StartError
from ghapp.github.app import App
from ghapp.github.client import Transport, session
from ghapp.github.faults import Refused
from ghapp.github.identity import Credentials, Identity
from ghapp.queue import Queue
from ghapp.settings import Settings
from ghapp.store import Store
from ghapp.subjects import Job, Kind
from ghapp.web import State, application
from ghapp.web.access import AccessLogger

GRACE = 20.0  # seconds for requests and jobs at hand; below the 30 after which orchestrators kill
LOOPBACK = "127.0.0.1"

logger = structlog.get_logger(__name__)


class Half(StrEnum):
    """What one process does of the server's work."""

    BOTH = "both"
    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    """What both halves share."""

    settings: Settings
    store: Store
    queue: Queue
    app: App | None
    identity: Identity | None


def migrate() -> None:
    """Bring the database up to date.

    Raises:
        StartError: the settings or the database do not allow it.
    """
    database.migrate(settings.load().database_url.get_secret_value())


def serve(half: Half = Half.BOTH) -> None:
    """Run until SIGTERM or SIGINT; what was begun is finished first.

    Raises:
        StartError: a setting, the database or the port does not allow it.
    """
    chosen = settings.load()
    if half is Half.WORKER and not chosen.has_app:
        raise StartError("GITHUB_APP_ID is not set: a worker needs the App's credentials.")
    log.configure(level=chosen.log_level, json=chosen.log_format == "json")
    database.migrate(chosen.database_url.get_secret_value())
    asyncio.run(_serve(chosen, half))


async def _serve(chosen: Settings, half: Half) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        server = await _open(chosen, stack)
        if half is not Half.WEB and server.app:
            await stack.enter_async_context(_working(server, server.app, stop))
        if half is not Half.WORKER:
            await stack.enter_async_context(_listening(server))
        await stop.wait()
        logger.info("server.stopping", grace=GRACE)
    logger.info("server.stopped")


async def _open(chosen: Settings, stack: AsyncExitStack) -> _Server:
    url = chosen.database_url.get_secret_value()
    store = await ghapp.store.open(url)
    stack.push_async_callback(store.close)
    queue = await ghapp.queue.open(url)
    stack.push_async_callback(queue.close)
    if not chosen.has_app:
        return _Server(settings=chosen, store=store, queue=queue, app=None, identity=None)
    if not chosen.public_url:
        logger.warning("settings.incomplete", reason="PUBLIC_URL is not set: comments cannot link to the manual")
    http = await stack.enter_async_context(session())
    credentials = Credentials(issuer=chosen.issuer, private_key=chosen.github_private_key.get_secret_value())
    app = App(Transport(http, chosen.github_api_url), credentials)
    return _Server(settings=chosen, store=store, queue=queue, app=app, identity=await _identity(chosen, app))


async def _identity(chosen: Settings, app: App) -> Identity:
    """Who we are; while GitHub does not answer deliveries are taken all the same, our own echoes among them."""
    try:
        identity = await app.identity()
    except Refused as error:
        raise StartError(str(error)) from None
    except Again as error:
        logger.warning("github.silent", reason=str(error))
        return Identity(chosen.github_app_id or 0, "")
    if identity.id != chosen.github_app_id:
        raise StartError(
            f"GITHUB_APP_ID is {chosen.github_app_id}, but the key signs in as App {identity.id}:"
            " take both from the settings page of one App."
        )
    return identity


@asynccontextmanager
async def _listening(server: _Server) -> AsyncIterator[None]:
    chosen = server.settings
    host = chosen.host if server.app else LOOPBACK
    state = State(
        version=ghapp.__version__,
        public_url=chosen.public_url,
        app=server.identity,
        secrets=chosen.webhook_secrets,
        queue=server.queue,
        store=server.store,
    )
    runner = web.AppRunner(application(state), access_log_class=AccessLogger, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        port = await _listen(runner, host, chosen.port)
        at = f"http://{host}:{port}"
        logger.info("server.listening", at=at, version=ghapp.__version__, app=server.identity and server.identity.login)
        if chosen.log_format == "text":
            sys.stdout.write(f"\nHandoff is at {at}  ({_state(server)})\n\n")
            sys.stdout.flush()
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> int:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"PORT {port} on {host} is taken: stop the program that has it, or set another PORT."
            ) from None
        raise StartError(
            f"HOST {host} with PORT {port} cannot be listened on ({error.strerror}): set others."
        ) from None
    return int(runner.addresses[0][1])


def _state(server: _Server) -> str:
    if server.identity is None:
        return "the playground only; with the App's credentials in .env this is the App"
    return f"the App {server.identity.slug}" if server.identity.slug else "GitHub does not answer yet"


@asynccontextmanager
async def _working(server: _Server, app: App, stop: asyncio.Event) -> AsyncIterator[None]:
    work = asyncio.create_task(worker.work(server.queue, partial(_context, server, app)))
    work.add_done_callback(lambda _: stop.set())  # a worker that ends by itself is a failure of the process
    try:
        yield
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await server.queue.stop()
        work.cancel()  # what is still at hand after the grace goes back into the queue
        with suppress(asyncio.CancelledError):
            await work


async def _context(server: _Server, app: App, job: Job) -> Context:
    installation = job.subject.installation
    of_app = job.subject.kind is Kind.INSTALLATION  # a deleted installation has no token left
    return Context(
        client=app.itself if of_app else await app.client(installation),
        as_app=app.itself,
        drop_token=app.drop_token,
        identity=await app.identity(),
        store=server.store,
        ring=server.queue.ring,
        now=clock.now(),
        manual=server.settings.manual,
    )
