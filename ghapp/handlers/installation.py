"""Installations: kept as GitHub describes them, forgotten with everything known of them once deleted."""

import structlog

from ghapp.context import Context, kept
from ghapp.errors import Gone
from ghapp.github import read
from ghapp.github.facts import SeenInstallation
from ghapp.store import Installation, Swept
from ghapp.subjects import Job, Kind, Subject

UNSUSPENDED = "installation.unsuspend"  # why a job looks, by the action that GitHub delivers

log = structlog.get_logger(__name__)


async def handle(ctx: Context, job: Job) -> None:
    """Look at an installation, say what became of it, and take up again what it kept us from.

    Its token goes, as what it may do was fixed when it was made.
    """
    number = job.subject.installation
    ctx.drop_token(number)
    before = await ctx.store.installation(number)
    try:
        seen = await read.installation(ctx.as_app, number)
    except Gone:
        await ctx.store.forget_installation(number)
        if before is not None:
            log.info("installation.deleted", account=before.account)
        return
    await ctx.store.keep_installation(kept(seen))
    _say(before, seen)
    if seen.suspended:
        return
    if _may_more(before, seen) or job.why == UNSUSPENDED:  # a suspension may have been over before it was looked at
        await ctx.replay_refused(number)
    await ctx.ring(Job(subject=Subject(kind=Kind.OPEN_PULLS, installation=number), why=job.why))


async def handle_repository(ctx: Context, job: Job) -> None:
    """Keep when a repository joined an installation: work that was there before gets advice, as at a first day.

    GitHub tells it by this delivery only.
    """
    await ctx.store.keep_swept(job.subject, Swept(at=ctx.now))


def _may_more(before: Installation | None, seen: SeenInstallation) -> bool:
    return before is not None and (before.suspended or bool(set(before.lacks) - set(seen.lacks)))


def _say(before: Installation | None, seen: SeenInstallation) -> None:
    """Say in a line each what is new; nothing when it is as it was."""
    if before is None:
        log.info("installation.new", account=seen.account)
    elif before.account != seen.account:
        log.info("installation.renamed", account=seen.account, was=before.account)
    if seen.suspended != (before is not None and before.suspended):
        log.info("installation.suspended" if seen.suspended else "installation.unsuspended", account=seen.account)
    if seen.lacks == (before.lacks if before else ()):
        return
    if seen.lacks:
        log.warning("installation.lacks", account=seen.account, permissions=list(seen.lacks), remedy=_remedy(seen))
    else:
        log.info("installation.granted", account=seen.account)


def _remedy(seen: SeenInstallation) -> str:
    return f"ask for them in the App's settings, then let an owner of {seen.account} accept them at {seen.settings}"
