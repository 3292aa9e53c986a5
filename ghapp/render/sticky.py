"""The sticky comment: one on an issue, and one on a pull request while its check fails."""

from datetime import datetime

from checks.verdict import Outcome, Verdict
from ghapp.render import findings, gaps, headline, quote, skeleton
from ghapp.render import notes as say
from ghapp.render.body import body
from ghapp.render.footer import footer, timeless

MARKER = "<!-- handoff:sticky v1 -->"  # stable for ever: older comments are found by it

_FOLLOWS = "Follows every edit of the issue; `/handoff check` looks again; a label set by hand stays"

_RESOLVED = "Resolved: nothing required is missing."
_MET = "Nothing required is missing."
_UNJUDGED = "Not judged:"


def issue_comment(
    verdict: Verdict, *, manual: str, as_of: datetime, notes: tuple[str, ...] = (), declared: str = ""
) -> str:
    """An issue's verdict: outcome and score, at most three gaps, the rest folded away.

    `declared` is the sentence of a person's word that it is ready: it comes first, and the gaps are folded away.
    """
    listed = () if declared or verdict.outcome is Outcome.READY else gaps.of(verdict)[: gaps.SHOWN]
    head = _declared(verdict, declared) if declared else f"**{headline.issue(verdict)}.** {_meaning(verdict)}"
    numbered = gaps.ordered(verdict, listed, manual=manual)
    parts = [f"{MARKER}\n{head}", numbered, say.in_comment(verdict, notes)]
    folds = (findings.fold(verdict, manual=manual, listed=len(listed)), skeleton.fold(verdict) if listed else "")
    return body(parts, folds=folds, footer=footer(as_of, policy=verdict.policy_version, first=_FOLLOWS))


def with_fold(text: str, fold: str) -> str:
    """A comment with one fold more before its last line, as far as there is room for it."""
    head, _, last = text.rpartition("\n\n")
    longer = f"{head}\n\n{fold}\n\n{last}"
    return longer if fold and len(longer.encode()) <= quote.LIMIT else text


def _meaning(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.READY:
        return "Somebody new can start from this text."
    return quote.prose(verdict.reason)


def _declared(verdict: Verdict, declared: str) -> str:
    without = headline.issue(verdict)
    said = quote.prose(declared)
    return f"**Ready to hand over, as declared.** {said} Without that it is {without[0].lower()}{without[1:]}."


def pull_comment(verdict: Verdict, *, manual: str, as_of: datetime, notes: tuple[str, ...] = ()) -> str:
    """What a failing check asks for, said where its author looks first; the check itself holds the rest."""
    listed = gaps.of(verdict)[: gaps.SHOWN]
    parts = [
        f"{MARKER}\n**{headline.pull(verdict)}.** Edit the description.",
        gaps.ordered(verdict, listed, manual=manual),
        say.sentences(verdict, notes),
        "The check `handoff` holds the rest, and runs again by itself after each edit.",
    ]
    return body(parts, footer=footer(as_of, policy=verdict.policy_version))


def passing_comment(verdict: Verdict, *, as_of: datetime, before: str) -> str:
    """The one line that a pull request's comment is while its check passes; `before` is what it said until now."""
    line = _MET
    if verdict.outcome is Outcome.SKIPPED:
        line = f"{_UNJUDGED} {quote.prose(verdict.reason)}"
    elif _asked(before):
        line = _RESOLVED
    return body([f"{MARKER}\n{line}"], footer=footer(as_of))


def _asked(before: str) -> bool:
    """Whether a comment asked for something at some time."""
    return bool(before) and not before.startswith((f"{MARKER}\n{_MET}", f"{MARKER}\n{_UNJUDGED}"))


def same(old: str, new: str) -> bool:
    """Whether two comments say the same, but for their as-of time."""
    return timeless(old) == timeless(new)
