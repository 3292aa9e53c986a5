"""Pull requests: judges one, and posts the check run of its head; a comment only while the check fails."""

from dataclasses import dataclass, replace

from checks.verdict import Verdict
from ghapp import judgement
from ghapp.context import Context, InForce
from ghapp.github import manners, read, write
from ghapp.github.events import pull_id
from ghapp.github.facts import Run, SeenPull
from ghapp.render import check_run, notes, sticky
from ghapp.render.check_run import CheckRun
from ghapp.subjects import Job

WORST_FIRST = ("failure", "neutral", "success")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at a pull request: what was read, what came out, and what its check run shows of it."""

    seen: SeenPull
    policy: InForce
    verdict: Verdict
    shown: CheckRun


async def handle(ctx: Context, job: Job) -> None:
    """Look at a pull request: the check run of its head is posted whatever the pull request is."""
    seen = await read.pull(ctx.client, job.subject, app=ctx.identity.id)
    if not manners.wants_check(seen, asked=job.again):
        return
    look = _judge(ctx, seen, await ctx.policy(job.subject, seen.place.policy))
    await ctx.store.keep_verdict(job.subject, look.verdict.to_json(), at=ctx.now)
    speaker = await _speaker(ctx, job, look)
    await _post(ctx, speaker.seen, speaker.shown, over=None if job.again else seen.run)
    await _comment(ctx, job, look)


async def failed(ctx: Context, job: Job) -> None:
    """Say on the check run that the App failed, not the author."""
    seen = await read.pull(ctx.client, job.subject, app=ctx.identity.id)
    if manners.wants_check(seen, asked=job.again):
        await _post(ctx, seen, check_run.failed(as_of=ctx.now), over=seen.run)


def _judge(ctx: Context, seen: SeenPull, policy: InForce) -> _Look:
    verdict = judgement.pull(seen.pull, policy.loaded)
    shared = (notes.shared_head(seen.number),) if seen.siblings else ()
    shown = check_run.check_run(
        verdict,
        manual=ctx.manual,
        as_of=ctx.now,
        draft=manners.is_held_back(seen, policy.loaded.policy.rationale),
        notes=(*policy.notes, *shared),
    )
    return _Look(seen=seen, policy=policy, verdict=verdict, shown=shown)


async def _speaker(ctx: Context, job: Job, look: _Look) -> _Look:
    """A run belongs to a commit: of the pull requests that share it, the one that needs most speaks."""
    looks = [look]
    for number in look.seen.siblings:
        sibling = await read.pull(ctx.client, replace(job.subject, number=number), app=ctx.identity.id)
        looks.append(_judge(ctx, sibling, look.policy))
    return min(looks, key=lambda each: (WORST_FIRST.index(each.shown.conclusion), each.seen.number))


async def _post(ctx: Context, seen: SeenPull, shown: CheckRun, *, over: Run | None) -> None:
    old = CheckRun(over.title, over.summary, over.text, over.conclusion) if over else None
    if old is None or not check_run.same(old, shown):
        head = write.Head(place=seen.place, sha=seen.head, external_id=pull_id(seen.number))
        await write.check_run(ctx.client, head, shown, over=over, at=ctx.now)


async def _comment(ctx: Context, job: Job, look: _Look) -> None:
    rationale, passes = look.policy.loaded.policy.rationale, look.shown.conclusion != "failure"
    if look.seen.closed_to_us or manners.is_held_back(look.seen, rationale):
        return
    spoken = await ctx.sticky(job.subject, look.seen)
    if not manners.wants_comment(rationale.comment, passes=passes, spoken=bool(spoken)):
        return
    text = sticky.resolved_comment(as_of=ctx.now)
    if not passes:
        text = sticky.pull_comment(look.verdict, manual=ctx.manual, as_of=ctx.now, notes=look.policy.notes)
    comment = await write.comment(ctx.client, look.seen, text, over=spoken, same=sticky.same)
    await ctx.store.keep_comment(job.subject, comment)
