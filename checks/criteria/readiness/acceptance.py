"""Would two strangers agree when this is done?

Why: where "done" means two things, the work is handed back and forth until somebody gives up.

Ready: lines that can be checked without asking, such as "`GET /users/7` answers 404 once the user is deleted"; for a
bug, the behaviour that is expected in its place.

Not ready: no such line, or only wishes, such as "works properly" and "is fast".
"""

from collections.abc import Mapping

from checks.criterion import Asked, Criterion
from checks.reader.issue.projects import projects
from checks.reading import IssueKind, Reading, Role, beside, excerpt, quote
from checks.subject import Issue
from checks.text import Form, Unit
from checks.verdict import TITLE_LINE, Finding, Status

_SIDE = frozenset({Form.HEADING, Form.COMMENT})
_BARRED = frozenset({Role.TEMPLATE, Role.NOISE})
_MOST = 6  # quoted lines
_UNTOLD = "Add acceptance criteria: one line for each thing that a stranger can check once the work is done."
_EXPECTED = "Say what should happen instead: the value, message or state that is right."
_DONE = "say what somebody sees or gets once it is done"
_SEEN: Mapping[IssueKind | None, str] = {
    IssueKind.CHORE: "name the command or the test that has to pass once it is done",
    IssueKind.DOCS: "say what a reader has to find there once it is done",
}
_SEVERAL = 3
_RECORD = "Say what is left to do and how somebody can tell that it is done: the text reports what was done already."
_NO_DELIVERABLE = "Once it is plain what should change, say how somebody can tell that it is done."


def judge(asked: Asked[Issue]) -> Finding:
    """Judge each line that promises an outcome: observable or wishful."""
    reading = asked.reading
    nothing = _nothing_to_accept(reading)
    if nothing:
        return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=nothing)
    observable = reading.units(Role.CHECK, without=(Role.TEMPLATE, Role.NOISE, Role.VAGUE))
    seen = set(observable)
    wishful = tuple(unit for unit in reading.units(Role.CHECK) if unit not in seen)
    if wishful and len(wishful) >= len(observable):
        return _gap(Status.PARTLY if observable else Status.MISSING, wishful + observable, _sharpen(wishful[0]))
    if not _is_told_here(reading) and len(observable) < _SEVERAL:
        return _untold(reading)
    return _promised(reading, observable) if observable else _implied(reading)


def _nothing_to_accept(reading: Reading) -> str:
    if reading.kind is IssueKind.RECORD:
        return _RECORD
    is_said = reading.units(Role.WANTED, Role.PRESENT, Role.CHECK, Role.IO)
    return "" if is_said and reading.kind is not IssueKind.QUESTION else _NO_DELIVERABLE


def _promised(reading: Reading, observable: tuple[Unit, ...]) -> Finding:
    if len(observable) > 1 or _one_is_enough(reading, observable[0]):
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, observable[:_MOST])))
    only = f"Add the other outcomes beside {excerpt(observable[0])}: one line for each thing that can be checked."
    return _gap(Status.PARTLY, observable, only)


def _one_is_enough(reading: Reading, only: Unit) -> bool:
    """Whether one line settles it: a spike's deliverable, what is right of a bug or a text, a chore's finish line."""
    if reading.kind is IssueKind.SPIKE:
        return True
    is_finish = reading.kind is IssueKind.CHORE and only not in reading.units(Role.WANTED)
    return _is_more_told(reading, only) and (is_finish or reading.kind in (IssueKind.BUG, IssueKind.DOCS))


def _is_more_told(reading: Reading, only: Unit) -> bool:
    """Whether the body holds another line of the author's: a single one is no issue."""
    pairs = zip(reading.document.units[1:], reading.roles[1:], strict=True)
    return any(unit != only and unit.form not in _SIDE and roles.isdisjoint(_BARRED) for unit, roles in pairs)


def _is_told_here(reading: Reading) -> bool:
    """Whether what is wanted is one thing with an end and stands in the text, not behind its references."""
    away = reading.units(Role.HIDDEN)
    here = reading.units(Role.WANTED, Role.PRESENT, without=(Role.TEMPLATE, Role.NOISE, Role.HIDDEN))
    return not (reading.units(Role.ONGOING) or projects(reading)) and len(away) <= max(
        sum(1 for unit in here if unit.line), 1
    )


def _implied(reading: Reading) -> Finding:
    """No line says how to check it: what is asked for may still be plain enough to tell."""
    concrete = _both(reading, Role.WANTED, Role.IO)
    if concrete:
        return _gap(Status.PARTLY, concrete, f"{beside(concrete[0])}, {_SEEN.get(reading.kind, _DONE)}.")
    symptom = tuple(unit for unit in _both(reading, Role.PRESENT, Role.IO) if unit.line != TITLE_LINE)
    if symptom and reading.kind is IssueKind.BUG:
        return _gap(Status.PARTLY, symptom, _EXPECTED)
    return _untold(reading)


def _untold(reading: Reading) -> Finding:
    wishes = [unit for unit in _both(reading, Role.WANTED, Role.VAGUE, but=()) if unit.line != TITLE_LINE]
    if wishes:
        return _gap(Status.MISSING, tuple(wishes), _sharpen(wishes[0]))
    wanted = reading.units(Role.WANTED) or reading.units(Role.PRESENT)
    return _gap(Status.MISSING, wanted[:1], _EXPECTED if reading.kind is IssueKind.BUG else _UNTOLD)


def _both(reading: Reading, first: Role, second: Role, *, but: tuple[Role, ...] = (Role.VAGUE,)) -> tuple[Unit, ...]:
    others = set(reading.units(second))
    return tuple(unit for unit in reading.units(first, without=(Role.TEMPLATE, Role.NOISE, *but)) if unit in others)


def _sharpen(unit: Unit) -> str:
    return f"Turn the wish {excerpt(unit)} into a check: what is done, and the value or message then seen."


def _gap(status: Status, units: tuple[Unit, ...], advice: str) -> Finding:
    evidence = tuple(map(quote, units[:_MOST]))
    return Finding(criterion=CRITERION.name, status=status, evidence=evidence, advice=advice)


CRITERION = Criterion(name="acceptance", asks="Would two strangers agree when this is done?", judge=judge)
