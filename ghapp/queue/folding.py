"""procrastinate with five traps filled in; its own functions in the database stay what they are."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from procrastinate import BaseConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from psycopg import OperationalError

from ghapp.queue.lease import Lease

# A job is its worker's as long as nobody has taken it over; locked first, so that nobody does from now on.
OURS = """
WITH ours AS MATERIALIZED (
    SELECT id FROM procrastinate_jobs
    WHERE id = %(job_id)s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %(worker_id)s::bigint
    FOR UPDATE
)
"""
RETRY = f"""{OURS}
SELECT procrastinate_retry_job_v2(
    id, COALESCE(%(retry_at)s::timestamptz, now()), %(priority)s::integer, %(queue)s::text, %(new_lock)s::text
)
FROM ours
"""  # noqa: S608 - put together from constants
# In one statement: the job ends, and if another waits for its lock, workers are told as when it was inserted.
FINISH = f"""{OURS}
SELECT procrastinate_finish_job_v1(id, %(status)s, %(delete_job)s), (
    SELECT pg_notify(
        'procrastinate_queue_v1#' || queue_name,
        json_build_object('type', 'job_inserted', 'job_id', id)::text
    )
    FROM procrastinate_jobs
    WHERE lock = %(lock)s AND status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
    LIMIT 1
)
FROM ours
"""  # noqa: S608 - put together from constants


class FoldingManager(JobManager):
    """Lets a job that is to be retried fold into one that waits, and wakes workers for the next job of a subject.

    `leave` is called when a job's end could not be written. Such a job looks like one that runs, and its subject is
    locked as long as this worker lives: the worker has to end, so that another takes the job over.

    `lost` is called when this worker was silent for so long that others may have its jobs by now, `taken` at the end of
    a job that another has: to write that end would free the subject while the other is at it.
    """

    def __init__(
        self,
        connector: BaseConnector,
        *,
        leave: Callable[[Exception], None],
        lost: Callable[[], None],
        taken: Callable[[Job], Awaitable[None]],
    ) -> None:
        super().__init__(connector)
        self._leave = leave
        self._lost = lost
        self._taken = taken
        self._lease: Lease | None = None

    async def register_worker(self) -> int:
        """Begin to live."""
        worker = await super().register_worker()
        self._lease = Lease(lambda: self.update_heartbeat(worker), self._lost)
        return worker

    def fall_silent(self) -> None:
        """No longer say that the worker lives; to be called when it has ended."""
        if self._lease is not None:
            self._lease.end()

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """Take a job; none when another worker took one with the same lock just then, which else ends this worker."""
        try:
            return await super().fetch_job(queues, worker_id)
        except UniqueViolation:
            return None

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back; when the same was rung while it ran, that one stands for both.

        Two waiting jobs cannot have one queueing lock: without this the job would be left running for ever, and its
        subject locked.
        """
        try:
            await self._end(job, RETRY, retry_at=retry_at, priority=priority, queue=queue, new_lock=lock)
        except UniqueViolation:
            await self.finish_job(job, Status.ABORTED, delete_job=True)

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: FBT001 - procrastinate's
        """End a job, and wake a worker for one that waited for its lock; else it would wait for the next poll."""
        await self._end(job, FINISH, status=status.value, delete_job=delete_job, lock=job.lock)

    async def _end(self, job: Job, statement: str, **values: object) -> None:
        arguments: dict[str, Any] = {"job_id": job.id, "worker_id": job.worker_id, **values}
        with self._written():
            ended = await self.connector.execute_query_all_async(statement, **arguments)
        if not ended:
            await self._taken(job)

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except ConnectorException as error:
            if isinstance(error.__cause__, OperationalError):
                self._leave(error.__cause__)
            raise
