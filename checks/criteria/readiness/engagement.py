"""What is handed over, by when, and who reviews it?

Why: whoever works while you sleep has to know what to send, to whom, and how long it may take.

Ready: the deliverable, a date or an estimate, and the reviewer are named.

Not ready: none of them is; that is advice only and never keeps an issue back.
"""

from collections.abc import Mapping

from checks.criterion import Asked, Criterion
from checks.reader.phrases import words
from checks.reading import NOT_WORK, Role, beside
from checks.subject import Issue
from checks.verdict import Finding, Status

_FACETS: Mapping[str, tuple[str, ...]] = {
    "what is handed over": ("deliver", "pull", "branch", "patch", "page", "report"),
    "by which day or within how many hours": (
        *("day", "week", "month", "hour", "minute", "deadline", "due", "estimate", "points", "box", "timebox"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "milestone"),
    ),
    "who reviews it": ("review",),
}


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether deliverable, time and review are named."""
    named = asked.reading.units(Role.ENGAGEMENT)
    evidence = asked.reading.evidence(Role.ENGAGEMENT)
    said = [word for unit in named for word in words(unit.text)]
    lacks = [facet for facet, beginnings in _FACETS.items() if not any(word.startswith(beginnings) for word in said)]
    if not named and asked.reading.kind in NOT_WORK:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    if not named:
        advice = f"Add a line that says {_joined(lacks)}."
        return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=advice)
    if lacks:
        advice = f"{beside(named[0])}, say {_joined(lacks)}."
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)
    return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)


def _joined(facets: list[str]) -> str:
    *first, last = facets
    return f"{', '.join(first)}{',' * (len(first) > 1)} and {last}" if first else last


CRITERION = Criterion(name="engagement", asks="What is handed over, by when, and who reviews it?", judge=judge)
