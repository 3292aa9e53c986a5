"""Is it small enough for one engagement?

Why: two finish lines in one issue are two reviews, two questions and one long wait.

Ready: one outcome with up to about a dozen acceptance criteria.

Not ready: more of them than one person can hold; the advice is to split, and never keeps an issue back.
"""

from checks.criterion import Asked, Criterion
from checks.reading import Role, quote
from checks.subject import Issue
from checks.text import Form
from checks.verdict import Finding, Status

_MOST_CRITERIA = 12
_MOST_TASKS = 10
_LISTED = frozenset({Form.ITEM, Form.TASK})


def judge(asked: Asked[Issue]) -> Finding:
    """Judge how many outcomes the issue holds."""
    reading = asked.reading
    criteria = reading.units(Role.CHECK)
    checked = set(criteria)
    wanted = [unit for unit in reading.units(Role.WANTED) if unit not in checked]
    tasks = [unit for unit in wanted if unit.form in _LISTED and unit.indent <= 1]
    if len(criteria) > _MOST_CRITERIA:
        advice = f"Split it: {len(criteria)} acceptance criteria are more than one engagement holds."
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=(quote(criteria[-1]),), advice=advice)
    if len(tasks) > _MOST_TASKS:
        advice = (
            f"Split it: {len(tasks)} tasks are more than one engagement holds; give each finish line its own issue."
        )
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=(quote(tasks[-1]),), advice=advice)
    evidence = reading.evidence(Role.WANTED, Role.CHECK, Role.PRESENT, most=1)
    return Finding(criterion=CRITERION.name, status=Status.MET if evidence else Status.NOT_ASKED, evidence=evidence)


CRITERION = Criterion(name="size", asks="Is it small enough for one engagement?", judge=judge)
