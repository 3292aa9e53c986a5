"""Runs jobs: gathers a context for each, hands it to its handler, and sorts failures by who can act."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import structlog

from ghapp import handlers, metrics
from ghapp.context import Context, Done
from ghapp.errors import Again, Gone, Refused
from ghapp.queue import Queue
from ghapp.subjects import Job

Contexts = Callable[[Job], Awaitable[Context]]

log = structlog.get_logger(__name__)


async def work(queue: Queue, contexts: Contexts) -> None:
    """Run the queue's jobs until it is stopped."""

    async def run(job: Job) -> None:
        kind = job.subject.kind.value
        named = structlog.contextvars.bound_contextvars(delivery=job.delivery, subject=job.subject.key, why=job.why)
        with named, metrics.JOB_SECONDS.labels(kind).time(), _counted(kind):
            await _run(job, contexts)

    await queue.work(run)


@contextmanager
def _counted(kind: str) -> Iterator[None]:
    """Count how a job ended; the queue decides what comes of it."""
    end = "failed"
    try:
        yield
        end = "done"
    except Again as error:
        end = "again"
        at = {"at": error.at.isoformat()} if error.at else {}
        log.info("job.again", reason=str(error), **at)
        raise
    except Gone as error:
        end = "gone"
        log.info("job.gone", reason=str(error))
        raise
    except Refused:
        end = "refused"  # the queue names the reason once, when it gives the job up
        raise
    finally:
        metrics.JOBS.labels(kind, end).inc()


async def _run(job: Job, contexts: Contexts) -> None:
    context = None
    try:
        context = await contexts(job)
        written = context.client.written
        done = await handlers.handle(context, job)
        log.info("job.done", **_told(done), writes=context.client.written - written)
    except (Again, Gone, Refused):
        raise
    except Exception:
        log.exception("job.failed")
        if context is not None:
            await _excuse(context, job)
        raise


async def _excuse(context: Context, job: Job) -> None:
    """Nobody is to wait for a check that never comes: it says that the failure is ours, until a retry mends it."""
    try:
        await handlers.failed(context, job)
    except Exception as error:  # whatever it is, it must not hide the failure that is excused
        log.warning("job.unexcused", reason=f"{type(error).__name__}: {error}")


def _told(done: Done | None) -> dict[str, object]:
    """What a job came to, as far as there is something to tell."""
    if done is None:
        return {}
    told: dict[str, object] = {"repository": done.repository}
    if done.number:
        told["number"] = done.number
    if done.verdict is not None:
        told |= {"outcome": done.verdict.outcome.value, "score": done.verdict.score}
    return told
