"""The embedded engine: one file, one working process, one thread that writes."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from ghapp.database import address, turns
from ghapp.database.commits import PATIENCE, Commits
from ghapp.database.thread import Thread
from ghapp.errors import Again
from ghapp.queue import Backlog, DeadLetter, Manner, Pending, Received, Run, dirty, listing, records, writing
from ghapp.queue.attempt import attempt
from ghapp.queue.dirty import Picked
from ghapp.queue.records import Ring
from ghapp.queue.retry import Outcome, outcome, paused, reason
from ghapp.queue.turn import turn
from ghapp.queue.writing import Change, End
from ghapp.subjects import Delivery, Job

TIDY = timedelta(minutes=10)
SPACING = 0.02  # seconds between two starts: far more than GitHub's limits allow, and a crowd would hold up the answers

log = structlog.get_logger(__name__)


async def open(url: str, manner: Manner) -> "SqliteQueue":  # noqa: A001 - see `ghapp.queue.open`
    """Connect once; see `ghapp.queue.open`."""
    place = address.read(url)
    thread = Thread(place)
    with address.opening(place):
        await thread.connect()
    return SqliteQueue(thread, turns.turn(place), manner)


class SqliteQueue:
    """A queue in one SQLite file."""

    def __init__(self, thread: Thread, turn: AbstractAsyncContextManager[object], manner: Manner) -> None:
        self._thread = thread
        self._turn = turn
        self._manner = manner
        self._now = manner.now
        self._commits: Commits[Change, object] = Commits(self._commit)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._stopping = False
        self._finished = asyncio.Event()
        self._finished.set()
        self._tidy_at = self._now()

    async def ring(self, *jobs: Job, delivery: Delivery | None = None) -> bool:
        """Make a delivery and its jobs durable; see `Queue`."""
        fresh = await self._commits.write(Ring(jobs, delivery), within=PATIENCE)
        self._wake.set()
        return bool(fresh)

    async def work(self, run: Run) -> None:
        """Run jobs until cancelled or stopped; see `Queue`."""
        self._finished.clear()
        try:
            async with turn(self._thread.file, pause=self._pause):
                while not self._stopping:
                    await self._look(run)
                    await self._pause()
                await asyncio.gather(*self._running.values())
        finally:
            await self._interrupt()
            self._finished.set()

    async def stop(self) -> None:
        """Let `work` return after the jobs at hand; see `Queue`."""
        self._stopping = True
        self._wake.set()
        await self._finished.wait()

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """The jobs that were given up, oldest first."""
        return await self._thread.call(records.letters)

    async def replay(self, letter: int) -> bool:
        """Ring a dead letter's job anew; see `Queue`."""
        now = self._now()
        found = await self._commits.write(lambda connection: _replay(connection, letter, now=now))
        self._wake.set()
        return bool(found)

    async def backlog(self) -> Backlog:
        """How much waits, in all processes."""
        return await self._thread.call(lambda connection: records.backlog(connection, dirty.depth(connection)))

    async def pending(self, *, most: int) -> tuple[Pending, ...]:
        """The first jobs that wait or run; see `Queue`."""
        return await self._thread.call(lambda connection: listing.pending(connection, dirty.first(connection, most)))

    async def received(self, name: str) -> tuple[Received, ...]:
        """The deliveries with this GUID, or that rang the job with this fold."""
        return await self._thread.call(lambda connection: listing.received(connection, name))

    async def close(self) -> None:
        """Let go of the file."""
        await self._commits.close()
        await self._thread.close()

    async def _look(self, run: Run) -> None:
        """Start what can be started now; what goes wrong with the file does not end the work."""
        try:
            if self._now() >= self._tidy_at:
                self._tidy_at = self._now() + TIDY
                await self._commits.write(lambda connection: records.tidy(connection, now=self._now()))
            while not self._stopping and len(self._running) < self._manner.concurrency:
                if not await self._start(run):
                    return
                await asyncio.sleep(SPACING)
        except Exception as error:
            log.warning("queue.unavailable", reason=reason(error))

    async def _start(self, run: Run) -> bool:
        busy, now = tuple(self._running), self._now()
        picked = await self._thread.call(lambda connection: dirty.pick(connection, busy=busy, now=now))
        if picked is not None:
            self._running[picked.subject] = asyncio.create_task(self._attend(picked, run))
        return picked is not None

    async def _pause(self) -> bool:
        """Wait for a ring, an end or a stop; other processes' rings and retries that fall due are found by the poll."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._manner.poll):
                await self._wake.wait()
        self._wake.clear()
        return not self._stopping

    async def _attend(self, picked: Picked, run: Run) -> None:
        try:
            await self._record(picked, await self._run(picked, run))
        finally:
            del self._running[picked.subject]
            self._wake.set()

    async def _run(self, picked: Picked, run: Run) -> Outcome | None:
        error = await attempt(run, picked.packed)
        if error is None:
            return None
        return outcome(error, failures=picked.attempts + 1, now=self._now(), backoff=self._manner.backoff)

    async def _record(self, picked: Picked, ended: Outcome | None) -> None:
        """Write how a run ended; while that cannot be written the subject stays ours, rather than run it in a loop."""
        while True:
            try:
                await self._commits.write(End(picked, ended))
            except Exception as error:
                log.warning("queue.unavailable", subject=picked.fold, reason=reason(error))
                if not isinstance(error, Again):  # this end will never be written
                    ended = paused(picked.attempts + 1, now=self._now(), backoff=self._manner.backoff)
                await asyncio.sleep(self._manner.poll)
            else:
                return

    async def _interrupt(self) -> None:
        tasks = tuple(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _commit(self, changes: Sequence[Change]) -> list[object]:
        async with self._turn:
            now = self._now()
            return await self._thread.call(lambda connection: writing.transaction(connection, changes, now=now))


def _replay(connection: Connection, letter: int, *, now: datetime) -> bool:
    job = records.exhume(connection, letter)
    if job is not None:
        writing.ring(connection, [Ring((job,))], now=now)
    return job is not None
