"""One handler for each kind of subject, listed by hand: it recognises, gathers and delegates."""

from collections.abc import Awaitable, Callable, Mapping

from ghapp.context import Context, Done
from ghapp.github import faults
from ghapp.handlers import (
    backlog_report,
    commands,
    digest,
    handover,
    installation,
    merge_group,
    policy,
    rationale,
    readiness,
    sweep,
)
from ghapp.subjects import Job, Kind

Handler = Callable[[Context, Job], Awaitable[Done | None]]

HANDLERS: Mapping[Kind, Handler] = {
    Kind.ISSUE: readiness.handle,
    Kind.PULL: rationale.handle,
    Kind.COMMIT: rationale.handle_commit,
    Kind.MERGE_GROUP: merge_group.handle,
    Kind.POLICY: policy.handle,
    Kind.OWNER_POLICY: policy.handle_owner,
    Kind.INSTALLATION: installation.handle,
    Kind.REPOSITORY: installation.handle_repository,
    Kind.HANDOVER: handover.handle,
    Kind.HANDBACK: handover.handle_pull,
    Kind.DIGEST: digest.handle,
    Kind.SWEEP: sweep.handle,
    Kind.OPEN_PULLS: sweep.handle_open_pulls,
    Kind.BACKLOG_REPORT: backlog_report.handle,
}

NEEDED: Mapping[Kind, str] = {Kind.PULL: "checks: write", Kind.MERGE_GROUP: "checks: write"}


async def handle(ctx: Context, job: Job) -> Done | None:
    """Do a job: obey its command, or look at its subject; returns what it came to.

    Raises:
        Refused: the account does not grant the permission without which the look would be in vain.
    """
    if job.command:
        return await commands.handle(ctx, job)
    if job.button:
        return await commands.pressed(ctx, job)
    await _refuse_in_vain(ctx, job)
    return await HANDLERS[job.subject.kind](ctx, job)


async def _refuse_in_vain(ctx: Context, job: Job) -> None:
    needed = NEEDED.get(job.subject.kind)
    installation = await ctx.store.installation(job.subject.installation) if needed else None
    if needed and installation and needed in installation.lacks:
        raise faults.lacking(needed, account=installation.account)


async def failed(ctx: Context, job: Job) -> None:
    """Say on GitHub that we failed, where people would wait for us: on the check run of a pull request."""
    if job.subject.kind is Kind.PULL and not (job.command or job.button):
        await rationale.failed(ctx, job)
