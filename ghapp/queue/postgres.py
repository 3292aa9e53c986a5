"""The engine for several machines: procrastinate on PostgreSQL, with our own table of deliveries beside it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, TypeVar

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.jobs import Job as Row
from psycopg import AsyncConnection as Driver
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ghapp.database import address, engines
from ghapp.errors import Again
from ghapp.queue import DeadLetter, Manner, Run, records, waiting
from ghapp.queue.commits import Commits
from ghapp.queue.folding import FoldingManager
from ghapp.queue.records import Ring
from ghapp.queue.retry import reason
from ghapp.queue.tasks import QUEUE, STALLED, Tasks
from ghapp.subjects import Delivery, Job

HEARTBEAT = 2.0  # seconds
COLLISIONS = 5  # in a row, with other processes that ring the same subjects, before the sender is asked to come again

log = structlog.get_logger(__name__)

Value = TypeVar("Value")


async def open(url: str, manner: Manner) -> "PostgresQueue":  # noqa: A001 - see `ghapp.queue.open`
    """Connect once, so that a wrong address is said at the start."""
    place = address.read(url)
    with address.opening(place):
        engine = engines.async_engine(place)
        async with engine.connect():
            pass
    conninfo = engines.server(place).set(drivername="postgresql").render_as_string(hide_password=False)
    connector = PsycopgConnector(
        conninfo=conninfo,
        configure=_commit_each,
        min_size=1,
        max_size=manner.concurrency + 2,
        timeout=engines.BUSY,
    )
    return PostgresQueue(engine, App(connector=connector), manner)


class PostgresQueue:
    """A queue in a PostgreSQL database, for any number of processes."""

    def __init__(self, engine: AsyncEngine, app: App, manner: Manner) -> None:
        self._engine = engine
        self._manner = manner
        self._manager = app.job_manager = FoldingManager(app.connector)
        self._app = app
        self._commits: Commits[Ring | str, bool] = Commits(self._commit)
        self._tasks = Tasks(app, engine, manner, self._commits.write)
        self._worker: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._finished = asyncio.Event()
        self._finished.set()

    async def ring(self, *jobs: Job, delivery: Delivery | None = None) -> bool:
        """Make a delivery and its jobs durable; see `Queue`."""
        return await self._commits.write(Ring(jobs, delivery))

    async def work(self, run: Run) -> None:
        """Run jobs until cancelled or stopped; see `Queue`."""
        self._tasks.run = run
        self._finished.clear()
        try:
            while not self._stopping.is_set():
                await self._employ()
        finally:
            self._finished.set()

    async def stop(self) -> None:
        """Let `work` return after the jobs at hand; see `Queue`."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.cancel()  # procrastinate's way to say: take no further job, and end when those at hand have
        await self._finished.wait()

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """The jobs that were given up, oldest first."""
        return await self._read(records.letters)

    async def replay(self, letter: int) -> bool:
        """Ring a dead letter's job anew; False when there is none with this id."""
        with _available():
            async with self._engine.begin() as connection:
                job = await connection.run_sync(records.exhume, letter)
                if job is not None:
                    await self._ring(connection, [Ring((job,))])
        return job is not None

    async def depth(self) -> int:
        """How many jobs wait or run."""
        return await self._read(waiting.depth)

    async def close(self) -> None:
        """Let go of the database."""
        await self._commits.close()
        await self._app.close_async()
        await self._engine.dispose()

    async def _employ(self) -> None:
        """Let one worker work; it ends early when the database goes away, and the next is tried after a pause."""
        self._worker = worker = asyncio.create_task(self._serve())
        try:
            await asyncio.wait([worker])
        except asyncio.CancelledError:
            worker.cancel()
            self._tasks.interrupt()
            await asyncio.wait([worker])
            raise
        if not worker.cancelled() and (error := worker.exception()) is not None:
            log.warning("queue.unavailable", reason=reason(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._manner.poll)

    async def _serve(self) -> None:
        await self._app.open_async()
        await self._app.run_worker_async(
            queues=[QUEUE],
            concurrency=self._manner.concurrency,
            fetch_job_polling_interval=self._manner.poll,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
        )

    async def _commit(self, changes: Sequence[Ring | str]) -> list[bool]:
        """Write rings, and the folds of jobs that succeeded."""
        for _ in range(COLLISIONS):
            try:
                with _available():
                    async with self._engine.begin() as connection:
                        return await self._write(connection, changes)
            except AlreadyEnqueued:
                continue  # another process rang one of these just now: its job is seen by the next look
        raise Again("other processes ring the same subjects")

    async def _write(self, connection: AsyncConnection, changes: Sequence[Ring | str]) -> list[bool]:
        folds = sorted(change for change in changes if isinstance(change, str))
        if folds:
            now = self._manner.now()
            await connection.run_sync(lambda it: waiting.settle(it, folds, now=now))
        rings = [change for change in changes if isinstance(change, Ring)]
        fresh = iter(await self._ring(connection, rings) if rings else ())
        return [next(fresh) if isinstance(change, Ring) else True for change in changes]

    async def _ring(self, connection: AsyncConnection, rings: Sequence[Ring]) -> list[bool]:
        now = self._manner.now()
        fresh = await connection.run_sync(lambda it: records.keep(it, rings, now=now))
        wanted = {job.fold: job for ring, is_fresh in zip(rings, fresh, strict=True) if is_fresh for job in ring.jobs}
        if wanted:
            await self._defer(connection, wanted, now=now)
        return fresh

    async def _defer(self, connection: AsyncConnection, wanted: dict[str, Job], *, now: datetime) -> None:
        """Add the jobs that do not wait already, in the same transaction; sorted, as in `records.keep`."""
        parked = await connection.run_sync(lambda it: records.parked_until(it, now=now))
        driver = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, Driver)
        for row in await connection.run_sync(waiting.folded, wanted):
            installation = wanted[row.fold].subject.installation
            due = parked.get(installation, now)
            if row.installation == installation and (row.scheduled_at is None or row.scheduled_at <= due):
                del wanted[row.fold]
            else:  # it waits out a pause, or for an installation that is no more: the new one takes its place
                await self._manager.cancel_job_by_id_async(row.id, delete_job=True, connection=driver)
        rows = [_row(wanted[fold], parked.get(wanted[fold].subject.installation)) for fold in sorted(wanted)]
        if rows:
            await self._manager.batch_defer_jobs_async(rows, connection=driver)

    async def _read(self, read: Callable[[Connection], Value]) -> Value:
        with _available():
            async with self._engine.connect() as connection:
                return await connection.run_sync(read)


@contextmanager
def _available() -> Iterator[None]:
    with engines.available():
        try:
            yield
        except ConnectorException as error:
            raise Again(f"the database cannot be used now ({error.__cause__})") from error


async def _commit_each(connection: Driver) -> None:
    """Spare two round trips for each of procrastinate's statements, none of which needs another beside it."""
    await connection.set_autocommit(True)


def _row(job: Job, due: datetime | None) -> Row:
    arguments: dict[str, Any] = {"job": records.pack(job), "installation": job.subject.installation}
    return Row(
        queue=QUEUE,
        lock=job.subject.key,
        queueing_lock=job.fold,
        task_name=waiting.LOOK,
        task_kwargs=arguments,
        scheduled_at=due,
    )
