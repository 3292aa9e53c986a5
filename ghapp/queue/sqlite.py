"""The embedded engine: one file, one working process, one thread that writes."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO, TypeVar

import structlog
from sqlalchemy import Connection

from ghapp.database import address, engines
from ghapp.errors import Again, Gone
from ghapp.queue import DeadLetter, Manner, Run, dirty, records, writing
from ghapp.queue.commits import Commits
from ghapp.queue.dirty import Picked
from ghapp.queue.records import Ring
from ghapp.queue.retry import Outcome, outcome, reason
from ghapp.queue.writing import Change, End
from ghapp.subjects import Delivery, Job

TIDY = timedelta(minutes=10)

log = structlog.get_logger(__name__)

Value = TypeVar("Value")


async def open(url: str, manner: Manner) -> "SqliteQueue":  # noqa: A001 - see `ghapp.queue.open`
    """Connect, in the one thread that will use the connection."""
    place = address.read(url)
    thread = ThreadPoolExecutor(1, thread_name_prefix="queue")
    with address.opening(place):
        connect = engines.sqlite_engine(place).connect
        connection = await asyncio.get_running_loop().run_in_executor(thread, connect)
    return SqliteQueue(address.path(place), connection, thread, manner)


class SqliteQueue:
    """A queue in one SQLite file."""

    def __init__(self, file: Path, connection: Connection, thread: Executor, manner: Manner) -> None:
        self._file = file
        self._connection = connection
        self._thread = thread
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
        fresh = await self._commits.write(Ring(jobs, delivery))
        self._wake.set()
        return bool(fresh)

    async def work(self, run: Run) -> None:
        """Run jobs until cancelled or stopped; see `Queue`."""
        self._finished.clear()
        try:
            async with self._turn():
                while not self._stopping:
                    self._wake.clear()
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
        return await self._read(records.letters)

    async def replay(self, letter: int) -> bool:
        """Ring a dead letter's job anew; False when there is none with this id."""
        now = self._now()
        found = await self._commits.write(lambda connection: _replay(connection, letter, now=now))
        self._wake.set()
        return bool(found)

    async def depth(self) -> int:
        """How many jobs wait or run."""
        return await self._read(dirty.depth)

    async def close(self) -> None:
        """Let go of the file."""
        await self._commits.close()
        await self._in_thread(self._connection.close)
        self._thread.shutdown()

    async def _look(self, run: Run) -> None:
        """Start what can be started now."""
        try:
            if self._now() >= self._tidy_at:
                self._tidy_at = self._now() + TIDY
                await self._commits.write(lambda connection: records.tidy(connection, now=self._now()))
            while room := not self._stopping and self._manner.concurrency - len(self._running):
                if not await self._start(run, room):
                    return
        except Again as error:
            log.warning("queue.unavailable", reason=reason(error))

    async def _start(self, run: Run, room: int) -> int:
        busy = tuple(self._running)
        found = await self._read(lambda connection: dirty.pick(connection, busy=busy, room=room, now=self._now()))
        for picked in found:
            self._running[picked.subject] = asyncio.create_task(self._attend(picked, run))
        return len(found)

    async def _pause(self) -> None:
        """Wait for a ring, an end or a stop; other processes' rings and retries that fall due are found by the poll."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._manner.poll):
                await self._wake.wait()

    async def _attend(self, picked: Picked, run: Run) -> None:
        try:
            await self._record(picked, await self._run(picked, run))
        finally:
            del self._running[picked.subject]
            self._wake.set()

    async def _run(self, picked: Picked, run: Run) -> Outcome | None:
        try:
            await run(records.unpack(picked.packed))
        except Gone:
            return None
        except Exception as error:
            return outcome(error, failures=picked.attempts + 1, now=self._now(), backoff=self._manner.backoff)
        return None

    async def _record(self, picked: Picked, ended: Outcome | None) -> None:
        """Write how a run ended; while that cannot be written the subject stays ours, rather than run it in a loop."""
        while True:
            try:
                await self._commits.write(End(picked, ended))
            except Exception as error:
                log.warning("queue.unavailable", reason=reason(error))
                await asyncio.sleep(self._manner.poll)
            else:
                return

    async def _interrupt(self) -> None:
        tasks = tuple(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait until no other process works on this file; the kernel frees the lock of one that was killed."""
        file = _lock(self._file)
        if file is None:
            log.info("queue.waiting", reason="another process works on this database")
        while file is None and not self._stopping:
            self._wake.clear()
            await self._pause()
            file = _lock(self._file)
        try:
            yield
        finally:
            if file is not None:
                file.close()

    async def _read(self, read: Callable[[Connection], Value]) -> Value:
        with engines.available():
            return await self._in_thread(lambda: read(self._connection))

    async def _commit(self, changes: Sequence[Change]) -> list[object]:
        now = self._now()
        with engines.available():
            return await self._in_thread(lambda: writing.transaction(self._connection, changes, now=now))

    async def _in_thread(self, call: Callable[[], Value]) -> Value:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


def _lock(database: Path) -> TextIO | None:
    """The lock of the one process that works on a database, freed by closing it; None while another holds it."""
    file = Path(f"{database}-worker").open("w", encoding="utf-8")  # noqa: SIM115 - held as long as the work lasts
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _replay(connection: Connection, letter: int, *, now: datetime) -> bool:
    job = records.exhume(connection, letter)
    if job is not None:
        writing.ring(connection, [Ring((job,))], now=now)
    return job is not None
