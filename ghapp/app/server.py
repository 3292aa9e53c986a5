"""What both halves share, opened in order; and what a job is given of it."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

import structlog

import ghapp.queue
import ghapp.store
from ghapp import clock
from ghapp.app.github import GitHub
from ghapp.context import Context
from ghapp.github.app import App
from ghapp.github.client import Transport, session
from ghapp.github.identity import Credentials
from ghapp.queue import Queue
from ghapp.settings import Settings
from ghapp.store import Store
from ghapp.subjects import Job, Kind

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An open server; without the App's credentials there is no `github`."""

    settings: Settings
    store: Store
    queue: Queue
    github: GitHub | None


async def opened(chosen: Settings, stack: AsyncExitStack) -> Server:
    """Open everything; the stack closes it.

    Raises:
        StartError: the database cannot be used, or GitHub does not know us.
    """
    url = chosen.database_url.get_secret_value()
    store = await ghapp.store.open(url)
    stack.push_async_callback(store.close)
    queue = await ghapp.queue.open(url)
    stack.push_async_callback(queue.close)
    github = await _github(chosen, stack) if chosen.has_app else None
    return Server(settings=chosen, store=store, queue=queue, github=github)


async def _github(chosen: Settings, stack: AsyncExitStack) -> GitHub:
    if not chosen.public_url:
        reason = "PUBLIC_URL is not set: comments cannot link to the manual until it says where people reach this"
        logger.warning("settings.incomplete", reason=reason)
    http = await stack.enter_async_context(session())
    credentials = Credentials(issuer=chosen.issuer, private_key=chosen.github_private_key.get_secret_value())
    app = App(Transport(http, chosen.github_api_url), credentials)
    github = GitHub(app, app_id=chosen.github_app_id or 0, api_url=chosen.github_api_url)
    await github.ask()
    return github


async def context(server: Server, github: GitHub, job: Job) -> Context:
    """What a handler may touch, for one job."""
    of_app = job.subject.kind is Kind.INSTALLATION  # a deleted installation has no token left
    return Context(
        client=github.app.itself if of_app else await github.app.client(job.subject.installation),
        as_app=github.app.itself,
        drop_token=github.app.drop_token,
        identity=await github.app.identity(),
        store=server.store,
        ring=server.queue.ring,
        now=clock.now(),
        manual=server.settings.manual,
    )
