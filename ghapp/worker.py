"""Runs jobs: gathers a context for each, hands it to its handler, and sorts failures by who can act."""

from collections.abc import Awaitable, Callable

import structlog

from ghapp import handlers, metrics
from ghapp.context import Context
from ghapp.errors import Again, Gone
from ghapp.queue import Queue
from ghapp.subjects import Job

Contexts = Callable[[Job], Awaitable[Context]]

log = structlog.get_logger(__name__)


async def work(queue: Queue, contexts: Contexts) -> None:
    """Run the queue's jobs until it is stopped."""

    async def run(job: Job) -> None:
        kind = job.subject.kind.value
        named = structlog.contextvars.bound_contextvars(subject=job.subject.key, why=job.why)
        with named, metrics.JOB_SECONDS.labels(kind).time():
            await _count(kind, _run(job, contexts))

    await queue.work(run)


async def _count(kind: str, running: Awaitable[None]) -> None:
    """Say how a job ended, and let the queue decide what comes of it."""
    end = "failed"
    try:
        await running
        end = "done"
    except Again as error:
        end = "again"
        log.info("job.again", reason=str(error), at=error.at and error.at.isoformat())
        raise
    except Gone as error:
        end = "gone"
        log.info("job.gone", reason=str(error))
        raise
    except Exception:
        log.exception("job.failed")
        raise
    finally:
        metrics.JOBS.labels(kind, end).inc()


async def _run(job: Job, contexts: Contexts) -> None:
    context = await contexts(job)
    try:
        await handlers.handle(context, job)
    except (Again, Gone):
        raise
    except Exception as error:
        # Nobody is to wait for a check that never comes: it says that the failure is ours, until a retry mends it.
        await handlers.failed(context, job, error)
        raise
