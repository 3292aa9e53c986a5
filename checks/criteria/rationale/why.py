"""Why was it done?

The reason, in the author's own words: a cause, a goal, a need, or what goes wrong without the change.

Why: the diff shows what; nobody who was asleep when it was chosen can see why. The issue's own words do not stand in
for it: what the issue wanted and what the author understood are two things.

Ready: "Uploads over 5 MB fail, because the proxy cuts them after 30 seconds." Two lines can be enough.

Not ready: "As requested", "bug fix", "improves performance", the title again, only a link, a long list of changes.
"""

from checks.criterion import Asked, Criterion
from checks.reader.pull.headings import Part, part
from checks.reader.pull.reason import is_hollow, names_change
from checks.reader.pull.words import content, led_by_change, news, said
from checks.reading import Role, excerpt, quote
from checks.subject import Pull
from checks.text import Form, Unit
from checks.verdict import Finding, Status

_AGAIN = 3  # content words below which a line says the title again
_LISTED = frozenset({Form.ITEM, Form.TASK})
_THIN = (Role.VAGUE, Role.TEMPLATE, Role.NOISE)


def judge(asked: Asked[Pull]) -> Finding:
    """Judge whether a line gives a reason; a thin one, or a defect named in the title, is enough for a small change."""
    reasons = asked.reading.units(Role.WHY, without=_THIN)
    if reasons:
        best = sorted(reasons, key=lambda unit: names_change(unit.text))  # one that speaks for itself comes first
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, best[:3])))
    links = asked.reading.units(Role.LINK)
    touched = [unit for unit in asked.reading.units(Role.WHY) if unit not in links]
    thin = [unit for unit in touched if unit.line and (asked.small or not _is_listed_change(unit))]
    thin = thin or [unit for unit in touched if asked.small]
    status = Status.PARTLY if thin and asked.small else Status.MISSING
    advice = _about(thin[0], asked.subject.title) if thin else _about_none(asked)
    return Finding(criterion=CRITERION.name, status=status, evidence=tuple(map(quote, thin[:3])), advice=advice)


def _is_listed_change(unit: Unit) -> bool:
    """Whether a line is one of a list of changes: nobody meant it as the reason, so no advice can begin with it."""
    return unit.form in _LISTED and led_by_change(said(unit.text))


def _about(thin: Unit, title: str) -> str:
    if is_hollow(thin.text):
        return f"{excerpt(thin)} leaves the reason with somebody else: write down what was wanted and what for."
    named = content(title)
    said_again = content(thin.text) & named
    added = news(thin.text, named)
    if thin.line and said_again and (added < _AGAIN or added <= len(said_again)):
        return f"{excerpt(thin)} says the title again: add the cause, or what goes wrong without the change."
    if thin.line and led_by_change(said(thin.text)):
        return f"{excerpt(thin)} says what was changed: add the cause, the goal, or what goes wrong without it."
    return f"{excerpt(thin)} would fit many changes: say what was wrong before, or who needs it and for what."


def _about_none(asked: Asked[Pull]) -> str:
    title, *units = asked.reading.document.units
    headings = [unit for unit in units if unit.form is Form.HEADING and part(unit.text) is Part.WHY]
    links = asked.reading.units(Role.LINK)
    if headings:
        return f"Put one sentence on the cause or the goal below {excerpt(headings[0])}, at line {headings[0].line}."
    if links:
        return f"Say in one sentence why, in your own words; line {links[0].line} only points to the issue."
    if title.text:
        return (
            f"Add one sentence on why {excerpt(title)} is needed: the cause, the goal, or what goes wrong without it."
        )
    return "Add one sentence on why it is needed: the cause, the goal, or what goes wrong without it."


CRITERION = Criterion(name="why", asks="Why was it done?", judge=judge)
