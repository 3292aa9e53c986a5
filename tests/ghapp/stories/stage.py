"""Two accounts at GitHub, over HTTP, with one real queue and worker between them and a clock that jumps over pauses."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer

from ghapp import clock, database, queue, worker
from ghapp.app.server import OF_APP
from ghapp.context import Context
from ghapp.github import events
from ghapp.github.app import App
from ghapp.github.client import Transport
from ghapp.github.identity import Credentials
from ghapp.queue.refused import replay_refused
from ghapp.store import Installation
from ghapp.subjects import Job
from tests.fakes import INSTALLATION, US, FakeGitHub, Response, delivery, serve
from tests.memory import MemoryStore
from tests.process import PATIENCE, private_key
from tests.world import World

NEIGHBOUR = 98
PATIENT = 2.0  # seconds until a silent GitHub is given up; 20 in earnest
SHORT = {
    r"POST /graphql": "read",
    r"POST .*/access_tokens": "token",
    r"POST .*/check-runs": "run+",
    r"PATCH .*/check-runs/\d+": "run~",
    r"POST .*/issues/\d+/comments": "comment+",
    r"PATCH .*/issues/comments/\d+": "comment~",
    r"POST .*/issues/\d+/labels": "label+",
    r"DELETE .*/labels/.*": "label-",
    r"POST .*/repos/[^/]+/[^/]+/labels": "label!",
    r"POST .*/reactions": "react",
    r"GET .*": "look",
}


class Clock:
    """The time, with the pauses left out."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return clock.now() + self.ahead


class Timed(FakeGitHub):
    """A GitHub that notes when it was called."""

    def __init__(self, time: Clock) -> None:
        super().__init__()
        self.time = time
        self.times: list[datetime] = []  # of `calls`

    async def _request(self, *call: Any) -> Any:
        self.times.append(self.time())
        return await super()._request(*call)


def known(installation: int) -> Installation:
    """An installation as the sweep of a start keeps it."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Installation(id=installation, account="acme", installed_at=at, suspended=False)


class Account:
    """One account: its GitHub, and our App there."""

    def __init__(self, installation: int, time: Clock) -> None:
        self.github = Timed(time)
        self.github.installations = {installation: "2026-01-01T00:00:00Z"}
        self.installation = installation
        self.time = time
        self.store = MemoryStore()
        self.store.known_installations[installation] = known(installation)
        self.pauses: list[float] = []  # made while a call waited for a new token to spread
        self.since = 0  # calls before this one belong to the prologue

    async def open(self, stack: AsyncExitStack) -> None:
        server = await stack.enter_async_context(TestServer(serve(self.github)))
        opened = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENT))
        http = await stack.enter_async_context(opened)
        url = str(server.make_url("")).rstrip("/")
        transport = Transport(http, url, now=self.time, sleep=self._pause)
        key = Credentials(issuer="Iv1.made-up", private_key=private_key())
        self.app = App(transport, key, written=self.store)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    @property
    def calls(self) -> list[str]:
        """The calls, each in a word: + posts, ~ changes, - removes."""
        called = (f"{call.method} {call.path}" for call in self.github.calls[self.since :])
        return [next(short for pattern, short in SHORT.items() if re.fullmatch(pattern, call)) for call in called]


class Stage:
    """Deliveries in, the state of two accounts out."""

    def __init__(self) -> None:
        self.time = Clock()
        self.ours = Account(INSTALLATION, self.time)
        self.neighbour = Account(NEIGHBOUR, self.time)
        self.github = self.ours.github
        self.done: dict[tuple[int, int], timedelta] = {}  # by installation and number: the jump until then

    async def grow_old(self) -> None:
        """Have tokens that are two minutes old, and begin to count calls."""
        for account in (self.ours, self.neighbour):
            await account.app.client(account.installation)
            account.since = len(account.github.calls)
        self.time.ahead += timedelta(minutes=2)
        self.began = self.time.ahead

    def fault(self, pattern: str, fault: Response | Exception, *, times: int = 1, lost: bool = False) -> None:
        """Let calls fail: before they do anything or, `lost`, after."""
        faults = self.github.losses if lost else self.github.refusals
        faults += [(pattern, fault)] * times

    def limited_for(self, seconds: int) -> dict[str, str]:
        """The headers of a primary limit that is used up for so long."""
        reset = int(self.time().timestamp()) + seconds
        return {"x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset)}

    async def deliver(self, event: str, action: str, *, to: Account | None = None, **parts: Any) -> None:
        """Ring what a delivery asks for, at our account or at another."""
        account = to or self.ours
        jobs = events.jobs(event, delivery(event) | {"action": action} | parts, app=US)
        whose = {"installation": account.installation, "repository": 1000 + account.installation}
        await self.queue.ring(*(replace(job, subject=replace(job.subject, **whose)) for job in jobs))

    async def settle(self) -> None:
        """Work until nothing is left to do, jumping to the next job's time whenever all wait."""
        async with asyncio.timeout(PATIENCE):
            while pending := await self.queue.pending(most=1):
                due = pending[0].due or self.time()
                if not self.queue._running and due > self.time():
                    self.time.ahead += due - self.time()
                await asyncio.sleep(0.005)

    def waited(self, number: int, installation: int = INSTALLATION) -> float:
        """The seconds of pauses until the look at a subject was over."""
        return (self.done[installation, number] - self.began).total_seconds()

    async def contexts(self, job: Job) -> Context:
        account = self.neighbour if job.subject.installation == NEIGHBOUR else self.ours
        of_app = job.subject.kind in OF_APP

        async def ring(*jobs: Job) -> object:
            return await self.queue.ring(*jobs)

        return replace(
            World().context(),
            client=account.app.itself
            if of_app
            else await account.app.client(account.installation, backlog=job.is_backlog),
            as_app=account.app.itself,
            drop_token=account.app.drop_token,
            store=account.store,
            ring=ring,
            replay_refused=partial(replay_refused, self.queue),
            now=self.time(),
        )


class Ends:
    """A queue whose jobs' good ends are noted on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def work(self, run: queue.Run) -> None:
        async def noted(job: Job) -> None:
            await run(job)
            self.stage.done[job.subject.installation, job.subject.number] = self.stage.time.ahead

        await self.stage.queue.work(noted)


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    """A stage with one worker's slot, so that whoever holds it holds up all others."""
    stage = Stage()
    url = f"sqlite:///{folder}/handoff.db"
    database.migrate(url)
    async with AsyncExitStack() as stack:
        for account in (stage.ours, stage.neighbour):
            await account.open(stack)
        stage.queue = await queue.open(url, concurrency=1, poll=0.01, now=stage.time)
        stack.push_async_callback(stage.queue.close)
        work = asyncio.create_task(worker.work(Ends(stage), stage.contexts))
        yield stage
        await stage.queue.stop()
        await work
