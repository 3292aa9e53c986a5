"""Issues: judges one, keeps the verdict, and shows it as one comment and one label where it is wanted."""

from dataclasses import dataclass

from checks.verdict import Outcome, Verdict
from ghapp import judgement, metrics
from ghapp.context import Context, Done, InForce, apart
from ghapp.github import faults, manners, read, write
from ghapp.github.facts import Comment, SeenIssue
from ghapp.github.manners import Audience, LabelChange
from ghapp.handover.ledger import Handover
from ghapp.handover.parties import is_contractor
from ghapp.overrides import Override, Word
from ghapp.render import ledger, notes, overrides, sticky
from ghapp.render.handover import issue_lines
from ghapp.subjects import BEGINS, CHANGED, Job, handover

WRITES = "issues: write"  # the permission for comments and labels
COLOURS = {True: "0e8a16", False: "d93f0b"}  # of GitHub's own palette, by whether the issue is ready


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at an issue: what was read, what holds, what came out."""

    seen: SeenIssue
    policy: InForce
    spoken: tuple[Comment, ...]
    verdict: Verdict
    override: Override | None
    ledger: Handover | None

    @property
    def ready(self) -> bool | None:
        """What the labels are to say: what a person said, else the verdict; None where a person exempts the issue."""
        if self.override is not None:
            return True if self.override.word is Word.READY else None
        return self.verdict.outcome is Outcome.READY


async def handle(ctx: Context, job: Job) -> Done:
    """Look at an issue; a comment of ours that stands there means that somebody asked."""
    seen = await read.issue(ctx.client, job.subject)
    if manners.is_digest(seen.issue):
        return Done(repository=seen.place.repository, number=seen.number)
    policy = await ctx.policy(job.subject, seen.place.policy)
    spoken = await ctx.sticky(job.subject, seen)
    override = await ctx.override(job.subject)
    installation = await ctx.installation(job.subject.installation)
    ledger = await _handed(ctx, job, seen, policy)
    audience = manners.audience(
        seen,
        policy.loaded.policy.readiness,
        first_day=await ctx.first_day(job.subject),
        asked=job.again or bool(spoken) or override is not None,
    )
    if audience is Audience.NOBODY:
        return Done(repository=seen.place.repository, number=seen.number)
    timed = metrics.JUDGING_SECONDS.labels("issue").time()
    verdict = await apart(timed(lambda: judgement.issue(seen.issue, policy.loaded)))
    if override is not None and override.word is Word.EXEMPT:
        verdict = judgement.exempted(verdict, overrides.sentence(override))
    await ctx.store.keep_verdict(job.subject, {**verdict.to_json(), **policy.told}, at=ctx.now)
    if audience is Audience.EVERYBODY:
        if WRITES in installation.lacks:
            raise faults.lacking(WRITES, account=installation.account)
        look = _Look(seen=seen, policy=policy, spoken=spoken, verdict=verdict, override=override, ledger=ledger)
        await _show(ctx, job, look)
    return Done(repository=seen.place.repository, number=seen.number, verdict=verdict)


async def _handed(ctx: Context, job: Job, seen: SeenIssue, policy: InForce) -> Handover | None:
    """The hand-over of an issue; where one may have begun, ended or changed it is looked at."""
    subject = handover(job.subject)
    ledger = await ctx.store.handover(subject)
    chosen = policy.loaded.policy
    is_handed = any(is_contractor(each, chosen, outside=seen.outside) for each in seen.assignees)
    if chosen.handover.enabled and job.why != CHANGED and (is_handed or ledger is not None):
        await ctx.ring(Job(subject=subject, why=BEGINS if is_handed else job.why))
    return ledger if chosen.handover.enabled else None


async def _show(ctx: Context, job: Job, look: _Look) -> None:
    readiness = look.policy.loaded.policy.readiness
    change = LabelChange()
    if look.override is not None or look.verdict.outcome is not Outcome.SKIPPED:
        change = manners.label_change(look.seen, readiness.labels, ready=look.ready, us=ctx.identity.login)
    passes = bool(look.ready) and look.override is None  # who overruled the verdict is said as a failure is
    if manners.wants_comment(readiness.comment, passes=passes, spoken=bool(look.spoken), asked=job.again):
        await _comment(ctx, job, look, change)
    await write.labels(ctx.client, look.seen, add=change.add, remove=change.remove, colour=COLOURS[bool(look.ready)])


async def _comment(ctx: Context, job: Job, look: _Look, change: LabelChange) -> None:
    contested = (notes.label_by_hand(change.contested),) if change.contested else ()
    declared = overrides.sentence(look.override) if look.override and look.ready else ""
    handed = issue_lines(look.ledger, look.seen.issue) if look.ledger else ()
    said = (*handed, *look.policy.notes, *contested)
    text = sticky.issue_comment(look.verdict, manual=ctx.manual, as_of=ctx.now, notes=said, declared=declared)
    if look.ledger:
        text = sticky.with_fold(text, ledger.fold(look.ledger, web=ctx.web))
    same = _never if job.again else sticky.same
    await ctx.speak(job.subject, look.seen, text, over=look.spoken, same=same)


def _never(_old: str, _new: str) -> bool:
    """Whoever asked sees by the time of the text that it was looked at again."""
    return False
