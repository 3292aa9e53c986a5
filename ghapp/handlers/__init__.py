"""One handler for each kind of subject, listed by hand: it recognises, gathers and delegates."""

from collections.abc import Awaitable, Callable, Mapping

from ghapp.context import Context
from ghapp.github.faults import Refused
from ghapp.handlers import commands, commit, installation, merge_group, policy, rationale, readiness
from ghapp.subjects import Job, Kind

Handler = Callable[[Context, Job], Awaitable[None]]

HANDLERS: Mapping[Kind, Handler] = {
    Kind.ISSUE: readiness.handle,
    Kind.PULL: rationale.handle,
    Kind.COMMIT: commit.handle,
    Kind.MERGE_GROUP: merge_group.handle,
    Kind.POLICY: policy.handle,
    Kind.INSTALLATION: installation.handle,
}


async def handle(ctx: Context, job: Job) -> None:
    """Do a job: obey its command, or look at its subject."""
    handler = commands.handle if job.command else HANDLERS[job.subject.kind]
    await handler(ctx, job)


async def failed(ctx: Context, job: Job, error: Exception) -> None:
    """Say on GitHub that we failed, where people would wait for us: on the check run of a pull request."""
    # What GitHub does not let us write we cannot excuse there either: that one is for the operator's log.
    if job.subject.kind is Kind.PULL and not job.command and not isinstance(error, Refused):
        await rationale.failed(ctx, job)
