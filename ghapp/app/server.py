"""What both halves share, opened in order; and what a job is given of it."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial

import structlog

import ghapp.queue
import ghapp.store
from ghapp import clock, slack
from ghapp.app.github import GitHub
from ghapp.context import Context
from ghapp.github.app import App
from ghapp.github.client import Transport, session
from ghapp.github.identity import Credentials
from ghapp.github.pace import has_limits
from ghapp.queue import Queue
from ghapp.queue.refused import replay_refused
from ghapp.settings import Settings
from ghapp.slack import Slack
from ghapp.store import Store
from ghapp.subjects import Job, Kind

# What asks nothing as an installation, or is of one that may have no token left.
OF_APP = frozenset({Kind.SWEEP, Kind.INSTALLATION, Kind.REPOSITORY})

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An open server; without the App's credentials there is no `github`."""

    settings: Settings
    store: Store
    queue: Queue
    github: GitHub | None
    slack: Slack | None = None


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
    github = await joined(chosen, store, stack) if chosen.has_app else None
    if github:
        await github.ask()
    return Server(settings=chosen, store=store, queue=queue, github=github, slack=await _messenger(chosen, stack))


async def _messenger(chosen: Settings, stack: AsyncExitStack) -> Slack | None:
    """Slack, where an address was set; the stack closes its connections."""
    if not chosen.slack_webhook_url.get_secret_value():
        return None
    return Slack(await stack.enter_async_context(slack.session()), chosen.slack_webhook_url)


async def joined(chosen: Settings, store: Store, stack: AsyncExitStack) -> GitHub:
    """GitHub for these settings' App, which has not been asked anything yet; the stack closes its connections."""
    if not chosen.public_url:
        reason = "PUBLIC_URL is not set, so comments cannot link to the manual: set it to the server's https address"
        logger.warning("settings.incomplete", reason=reason)
    http = await stack.enter_async_context(session())
    credentials = Credentials(issuer=chosen.issuer, private_key=chosen.github_private_key.get_secret_value())
    api_url = chosen.github_api_url
    app = App(Transport(http, api_url), credentials, written=store if has_limits(api_url) else None)
    return GitHub(app, app_id=chosen.github_app_id or 0, api_url=chosen.github_api_url)


async def context(server: Server, github: GitHub, job: Job) -> Context:
    """What a handler may touch, for one job."""
    of_app = job.subject.kind in OF_APP
    number = job.subject.installation
    return Context(
        client=github.app.itself if of_app else await github.app.client(number, backlog=job.is_backlog),
        as_app=github.app.itself,
        drop_token=github.app.drop_token,
        identity=await github.app.identity(),
        store=server.store,
        ring=partial(_ring, server.queue, job),
        replay_refused=partial(replay_refused, server.queue),
        now=clock.now(),
        manual=server.settings.manual,
        web=server.settings.github_web_url,
        slack=server.slack,
    )


async def _ring(queue: Queue, asking: Job, *jobs: Job) -> bool:
    """Ring what a job asks for: in the log it belongs to the delivery that asked for that job."""
    return await queue.ring(*(replace(job, delivery=asking.delivery) for job in jobs))
