"""Hand-overs: derives the ledger of one from what happened, keeps it, and says what has to be said once."""

from dataclasses import replace

from checks import acceptance_criteria
from checks.subject import Issue
from ghapp import judgement
from ghapp.context import Context, Done, InForce, apart
from ghapp.errors import Gone
from ghapp.github import read, write
from ghapp.github.facts import SeenHandover
from ghapp.handover.derive import Judged, derive
from ghapp.handover.ledger import Handover
from ghapp.handover.parties import parties
from ghapp.handover.telling import Telling, due, tellings
from ghapp.render import handover as say
from ghapp.store import Kept
from ghapp.subjects import BEGINS, CHANGED, DUE, Job, Kind, Subject
from ghapp.trends.counting import counted


async def handle(ctx: Context, job: Job) -> Done | None:
    """Look at a hand-over; of an issue that is none, and was not said to be one, GitHub is not asked.

    Raises:
        Gone: the issue is deleted, transferred, or out of our reach; its hand-over has ended.
    """
    kept = await ctx.store.handover(job.subject)
    if kept is None and job.why not in (BEGINS, DUE):  # what is due and has no ledger has one that cannot be read
        return None
    try:
        seen = await read.handover(ctx.client, job.subject, now=ctx.now)
    except Gone:
        await _leave(ctx, job.subject, kept and replace(kept, ended_at=kept.ended_at or ctx.now))
        raise
    done = Done(repository=seen.place.repository, number=seen.number)
    policy = await ctx.policy(job.subject, seen.place.policy)
    is_followed = policy.loaded.policy.handover.enabled
    found = await apart(lambda: _derived(seen, policy, kept)) if is_followed else None
    if found is None:
        await _leave(ctx, job.subject, kept)
        return done
    found = _with_told(found, seen)
    await _count(ctx, job.subject, policy, kept, found)
    await _keep(ctx, job.subject, policy, found)
    await _show(ctx, job.subject, kept, found)
    if policy.loaded.policy.digest.enabled and (kept is None or kept.moves != found.moves):
        await _plan(ctx, job.subject)
    told = await _tell(ctx, seen, policy, found)  # last: where nothing may be said the ledger is kept all the same
    if told != found:
        await _keep(ctx, job.subject, policy, told)
    return done


async def _keep(ctx: Context, subject: Subject, policy: InForce, found: Handover) -> None:
    at = due(found, policy.loaded.policy, now=ctx.now)
    await ctx.store.keep_handover(Kept(subject=subject, handover=found, due=at))


async def _leave(ctx: Context, subject: Subject, kept: Handover | None) -> None:
    """Have the clock look for a hand-over no further; of one that cannot be read nothing is left."""
    if kept is None:
        await ctx.store.forget_handover(subject)
    else:
        await ctx.store.keep_handover(Kept(subject=subject, handover=kept))


async def _count(ctx: Context, subject: Subject, policy: InForce, before: Handover | None, now: Handover) -> None:
    """Keep the weeks of a hand-over; before its ledger, in whose place an earlier pick-up is forgotten."""
    kept = await ctx.store.weeks(subject)
    weeks = counted(now, policy.loaded.policy, now=ctx.now, kept=kept, before=before)
    if weeks != kept:
        await ctx.store.keep_weeks(subject, weeks)


async def handle_pull(ctx: Context, job: Job) -> None:
    """Ring the hand-overs that a pull request answers."""
    kept = await ctx.store.handovers_of(job.subject)
    await ctx.ring(*(Job(subject=each.subject, why=job.why) for each in kept))


def _derived(seen: SeenHandover, policy: InForce, kept: Handover | None) -> Handover | None:
    facts = seen.facts
    issue = Issue(title=facts.title, body=facts.body, author=facts.author)
    verdict = judgement.issue(issue, policy.loaded)
    judged = Judged(
        criteria=acceptance_criteria.of(issue),
        score=verdict.score,
        outcome=verdict.outcome,
        gaps=tuple(gap.criterion for gap in verdict.gaps),
    )
    return derive(facts, policy.loaded.policy, judged, repository=seen.place.repository, kept=kept)


def _with_told(found: Handover, seen: SeenHandover) -> Handover:
    """The ledger with what our comments say already: an answer to a write may have been lost."""
    ours = (event.text for event in seen.facts.events if event.is_ours)
    return replace(found, told=found.told | frozenset(say.keys(ours)))


async def _tell(ctx: Context, seen: SeenHandover, policy: InForce, found: Handover) -> Handover:
    sides = parties(seen.facts, policy.loaded.policy, contractor=found.contractor, by=found.by)
    for each in tellings(found, seen.facts, sides):
        if not _is_closed(seen, each):
            thread = replace(seen, number=each.pull or seen.number)
            await write.reply(ctx.client, thread, say.telling(each, found, manual=ctx.manual))
        found = replace(found, told=found.told | {each.key})
    return found


def _is_closed(seen: SeenHandover, telling: Telling) -> bool:
    """Whether nothing can be said there."""
    locked = {pull.number for pull in seen.facts.pulls if pull.is_locked}
    return seen.place.archived or (telling.pull in locked if telling.pull else seen.locked)


async def _plan(ctx: Context, subject: Subject) -> None:
    """Have it planned anew when the digest is due: whoever came in may have an earlier morning than all others."""
    await ctx.ring(Job(subject=Subject(kind=Kind.DIGEST, installation=subject.installation), why=CHANGED))


async def _show(ctx: Context, subject: Subject, before: Handover | None, now: Handover) -> None:
    """Let the issue and its pull requests be written again, if what they show of the hand-over is not the same."""
    if before is not None and say.shown(before) == say.shown(now):
        return
    issue = replace(subject, kind=Kind.ISSUE)
    pulls = (replace(subject, kind=Kind.PULL, number=number) for number in now.pulls)
    await ctx.ring(*(Job(subject=each, why=CHANGED) for each in (issue, *pulls)))
