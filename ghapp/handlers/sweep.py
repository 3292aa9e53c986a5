"""The sweep: finds what never arrived, in GitHub's log of its deliveries and on the heads of open pull requests.

It rings and asks, and judges nothing: what it finds goes the road of every other delivery.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from ghapp.context import Context, kept
from ghapp.github import deliveries, read
from ghapp.github.facts import Repositories
from ghapp.overrides import today
from ghapp.queue.retry import BackOff
from ghapp.store import Installation, Missed, Swept
from ghapp.subjects import DUE, SWEEP, Job, Kind, Subject

OVERLAP = timedelta(minutes=10)  # a delivery may be on its way for ten seconds, and clocks differ
MOST = 10  # asked for by one job, so that none holds up the end of a process for long
REST = "sweep.rest"  # why the next job comes: to ask for more, and look no further
WAITS = BackOff(first=600, growth=6, longest=86_400)  # for one that fails each time: 6 times within three days
PAGES = 10  # of a hundred repositories, looked over at once

log = structlog.get_logger(__name__)


async def handle(ctx: Context, job: Job) -> None:
    """Look at where we are installed, and at what GitHub could not hand over; ask for what we lack, newest first.

    First what needs no GitHub: the exemptions whose last day is over, hand-overs and digests whose time has come.
    """
    is_whole = job.why != REST
    if is_whole:
        await _ring_lapsed(ctx)
        await _ring_handovers(ctx)
        await _ring_digests(ctx)
        await _look_at_installations(ctx, job)
        await _note_missed(ctx)
    if await _ask(ctx):
        await ctx.ring(replace(job, why=REST))
    if is_whole:
        await ctx.store.keep_swept(SWEEP, Swept(at=ctx.now))


async def handle_open_pulls(ctx: Context, job: Job) -> None:
    """Ring the open pull requests of an installation that have no check of ours, as many repositories as is polite.

    One whose look was given up is left to its dead letter, and nothing is looked at where we may write no check.
    The repositories whose backlog was never reported on are rung by the way, as they are listed here.
    """
    installation = await ctx.installation(job.subject.installation)
    if installation.suspended or "checks: write" in installation.lacks:
        return
    swept = await ctx.store.swept(job.subject) or Swept(at=None)
    for _ in range(PAGES):
        page = await read.repositories(ctx.client, swept.page)
        await _ring_reports(ctx, job.subject.installation, page)
        found = await read.unchecked_pulls(
            ctx.client, job.subject, page.nodes, opened_since=installation.installed_at, app=ctx.identity.id
        )
        given_up = await ctx.store.given_up(found)
        wanted = [subject for subject in found if subject.key not in given_up]
        await ctx.ring(*(Job(subject=subject, why="sweep.unchecked") for subject in wanted))
        if wanted:
            log.info("sweep.unchecked", pulls=len(wanted))
        swept = Swept(at=ctx.now) if page.is_last else replace(swept, page=swept.page + 1)
        await ctx.store.keep_swept(job.subject, swept)
        if page.is_last:
            return


async def _ring_reports(ctx: Context, installation: int, page: Repositories) -> None:
    known = await ctx.store.scanned(page.numbers)
    new = [each for each in zip(page.numbers, page.nodes, strict=True) if each[0] not in known]
    subjects = [
        Subject(kind=Kind.BACKLOG_REPORT, installation=installation, repository=number, repository_node=node)
        for number, node in new
    ]
    given_up = await ctx.store.given_up(subjects)
    await ctx.ring(*(Job(subject=each, why="scan.first") for each in subjects if each.key not in given_up))


async def _ring_lapsed(ctx: Context) -> None:
    """Let the subjects be looked at whose exemption is over; marked only once they are rung."""
    day = today(ctx.now)
    subjects = await ctx.store.lapsed(day)
    if subjects:
        await ctx.ring(*(Job(subject=subject, why="sweep.lapsed") for subject in subjects))
        await ctx.store.note_lapsed(day)


async def _ring_handovers(ctx: Context) -> None:
    """Let the hand-overs be looked at whose time has come: a day ends, or nothing was heard for hours.

    One whose look was given up waits for news of it, and for its dead letter.
    """
    due = await ctx.store.due_handovers(ctx.now)
    given_up = await ctx.store.given_up(due)
    await ctx.ring(*(Job(subject=each, why=DUE) for each in due if each.key not in given_up))


async def _ring_digests(ctx: Context) -> None:
    """Let the digests be looked at: it is somebody's morning, or a policy says something else than it did."""
    due = (Subject(kind=Kind.DIGEST, installation=number) for number in await ctx.store.due_digests(ctx.now))
    await ctx.ring(*(Job(subject=subject, why=DUE) for subject in due))


async def _look_at_installations(ctx: Context, job: Job) -> None:
    """Ring each installation that is not as it is kept, and the open pull requests of the others."""
    now = {each.id: kept(each) async for each in read.installations(ctx.as_app)}
    before = {each.id: each for each in await ctx.store.installations()}
    subjects = (_installation(number, now, before) for number in sorted(now.keys() | before.keys()))
    await ctx.ring(*(Job(subject=subject, why=job.why) for subject in subjects if subject))


def _installation(number: int, now: Mapping[int, Installation], before: Mapping[int, Installation]) -> Subject | None:
    """What to look at of an installation: itself where it changed, else its pull requests while it lets us."""
    if now.get(number) != before.get(number):
        return Subject(kind=Kind.INSTALLATION, installation=number)
    return None if now[number].suspended else Subject(kind=Kind.OPEN_PULLS, installation=number)


async def _note_missed(ctx: Context) -> None:
    """Keep what failed since the last sweep and never came."""
    swept = await ctx.store.swept(SWEEP)
    since = swept.at - OVERLAP if swept and swept.at else ctx.now - deliveries.KEPT
    failed: dict[str, Missed] = {}
    async for entry in deliveries.log(ctx.as_app, since=since, failed=True):
        failed.setdefault(entry.guid, lacking(entry, now=ctx.now))
    await ctx.store.note_missed(list(failed.values()))


def lacking(entry: deliveries.Entry, *, now: datetime) -> Missed:
    """What an entry of GitHub's log says of a delivery that is not here; it may be asked for at once."""
    return Missed(
        guid=entry.guid,
        delivery=entry.id,
        installation=entry.installation,
        event=entry.event,
        failed_at=entry.at,
        due=now,
    )


def asked(missed: Missed, *, now: datetime) -> Missed:
    """The same once GitHub was asked for it; the next time is later each time."""
    times = missed.asked + 1
    return replace(missed, asked=times, due=now + WAITS.pause(times, chance=1))


async def _ask(ctx: Context) -> bool:
    """Ask for deliveries that we lack, at GitHub's pace; whether more are due."""
    due = await ctx.store.missed(now=ctx.now, most=MOST + 1)
    for each in due[:MOST]:
        await _ask_for(ctx, each)
    return len(due) > MOST


async def _ask_for(ctx: Context, missed: Missed) -> None:
    named = {"delivery": missed.guid, "event_name": missed.event}
    if missed.failed_at > ctx.now - deliveries.KEPT and await deliveries.send_again(ctx.as_app, missed.delivery):
        noted = asked(missed, now=ctx.now)
        await ctx.store.keep_missed(noted)
        log.info("delivery.asked-for", **named, times=noted.asked)
        return
    await ctx.store.forget_missed(missed.guid)
    log.warning("delivery.lost", **named, reason="GitHub has it no more; pull requests are looked over all the same")
