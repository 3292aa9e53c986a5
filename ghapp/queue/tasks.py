"""procrastinate's tasks: look at a subject, take over from workers that died, forget what is long done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

import structlog
from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Row
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from ghapp.database import engines
from ghapp.queue import Manner, Run, records, waiting
from ghapp.queue.attempt import attempt
from ghapp.queue.records import Letter
from ghapp.queue.retry import LONGEST_BEHIND, Dead, Later, Park, outcome, paused, reason
from ghapp.queue.standing import Standing

QUEUE = "handoff"
STALLED = 10.0  # seconds without a heartbeat after which a worker is taken for dead
RESCUE = "* * * * * */5"  # croniter's sixth field is seconds
TIDY = "*/10 * * * *"

Settle = Callable[[str], Awaitable[object]]  # a job with this fold succeeded

log = structlog.get_logger(__name__)

Value = TypeVar("Value")


class Retry(Exception):
    """What a job that is to run again tells procrastinate's retry strategy."""

    def __init__(self, at: datetime, *, priority: int) -> None:
        super().__init__()
        self.decision = RetryDecision(retry_at=at, priority=priority)


class Strategy(BaseRetryStrategy):
    """Puts every job back that did not end: procrastinate would give it up."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner

    def get_retry_decision(self, *, exception: BaseException, job: Row) -> RetryDecision:
        """When and with what priority a job is to run again: as it asks, or at once when it was interrupted.

        Anything else means that its end could not be written. That counts as a failure, see `Tasks` for why.
        """
        if isinstance(exception, Retry):
            return exception.decision
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision()
        log.warning("queue.unavailable", subject=job.queueing_lock, reason=reason(exception))
        standing = Standing.of(job.priority).after(failed=True)
        again = paused(standing.failures, now=self._manner.now(), backoff=self._manner.backoff)
        return RetryDecision(retry_at=again.at, priority=standing.priority)


class Tasks:
    """The tasks of one process.

    A job's priority counts its failures, since procrastinate counts interruptions and parking as attempts too; see
    `standing`. A retry set for later would hold its lock; behind newer jobs of its subject in priority, it does not.
    """

    def __init__(self, app: App, engine: AsyncEngine, manner: Manner, settle: Settle) -> None:
        self._app = app
        self._settle = settle
        self._engine = engine
        self._manner = manner
        app.task(name=waiting.LOOK, queue=QUEUE, pass_context=True, retry=Strategy(manner))(self._look)
        # No lock: one that was killed at its work would keep all others from theirs, its own rescue among them.
        rescue = app.task(name="rescue", queue=QUEUE, queueing_lock="rescue")(self._rescue)
        app.periodic(cron=RESCUE)(rescue)
        tidy = app.task(name="tidy", queue=QUEUE, lock="tidy", queueing_lock="tidy")(self._tidy)
        app.periodic(cron=TIDY)(tidy)
        self.run: Run | None = None
        self._looks: set[asyncio.Task[Any]] = set()

    def interrupt(self) -> None:
        """Break off the jobs at hand, and take no further one; they are put back."""
        self.run = None
        self.break_off()

    def break_off(self) -> None:
        """Break off the jobs at hand; they are put back, unless another worker has them."""
        for look in self._looks:
            look.cancel()

    async def _look(self, context: JobContext, /, *, job: dict[str, Any], **_: object) -> None:
        error = await self._run(job)
        if error is None:
            await self._settle(str(context.job.queueing_lock))
        else:
            await self._fail(context.job, error)

    async def _run(self, job: dict[str, Any]) -> Exception | None:
        if self.run is None:
            raise asyncio.CancelledError  # it was taken just before the interruption
        look = asyncio.current_task()
        assert look is not None
        self._looks.add(look)
        try:
            return await attempt(self.run, job)
        finally:
            self._looks.discard(look)

    async def _fail(self, row: Row, error: Exception) -> None:
        now = self._manner.now()
        standing = Standing.of(row.priority)
        failures = standing.failures + 1
        match outcome(error, failures=failures, now=now, backoff=self._manner.backoff):
            case Later(at, failed):
                raise Retry(at, priority=standing.after(failed=failed).priority) from None
            case Park(installation, until):
                noted = await self._write(lambda connection: _park(connection, installation, until))
                raise Retry(noted, priority=row.priority) from None
            case Dead(why):
                packed: Any = row.task_kwargs["job"]
                letter = Letter(fold=str(row.queueing_lock), job=packed, reason=why, attempts=failures)
                if await self._write(lambda connection: _bury(connection, letter, now=now)):
                    letter.say()

    async def _rescue(self, timestamp: int) -> None:  # noqa: ARG002 - given to every periodic task
        """Take over the jobs of workers without a heartbeat; see "Retry stalled jobs" in procrastinate's manual."""
        manager = self._app.job_manager
        for row in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED):
            try:
                await manager.retry_job(row)
            except ConnectorException:
                log.info("queue.rescue-late", subject=row.lock)  # it ended, or another worker was first

    async def _tidy(self, timestamp: int) -> None:  # noqa: ARG002 - given to every periodic task
        now = self._manner.now()
        await self._write(lambda connection: records.tidy(connection, now=now))
        await self._write(lambda connection: waiting.settle_orphans(connection, now=now))
        await self._write(waiting.clear)
        await self._write(lambda connection: waiting.call_up(connection, rung_before=now - LONGEST_BEHIND))

    async def _write(self, write: Callable[[Connection], Value]) -> Value:
        with engines.available():
            async with self._engine.begin() as connection:
                return await connection.run_sync(write)


def _park(connection: Connection, installation: int, until: datetime) -> datetime:
    noted = records.park(connection, installation, until)
    waiting.hold(connection, installation, until=noted)
    return noted


def _bury(connection: Connection, letter: Letter, *, now: datetime) -> bool:
    """Keep a dead letter, and whether it is one: what was rung while it ran has all its attempts before it."""
    is_over = not waiting.waits(connection, letter.fold)
    if is_over:
        records.bury(connection, letter, now=now)
    return is_over
