"""Pull requests: judges them, and posts the check run of their head; a comment only while the check fails."""

from contextlib import suppress
from dataclasses import dataclass, replace

from checks.verdict import Outcome, Verdict
from ghapp import judgement, metrics
from ghapp.context import Context, Done, InForce, apart
from ghapp.errors import Gone
from ghapp.github import manners, read, write
from ghapp.github.events import pull_id
from ghapp.github.facts import Run, SeenCommit, SeenPull
from ghapp.handlers import policy_edit
from ghapp.promises import linked_here, promised
from ghapp.render import check_run, notes, overrides, sticky, trace
from ghapp.render.check_run import CheckRun
from ghapp.render.policy_edit import Annotation
from ghapp.subjects import CHANGED, Job, Kind, Subject, handover

WORST_FIRST = ("failure", "neutral", "success")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at a pull request: what was read, what came out, and what its check run shows of it."""

    seen: SeenPull
    policy: InForce
    verdict: Verdict
    shown: CheckRun


async def handle(ctx: Context, job: Job) -> Done:
    """Look at a pull request: the check run of its head is posted whatever the pull request is."""
    seen = await read.pull(ctx.client, job.subject, app=ctx.identity.id)
    await _ring_handovers(ctx, job, seen)
    if not manners.wants_check(seen.place, is_open=seen.is_open, asked=job.again):
        return Done(repository=seen.place.repository, number=seen.number)
    look = await _judge(ctx, job, seen)
    if seen.siblings:
        subject = replace(job.subject, kind=Kind.COMMIT, number=0, sha=seen.head)
        await ctx.ring(Job(subject=subject, why=job.why, again=job.again))
    else:
        await _post(ctx, _head(seen), look.shown, old=seen.run, again=job.again)
    await _comment(ctx, job, look)
    return Done(repository=seen.place.repository, number=seen.number, verdict=look.verdict)


async def handle_commit(ctx: Context, job: Job) -> Done:
    """Look at a commit: its check run is written here, by one writer, when several pull requests share it.

    A pull request whose look began before it shared its head writes as well. So each is looked at again after a write
    here, and rings this commit again, until nothing differs.
    """
    commit = await read.commit(ctx.client, job.subject, app=ctx.identity.id)
    looks = await _looks(ctx, job, commit)
    if looks and await _post_shared(ctx, job, commit, looks):
        await ctx.ring(*(Job(subject=_pull(job, look.seen.number), why=job.why) for look in looks))
    return Done(repository=commit.place.repository)


async def failed(ctx: Context, job: Job) -> None:
    """Say on the check run that the App failed, not the author; reads no text, as that may be what it failed at."""
    seen = await read.head(ctx.client, job.subject, app=ctx.identity.id)
    if manners.wants_check(seen.place, is_open=seen.is_open, asked=job.again):
        head = write.Head(place=seen.place, sha=seen.head, external_id=pull_id(job.subject.number))
        await _post(ctx, head, check_run.failed(manual=ctx.manual, as_of=ctx.now), old=seen.run)


async def _judge(ctx: Context, job: Job, seen: SeenPull, *, is_shared: bool = False) -> _Look:
    policy = await ctx.policy(job.subject, seen.place.policy)
    rationale = policy.loaded.policy.rationale
    is_old = manners.is_old_work(seen.created_at, rationale, first_day=await ctx.first_day(job.subject))
    timed = metrics.JUDGING_SECONDS.labels("pull").time()
    kept = await promised(ctx, job.subject, seen)
    verdict = await apart(timed(lambda: judgement.pull(kept.pull, policy.loaded, is_old=is_old)))
    traced = await kept.traced()
    if override := await ctx.override(_pull(job, seen.number)):
        verdict = judgement.exempted(verdict, overrides.sentence(override))
    old = (notes.old_work(rationale.since),) if is_old and verdict.outcome is not Outcome.SKIPPED else ()
    shared = (notes.shared_head(seen.number),) if is_shared else ()
    cut = (notes.linked_cut(),) if judgement.is_linked_text_cut(seen.pull) else ()
    shown = check_run.check_run(
        verdict,
        manual=ctx.manual,
        as_of=ctx.now,
        draft=manners.is_held_back(seen, rationale),
        notes=(*policy.notes, *old, *shared, *cut, *trace.notes(traced, kept.pull.linked)),
    )
    shown = check_run.with_trace(shown, traced, kept.steps(traced))
    told = await policy_edit.show(ctx, job, seen, policy.loaded, shown)
    await ctx.store.keep_verdict(_pull(job, seen.number), {**verdict.to_json(), **policy.told, **told.kept}, at=ctx.now)
    return _Look(seen=seen, policy=policy, verdict=verdict, shown=told.run)


async def _ring_handovers(ctx: Context, job: Job, seen: SeenPull) -> None:
    """Let the hand-overs be looked at that this pull request answers."""
    for each in linked_here(seen):
        subject = handover(job.subject, each.number)
        if job.why != CHANGED and await ctx.store.handover(subject) is not None:
            await ctx.ring(Job(subject=subject, why=job.why))


async def _looks(ctx: Context, job: Job, commit: SeenCommit) -> list[_Look]:
    """A look at each pull request that still has this commit as its head."""
    found = []
    for number in commit.pulls:
        with suppress(Gone):
            seen = await read.pull(ctx.client, _pull(job, number), app=ctx.identity.id)
            if seen.head == job.subject.sha and manners.wants_check(seen.place, is_open=seen.is_open, asked=False):
                found.append(seen)
    return [await _judge(ctx, job, seen, is_shared=len(found) > 1) for seen in found]


async def _post_shared(ctx: Context, job: Job, commit: SeenCommit, looks: list[_Look]) -> bool:
    """A run belongs to a commit: of the pull requests that share it, the one that needs most speaks."""
    speaker = min(looks, key=lambda each: (WORST_FIRST.index(each.shown.conclusion), each.seen.number))
    return await _post(ctx, _head(speaker.seen), speaker.shown, old=commit.run, again=job.again)


def _pull(job: Job, number: int) -> Subject:
    return replace(job.subject, kind=Kind.PULL, number=number, sha="")


def _head(seen: SeenPull) -> write.Head:
    return write.Head(place=seen.place, sha=seen.head, external_id=pull_id(seen.number))


async def _post(ctx: Context, head: write.Head, shown: CheckRun, *, old: Run | None, again: bool = False) -> bool:
    """Have the head's check run show this, anew when it was asked for `again`. Returns whether it was written."""
    if old and not again and check_run.same(_as_shown(old), shown):
        return False
    await write.check_run(ctx.client, head, shown, over=old, at=ctx.now)
    return True


def _as_shown(run: Run) -> CheckRun:
    marks = (Annotation(path=each.path, line=each.line, message=each.message) for each in run.annotations)
    return CheckRun(run.title, run.summary, run.text, run.conclusion, tuple(marks))


async def _comment(ctx: Context, job: Job, look: _Look) -> None:
    rationale, passes = look.policy.loaded.policy.rationale, look.shown.conclusion != "failure"
    if look.seen.closed_to_us or manners.is_held_back(look.seen, rationale):
        return
    spoken = await ctx.sticky(job.subject, look.seen)
    if not manners.wants_comment(rationale.comment, passes=passes, spoken=bool(spoken)):
        return
    if passes:
        before = min(spoken, key=lambda each: each.id).text if spoken else ""
        text = sticky.passing_comment(look.verdict, as_of=ctx.now, before=before)
    else:
        text = sticky.pull_comment(look.verdict, manual=ctx.manual, as_of=ctx.now, notes=look.policy.notes)
    await ctx.speak(job.subject, look.seen, text, over=spoken, same=sticky.same)
