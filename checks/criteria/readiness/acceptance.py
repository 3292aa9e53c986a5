"""Would two strangers agree when this is done?

Why: where "done" means two things, the work is handed back and forth until somebody gives up.

Ready: lines that can be checked without asking, such as "`GET /users/7` answers 404 once the user is deleted"; for a
bug, the behaviour that is expected in its place.

Not ready: no such line, or only wishes, such as "works properly" and "is fast".
"""

from checks.criterion import Asked, Criterion
from checks.reading import IssueKind, Reading, Role, excerpt, quote
from checks.subject import Issue
from checks.text import Unit
from checks.verdict import Finding, Status

_MOST = 6  # quoted lines
_ONE_IS_ENOUGH = frozenset({IssueKind.BUG, IssueKind.SPIKE})  # the expected behaviour, the deliverable
_NO_DELIVERABLE = "State what has to change, then how somebody can tell that it is done: so far nothing is asked for."


def judge(asked: Asked[Issue]) -> Finding:
    """Judge each line that promises an outcome: observable or wishful."""
    reading = asked.reading
    observable = reading.units(Role.CHECK, without=(Role.TEMPLATE, Role.NOISE, Role.VAGUE))
    wishful = tuple(unit for unit in reading.units(Role.CHECK) if unit not in observable)
    if reading.kind is IssueKind.QUESTION or not reading.units(Role.WANTED, Role.PRESENT, Role.CHECK, Role.IO):
        return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=_NO_DELIVERABLE)
    if wishful and len(wishful) >= len(observable):
        return _gap(Status.PARTLY if observable else Status.MISSING, wishful + observable, _sharpen(wishful[0]))
    if len(observable) > 1 or (observable and reading.kind in _ONE_IS_ENOUGH):
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, observable[:_MOST])))
    if observable:
        only = f"Add the other outcomes beside {excerpt(observable[0])}: one line for each thing that can be checked."
        return _gap(Status.PARTLY, observable, only)
    return _implied(reading)


def _implied(reading: Reading) -> Finding:
    """No line says how to check it: what is asked for may still be plain enough to tell."""
    concrete = _both(reading, Role.WANTED, Role.IO)
    if concrete:
        return _gap(Status.PARTLY, concrete, f"Say what can be observed once {excerpt(concrete[0])} is done.")
    symptom = _both(reading, Role.PRESENT, Role.IO)
    if symptom and reading.kind is IssueKind.BUG:
        return _gap(Status.PARTLY, symptom, f"Say what should happen instead of {excerpt(symptom[0])}.")
    wanted = reading.units(Role.WANTED) or reading.units(Role.PRESENT)
    thing = excerpt(wanted[0]) if wanted else "this"
    return _gap(Status.MISSING, wanted[:1], f"Write down how a stranger can check that {thing} is done, one line each.")


def _both(reading: Reading, first: Role, second: Role) -> tuple[Unit, ...]:
    others = set(reading.units(second))
    return tuple(
        unit for unit in reading.units(first, without=(Role.TEMPLATE, Role.NOISE, Role.VAGUE)) if unit in others
    )


def _sharpen(unit: Unit) -> str:
    return f"Replace the wish {excerpt(unit)} by what can be observed: a value, a message, a state."


def _gap(status: Status, units: tuple[Unit, ...], advice: str) -> Finding:
    evidence = tuple(map(quote, units[:_MOST]))
    return Finding(criterion=CRITERION.name, status=status, evidence=evidence, advice=advice)


CRITERION = Criterion(name="acceptance", asks="Would two strangers agree when this is done?", judge=judge)
