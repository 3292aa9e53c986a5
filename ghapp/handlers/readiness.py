"""Issues: judges one, keeps the verdict, and shows it as one comment and one label where it is wanted."""

from dataclasses import dataclass

from checks.verdict import Outcome, Verdict
from ghapp import judgement, metrics
from ghapp.context import Context, Done, InForce, apart
from ghapp.github import manners, read, write
from ghapp.github.facts import Comment, SeenIssue
from ghapp.github.manners import Audience, LabelChange
from ghapp.render import notes, sticky
from ghapp.subjects import Job

COLOURS = {True: "0e8a16", False: "d93f0b"}  # of GitHub's own palette, by whether the issue is ready


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at an issue: what was read, what holds, what came out."""

    seen: SeenIssue
    policy: InForce
    spoken: tuple[Comment, ...]
    verdict: Verdict


async def handle(ctx: Context, job: Job) -> Done:
    """Look at an issue; a comment of ours that stands there means that somebody asked."""
    seen = await read.issue(ctx.client, job.subject)
    policy = await ctx.policy(job.subject, seen.place.policy)
    spoken = await ctx.sticky(job.subject, seen)
    installation = await ctx.installation(job.subject.installation)
    audience = manners.audience(
        seen,
        policy.loaded.policy.readiness,
        installed_at=installation.installed_at,
        asked=job.again or bool(spoken),
    )
    if audience is Audience.NOBODY:
        return Done(repository=seen.place.repository, number=seen.number)
    timed = metrics.JUDGING_SECONDS.labels("issue").time()
    verdict = await apart(timed(lambda: judgement.issue(seen.issue, policy.loaded)))
    await ctx.store.keep_verdict(job.subject, verdict.to_json(), at=ctx.now)
    if audience is Audience.EVERYBODY:
        await _show(ctx, job, _Look(seen=seen, policy=policy, spoken=spoken, verdict=verdict))
    return Done(repository=seen.place.repository, number=seen.number, verdict=verdict)


async def _show(ctx: Context, job: Job, look: _Look) -> None:
    ready = look.verdict.outcome is Outcome.READY
    readiness = look.policy.loaded.policy.readiness
    change = LabelChange()
    if look.verdict.outcome is not Outcome.SKIPPED:
        change = manners.label_change(look.seen, readiness.labels, ready=ready, us=ctx.identity.login)
    if manners.wants_comment(readiness.comment, passes=ready, spoken=bool(look.spoken), asked=job.again):
        await _comment(ctx, job, look, change)
    await write.labels(ctx.client, look.seen, add=change.add, remove=change.remove, colour=COLOURS[ready])


async def _comment(ctx: Context, job: Job, look: _Look, change: LabelChange) -> None:
    contested = (notes.label_by_hand(change.contested),) if change.contested else ()
    text = sticky.issue_comment(look.verdict, manual=ctx.manual, as_of=ctx.now, notes=(*look.policy.notes, *contested))
    same = _never if job.again else sticky.same
    await ctx.speak(job.subject, look.seen, text, over=look.spoken, same=same)


def _never(_old: str, _new: str) -> bool:
    """Whoever asked sees by the time of the text that it was looked at again."""
    return False
