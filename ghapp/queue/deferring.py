"""What is written to PostgreSQL for rings and ends: deliveries and procrastinate's jobs in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job as Row
from procrastinate.manager import JobManager
from psycopg import AsyncConnection as Driver
from sqlalchemy import Row as Waiting
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ghapp.database import engines
from ghapp.database.commits import PATIENCE, Commits
from ghapp.errors import Again
from ghapp.queue import records, waiting
from ghapp.queue.records import Ring
from ghapp.queue.standing import Standing
from ghapp.queue.tasks import QUEUE
from ghapp.subjects import Job

COLLISIONS = 5  # in a row, with other processes that ring the same subjects, before the sender is asked to come again


class Deferring:
    """Writes rings and ends in batches, each whole or not at all."""

    def __init__(self, engine: AsyncEngine, manager: JobManager, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._manager = manager
        self._now = now
        self._commits: Commits[Ring | str, bool] = Commits(self._commit)

    async def ring(self, ring: Ring) -> bool:
        """Write a ring; whether its jobs are to be run."""
        return await self._commits.write(ring, within=PATIENCE)

    async def settle(self, fold: str) -> None:
        """Write that a job with this fold succeeded."""
        await self._commits.write(fold)

    async def replay(self, letter: int) -> bool:
        """Ring a dead letter's job anew; see `Queue`."""
        with _available():
            async with self._engine.begin() as connection:
                job = await connection.run_sync(records.exhume, letter)
                if job is not None:
                    await self._ring(connection, [Ring((job,))])
        return job is not None

    async def close(self) -> None:
        """Wait for what is being written."""
        await self._commits.close()

    async def _commit(self, changes: Sequence[Ring | str]) -> list[bool]:
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
            now = self._now()
            await connection.run_sync(lambda it: waiting.settle(it, folds, now=now))
        rings = [change for change in changes if isinstance(change, Ring)]
        fresh = iter(await self._ring(connection, rings) if rings else ())
        return [next(fresh) if isinstance(change, Ring) else True for change in changes]

    async def _ring(self, connection: AsyncConnection, rings: Sequence[Ring]) -> list[bool]:
        now = self._now()
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
            if _stands_for(row, wanted[row.fold], parked, now):
                del wanted[row.fold]
            else:  # it waits out a pause, in the backlog, or for an installation that is no more
                await self._manager.cancel_job_by_id_async(row.id, delete_job=True, connection=driver)
        rows = [_row(wanted[fold], parked.get(wanted[fold].subject.installation), now) for fold in sorted(wanted)]
        if rows:
            await self._manager.batch_defer_jobs_async(rows, connection=driver)


@contextmanager
def _available() -> Iterator[None]:
    with engines.available():
        try:
            yield
        except ConnectorException as error:
            raise Again(f"the database cannot be used now ({error.__cause__})") from error


def _stands_for(row: Waiting[Any], job: Job, parked: Mapping[int, datetime], now: datetime) -> bool:
    """Whether a job that waits stands for one that is rung; the backlog's ring never replaces any."""
    if row.installation != job.subject.installation:
        return False
    due = row.scheduled_at is None or row.scheduled_at <= parked.get(row.installation, now)
    return job.is_backlog or (due and not Standing.of(row.priority).is_backlog)


def _row(job: Job, due: datetime | None, now: datetime) -> Row:
    whose = job.subject.installation
    arguments: dict[str, Any] = {"job": records.pack(job), "installation": whose, "rung": waiting.stamp(now)}
    return Row(
        queue=QUEUE,
        lock=job.subject.key,
        queueing_lock=job.fold,
        priority=Standing(is_backlog=job.is_backlog).priority,
        task_name=waiting.LOOK,
        task_kwargs=arguments,
        scheduled_at=due,
    )
