"""procrastinate with four traps filled in; its own statements stay what they are."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from procrastinate import BaseConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from psycopg import OperationalError

# In one statement: the job ends, and if another waits for its lock, workers are told as when it was inserted.
FINISH = """
SELECT procrastinate_finish_job_v1(%(job_id)s, %(status)s, %(delete_job)s), (
    SELECT pg_notify(
        'procrastinate_queue_v1#' || queue_name,
        json_build_object('type', 'job_inserted', 'job_id', id)::text
    )
    FROM procrastinate_jobs
    WHERE lock = %(lock)s AND status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
    LIMIT 1
)
"""


class FoldingManager(JobManager):
    """Lets a job that is to be retried fold into one that waits, and wakes workers for the next job of a subject.

    `leave` is called when a job's end could not be written. Such a job looks like one that runs, and its subject is
    locked as long as this worker lives: the worker has to end, so that another takes the job over.
    """

    def __init__(self, connector: BaseConnector, leave: Callable[[Exception], None]) -> None:
        super().__init__(connector)
        self._leave = leave

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
            with self._written():
                await super().retry_job(job, retry_at=retry_at, priority=priority, queue=queue, lock=lock)
        except UniqueViolation:
            await self.finish_job(job, Status.ABORTED, delete_job=True)

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: FBT001 - procrastinate's
        """End a job, and wake a worker for one that waited for its lock; else it would wait for the next poll."""
        ending: dict[str, Any] = {"job_id": job.id, "status": status.value, "delete_job": delete_job, "lock": job.lock}
        with self._written():
            await self.connector.execute_query_async(FINISH, **ending)

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except ConnectorException as error:
            if isinstance(error.__cause__, OperationalError):
                self._leave(error.__cause__)
            raise
