"""The sticky comment: one on an issue, and one on a pull request while its check fails."""

from datetime import datetime

from checks.verdict import Outcome, Verdict
from ghapp.render import findings, gaps, headline, quote, skeleton
from ghapp.render.body import body, noted
from ghapp.render.footer import footer, timeless

MARKER = "<!-- handoff:sticky v1 -->"  # stable for ever: older comments are found by it


def issue_comment(verdict: Verdict, *, manual: str, as_of: datetime, notes: tuple[str, ...] = ()) -> str:
    """An issue's verdict: outcome and score, at most three gaps, the rest folded away."""
    listed = () if verdict.outcome is Outcome.READY else gaps.of(verdict)[: gaps.SHOWN]
    head = f"{MARKER}\n**{headline.issue(verdict)}.**"
    parts = [f"{head} {_meaning(verdict)}", gaps.ordered(listed, manual=manual), noted(notes)]
    folds = (findings.fold(verdict, manual=manual, listed=len(listed)), skeleton.fold(verdict) if listed else "")
    last = footer(as_of, policy=verdict.policy_version, first="This comment follows every edit of the issue")
    return body(parts, folds=folds, footer=last)


def _meaning(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.READY:
        return "Somebody new can start from this text."
    return quote.prose(verdict.reason)


def pull_comment(verdict: Verdict, *, manual: str, as_of: datetime, notes: tuple[str, ...] = ()) -> str:
    """What a failing check asks for, said where its author looks first."""
    listed = gaps.of(verdict)[: gaps.SHOWN]
    parts = [
        f"{MARKER}\n**{headline.pull(verdict)}.** Edit the description; the `handoff` check runs again by itself.",
        gaps.ordered(listed, manual=manual),
        noted(notes),
    ]
    folds = (findings.fold(verdict, manual=manual, listed=len(listed)), skeleton.fold(verdict))
    return body(parts, folds=folds, footer=footer(as_of, policy=verdict.policy_version))


def resolved_comment(*, as_of: datetime) -> str:
    """The one line that stays of a pull request's comment once its check passes."""
    return body([f"{MARKER}\nResolved: nothing required is missing."], footer=footer(as_of))


def same(old: str, new: str) -> bool:
    """Whether two comments say the same, but for their as-of time."""
    return timeless(old) == timeless(new)
