"""The engine for several machines: procrastinate on PostgreSQL, with our own table of deliveries beside it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.jobs import DeleteJobCondition
from procrastinate.jobs import Job as Row
from psycopg import AsyncConnection as Driver
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from ghapp.database import address, engines
from ghapp.errors import Again
from ghapp.queue import Backlog, DeadLetter, Manner, Pending, Received, Run, listing, records, waiting
from ghapp.queue.deferring import Deferring
from ghapp.queue.folding import FoldingManager
from ghapp.queue.records import Ring
from ghapp.queue.retry import reason
from ghapp.queue.tasks import QUEUE, STALLED, Tasks
from ghapp.subjects import Delivery, Job

NEVER = (
    86_400.0  # seconds: procrastinate's own heartbeat stops while a worker that ends waits for its jobs; see `lease`
)

log = structlog.get_logger(__name__)

Value = TypeVar("Value")


async def open(url: str, manner: Manner) -> "PostgresQueue":  # noqa: A001 - see `ghapp.queue.open`
    """Connect once; see `ghapp.queue.open`."""
    place = address.read(url)
    engine = await engines.connected(place)
    connector = PsycopgConnector(
        conninfo=_conninfo(engine, engines.server(place)),
        configure=_configure,
        min_size=1,
        max_size=manner.concurrency + 2,
        timeout=engines.BUSY,
        reconnect_timeout=engines.BUSY,  # the pauses between its tries grow up to half of this
    )
    return PostgresQueue(engine, App(connector=connector), manner)


def _conninfo(engine: AsyncEngine, place: URL) -> str:
    """The address in libpq's own words: as one URL a password with spaces in it would be refused."""
    given = engine.dialect.create_connect_args(place)[1]
    return make_conninfo(**{name: value for name, value in given.items() if name != "context"})


class PostgresQueue:
    """A queue in a PostgreSQL database, for any number of processes."""

    def __init__(self, engine: AsyncEngine, app: App, manner: Manner) -> None:
        self._engine = engine
        self._manner = manner
        self._jobs = FoldingManager(app.connector, leave=self._leave, lost=self._lost, taken=self._taken)
        app.job_manager = self._jobs
        self._app = app
        self._deferring = Deferring(engine, self._jobs, manner.now)
        self._tasks = Tasks(app, engine, manner, self._deferring.settle)
        self._worker: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._finished = asyncio.Event()
        self._finished.set()

    async def ring(self, *jobs: Job, delivery: Delivery | None = None) -> bool:
        """Make a delivery and its jobs durable; see `Queue`."""
        return await self._deferring.ring(Ring(jobs, delivery))

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
        """Ring a dead letter's job anew; see `Queue`."""
        return await self._deferring.replay(letter)

    async def backlog(self) -> Backlog:
        """How much waits, in all processes."""
        return await self._read(lambda connection: records.backlog(connection, waiting.depth(connection)))

    async def pending(self, *, most: int) -> tuple[Pending, ...]:
        """The first jobs that wait or run; see `Queue`."""
        return await self._read(lambda connection: listing.pending(connection, waiting.first(connection, most)))

    async def received(self, name: str) -> tuple[Received, ...]:
        """The deliveries with this GUID, or that rang the job with this fold."""
        return await self._read(lambda connection: listing.received(connection, name))

    async def close(self) -> None:
        """Let go of the database."""
        await self._deferring.close()
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
        await self._open()
        try:
            await self._app.run_worker_async(
                queues=[QUEUE],
                concurrency=self._manner.concurrency,
                fetch_job_polling_interval=self._manner.poll,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                install_signal_handlers=False,
                update_heartbeat_interval=NEVER,
                stalled_worker_timeout=STALLED,
            )
        finally:
            self._jobs.fall_silent()

    async def _open(self) -> None:
        try:
            await self._app.open_async()
        except Exception:
            await self._app.close_async()  # else it would be taken for open the next time
            raise

    def _leave(self, error: Exception) -> None:
        """Let the worker end after the jobs at hand, and another begin."""
        log.warning("queue.unavailable", reason=reason(error))
        if self._worker is not None:
            self._worker.cancel()

    def _lost(self) -> None:
        """Break the jobs at hand off, as another may have them by now, and let another worker begin."""
        log.warning("queue.unavailable", reason="this worker could not say for too long that it lives")
        self._tasks.break_off()
        if self._worker is not None:
            self._worker.cancel()

    async def _taken(self, row: Row) -> None:
        """Look once more at what two workers have looked at: the older look may have written after the newer one."""
        log.warning("queue.taken-over", subject=row.lock)
        if row.task_name == waiting.LOOK:
            with suppress(Again):  # its new worker has it
                packed: Any = row.task_kwargs["job"]
                await self._deferring.ring(Ring((records.unpack(packed),)))

    async def _read(self, read: Callable[[Connection], Value]) -> Value:
        with engines.available():
            async with self._engine.connect() as connection:
                return await connection.run_sync(read)


async def _configure(connection: Driver) -> None:
    """Spare two round trips for each of procrastinate's statements, none of which needs another beside it.

    An index gives the next job in its order. Until PostgreSQL has counted the rows of a burst, which may take it a
    minute, its planner thinks them few, and sorts all that wait for each that is taken.
    """
    await connection.set_autocommit(True)
    await connection.execute("SET enable_sort = off")
