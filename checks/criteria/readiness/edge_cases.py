"""What happens when it fails, is empty, too large, or already there?

Why: the cases nobody wrote down are decided by whoever meets them first, usually at night and without asking.

Ready: the failures that matter are named with what should happen then: wrong input, limits, concurrency, old rows,
roll-back.

Not ready: only the sunny path is told.
"""

from collections.abc import Mapping

from checks.criterion import Asked, Criterion
from checks.reading import NOT_WORK, IssueKind, Role, excerpt
from checks.subject import Issue
from checks.verdict import Finding, Status

_NOT_FOR = frozenset({IssueKind.DOCS, IssueKind.SPIKE})  # a text or a finding has no failures of its own

_FAILURES = (
    "Name the case most likely to go wrong, such as wrong input or nothing to show, and what should happen then."
)
_LATER = "Once it is plain what should change, name the case most likely to go wrong, and what happens then."
_NEIGHBOURS = "Say which neighbouring cases have to keep working: empty or missing values, other versions, large input."
_ADVICE: Mapping[IssueKind | None, str] = {
    IssueKind.BUG: _NEIGHBOURS,
    IssueKind.CHORE: "Say what has to keep working, and the way back where data or users are touched.",
}


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether failures and limits are told with their outcome."""
    reading = asked.reading
    named = reading.units(Role.FAILURE)
    evidence = reading.evidence(Role.FAILURE)
    if len(named) > 1:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    if named:
        advice = (
            f"Besides {excerpt(named[0])}, name one more case and what happens then: wrong or large input, old data."
        )
        if named[0] in reading.units(Role.PRESENT):  # a failure of today is no case of the work
            advice = _ADVICE.get(reading.kind, _FAILURES)
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)
    if reading.kind in _NOT_FOR:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    advice = _LATER if reading.kind in NOT_WORK else _ADVICE.get(reading.kind, _FAILURES)
    return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=advice)


CRITERION = Criterion(
    name="edge-cases", asks="What happens when it fails, is empty, too large, or already there?", judge=judge
)
