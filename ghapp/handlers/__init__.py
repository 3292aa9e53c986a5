"""One handler for each kind of subject, listed by hand: it recognises, gathers and delegates."""

from collections.abc import Awaitable, Callable, Mapping

from ghapp.context import Context, Done
from ghapp.handlers import commands, installation, merge_group, policy, rationale, readiness, sweep
from ghapp.subjects import Job, Kind

Handler = Callable[[Context, Job], Awaitable[Done | None]]

HANDLERS: Mapping[Kind, Handler] = {
    Kind.ISSUE: readiness.handle,
    Kind.PULL: rationale.handle,
    Kind.COMMIT: rationale.handle_commit,
    Kind.MERGE_GROUP: merge_group.handle,
    Kind.POLICY: policy.handle,
    Kind.INSTALLATION: installation.handle,
    Kind.SWEEP: sweep.handle,
    Kind.OPEN_PULLS: sweep.handle_open_pulls,
}


async def handle(ctx: Context, job: Job) -> Done | None:
    """Do a job: obey its command, or look at its subject; returns what it came to."""
    handler = commands.handle if job.command else HANDLERS[job.subject.kind]
    return await handler(ctx, job)


async def failed(ctx: Context, job: Job) -> None:
    """Say on GitHub that we failed, where people would wait for us: on the check run of a pull request."""
    if job.subject.kind is Kind.PULL and not job.command:
        await rationale.failed(ctx, job)
