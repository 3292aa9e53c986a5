"""What tests of the queue have in common: jobs, a run that notes what it is given, and a queue at work."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import asynccontextmanager, closing
from datetime import datetime

import psycopg

from ghapp import clock, queue
from ghapp.queue.retry import BackOff
from ghapp.subjects import Delivery, Job, Kind, Subject

SOON = BackOff(attempts=3, first=0.01, growth=1)
NEVER = BackOff(attempts=3, first=3600)
PATIENCE = 30  # seconds before a test is given up


def issue(number: int, *, installation: int = 5) -> Subject:
    return Subject(kind=Kind.ISSUE, installation=installation, repository=70 + installation, number=number)


def look(number: int = 1, *, installation: int = 5, why: str = "issues.edited") -> Job:
    return Job(subject=issue(number, installation=installation), why=why)


def delivery(guid: str) -> Delivery:
    return Delivery(guid=guid, event="issues", action="edited")


class Runs:
    """Notes what it is given to run, and does with it what the test says."""

    def __init__(self) -> None:
        self.began: list[Job] = []
        self.ended: list[Job] = []
        self.times: list[datetime] = []
        self.errors: dict[str, list[BaseException]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.crowd: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self._change = asyncio.Condition()

    async def __call__(self, job: Job) -> None:
        self._enter(job)
        try:
            await self._tell()
            if job.fold in self.gates:
                await self.gates[job.fold].wait()
            if self.errors.get(job.fold):
                raise self.errors[job.fold].pop(0)
        finally:
            self._leave(job)
            await self._tell()

    def hold(self, job: Job) -> asyncio.Event:
        return self.gates.setdefault(job.fold, asyncio.Event())

    def fail(self, job: Job, *errors: BaseException) -> None:
        self.errors[job.fold] = list(errors)

    async def until(self, *, began: int = 0, ended: int = 0) -> None:
        async with asyncio.timeout(PATIENCE), self._change:
            await self._change.wait_for(lambda: len(self.began) >= began and len(self.ended) >= ended)

    def _enter(self, job: Job) -> None:
        self.began.append(job)
        self.times.append(clock.now())
        for place in (job.subject.key, "all"):
            self.crowd[place] += 1
            self.most[place] = max(self.most[place], self.crowd[place])

    def _leave(self, job: Job) -> None:
        self.ended.append(job)
        for place in (job.subject.key, "all"):
            self.crowd[place] -= 1

    async def _tell(self) -> None:
        async with self._change:
            self._change.notify_all()


@asynccontextmanager
async def opened(url: str, **manner):
    ours = await queue.open(url, **{"poll": 0.05, "backoff": SOON} | manner)
    try:
        yield ours
    finally:
        await ours.close()


@asynccontextmanager
async def working(ours: queue.Queue, runs: Runs):
    work = asyncio.create_task(ours.work(runs))
    try:
        yield work
    finally:
        async with asyncio.timeout(PATIENCE):
            await ours.stop()
            await work


async def depth(ours: queue.Queue) -> int:
    return (await ours.backlog()).jobs


def execute(url: str, statement: str):
    """Run a statement beside the queue, on either database; its rows, if it has any."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=5)) as connection, connection:
        return connection.execute(statement).fetchall()


async def until_dead(ours: queue.Queue) -> tuple[queue.DeadLetter, ...]:
    """The run's end is seen before it is written."""
    async with asyncio.timeout(PATIENCE):
        while not (letters := await ours.dead_letters()):
            pass
        return letters
