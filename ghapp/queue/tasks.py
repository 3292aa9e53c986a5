"""procrastinate's tasks: look at a subject, take over from workers that died, forget what is long done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog
from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Row
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from ghapp.database import engines
from ghapp.errors import Gone
from ghapp.queue import Manner, Run, records, waiting
from ghapp.queue.records import Letter
from ghapp.queue.retry import Dead, Later, Park, outcome
from ghapp.subjects import Job

QUEUE = "handoff"
STALLED = 10.0  # seconds without a heartbeat after which a worker is taken for dead
RESCUE = "* * * * * */5"  # croniter's sixth field is seconds
TIDY = "*/10 * * * *"

Settle = Callable[[str], Awaitable[object]]  # a job with this fold succeeded

log = structlog.get_logger(__name__)


class Retry(Exception):
    """What a job that is to run again tells procrastinate's retry strategy."""

    def __init__(self, at: datetime, *, priority: int) -> None:
        super().__init__()
        self.decision = RetryDecision(retry_at=at, priority=priority)


class Strategy(BaseRetryStrategy):
    """Retries what asks for it, and what was interrupted."""

    def get_retry_decision(self, *, exception: BaseException, job: Row) -> RetryDecision | None:  # noqa: ARG002 - given
        """When and with what priority a job is to run again."""
        if isinstance(exception, Retry):
            return exception.decision
        return RetryDecision() if isinstance(exception, asyncio.CancelledError) else None


class Tasks:
    """The tasks of one process.

    A job's priority counts its failures downwards, since procrastinate counts interruptions and parking as attempts
    too. A retry set for later would hold its lock; behind newer jobs of its subject in priority, it does not.
    """

    def __init__(self, app: App, engine: AsyncEngine, manner: Manner, settle: Settle) -> None:
        self._app = app
        self._settle = settle
        self._engine = engine
        self._manner = manner
        app.task(name=waiting.LOOK, queue=QUEUE, pass_context=True, retry=Strategy())(self._look)
        rescue = app.task(name="rescue", queue=QUEUE, lock="rescue", queueing_lock="rescue")(self._rescue)
        app.periodic(cron=RESCUE)(rescue)
        tidy = app.task(name="tidy", queue=QUEUE, lock="tidy", queueing_lock="tidy")(self._tidy)
        app.periodic(cron=TIDY)(tidy)
        self.run: Run = _refuse
        self._looks: set[asyncio.Task[Any]] = set()

    def interrupt(self) -> None:
        """Break off the jobs at hand; they are put back."""
        self.run = _refuse
        for look in self._looks:
            look.cancel()

    async def _look(self, context: JobContext, /, *, job: dict[str, Any], **_: object) -> None:
        row = context.job
        try:
            await self._run(records.unpack(job))
        except Gone:
            pass
        except Exception as error:
            await self._fail(row, error)
            return
        await self._settle(str(row.queueing_lock))

    async def _run(self, job: Job) -> None:
        look = asyncio.current_task()
        assert look is not None
        self._looks.add(look)
        try:
            await self.run(job)
        finally:
            self._looks.discard(look)

    async def _fail(self, row: Row, error: Exception) -> None:
        now = self._manner.now()
        failures = 1 - row.priority
        match outcome(error, failures=failures, now=now, backoff=self._manner.backoff):
            case Later(at):
                raise Retry(at, priority=row.priority - 1) from None
            case Park(installation, until):
                await self._write(lambda connection: _park(connection, installation, until))
                raise Retry(until, priority=row.priority) from None
            case Dead(why):
                packed: Any = row.task_kwargs["job"]
                letter = Letter(fold=str(row.queueing_lock), job=packed, reason=why, attempts=failures)
                await self._write(lambda connection: _bury(connection, letter, now=now))

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

    async def _write(self, write: Callable[[Connection], None]) -> None:
        with engines.available():
            async with self._engine.begin() as connection:
                await connection.run_sync(write)


async def _refuse(_job: object) -> None:
    raise asyncio.CancelledError


def _park(connection: Connection, installation: int, until: datetime) -> None:
    records.park(connection, installation, until)
    waiting.hold(connection, installation, until=until)


def _bury(connection: Connection, letter: Letter, *, now: datetime) -> None:
    if not waiting.waits(connection, letter.fold):  # rung while it ran: that one has all its attempts before it
        records.bury(connection, letter, now=now)
        log.warning("job.dead", subject=letter.fold, reason=letter.reason)
