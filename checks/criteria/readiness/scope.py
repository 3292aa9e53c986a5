"""Is this one piece of work with a beginning and an end?

Why: nobody can hand over, estimate or finish what has no finish line.

Ready: one thing to deliver, and a word on what is left out.

Not ready: ownership without an end ("maintain", "improve over time"), an epic, several projects in one, or a question
with nothing to deliver.
"""

from checks.criterion import Asked, Criterion
from checks.reading import IssueKind, Reading, Role, excerpt, quote
from checks.subject import Issue
from checks.text import Unit
from checks.verdict import TITLE_LINE, Finding, Status

_MOST = 3
_SUBSTANCE = (Role.WANTED, Role.PRESENT, Role.CHECK, Role.REASON)
_QUESTION = "Turn the question into a change that can be delivered: as it stands it asks for help, not for work."
_NOTHING = "Say what should be delivered: the text tells something, but asks for nothing."
_SPIKE = "Name the question to be answered, what is handed over as the answer, and the hours it may take."


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether one deliverable with an end is asked for."""
    reading = asked.reading
    if reading.kind is IssueKind.QUESTION:
        return _gap(Status.MISSING, reading.units(Role.OPEN), _QUESTION)
    if reading.kind is IssueKind.NOTHING:
        told = reading.units(Role.PRESENT, Role.IO)
        has_title = all(unit.line != TITLE_LINE for unit in reading.units(Role.NOISE))
        return _gap(Status.PARTLY if told and has_title else Status.MISSING, told, _NOTHING)
    endless = reading.units(Role.ONGOING)
    if endless:
        first = excerpt(endless[0])
        return _gap(Status.MISSING, endless, f"Cut one piece with a finish line out of {first}: ownership has no end.")
    return _spike(reading) if reading.kind is IssueKind.SPIKE else _bounded(reading)


def _spike(reading: Reading) -> Finding:
    """Finding something out ends by a question answered, not by a change."""
    ends = reading.units(Role.CHECK, Role.ENGAGEMENT, Role.BOUND)
    if ends:
        return _met(ends)
    asked = reading.units(Role.WANTED)
    return _gap(Status.MISSING, asked, _SPIKE)


def _bounded(reading: Reading) -> Finding:
    wanted = reading.units(Role.WANTED)
    firm = reading.units(Role.WANTED, without=(Role.TEMPLATE, Role.NOISE, Role.VAGUE, Role.OPEN))
    bounds = reading.units(Role.BOUND)
    defect = reading.units(Role.PRESENT) if reading.kind is IssueKind.BUG else ()
    if wanted and not any(unit.line for unit in reading.units(*_SUBSTANCE)) and not reading.units(Role.IO):
        advice = f"Below the title {excerpt(wanted[0])}, say what belongs to it and what is out of scope."
        return _gap(Status.PARTLY, wanted, advice)
    if firm and (bounds or 2 * len(firm) > len(wanted)):
        return _met(bounds + firm)
    if defect and any(unit not in defect for unit in reading.units(Role.IO)):  # a defect that can be seen bounds itself
        return _met(bounds + defect)
    if defect and not wanted:
        advice = f"Say where the work ends: which behaviour instead of {excerpt(defect[0])}, and what stays as it is."
        return _gap(Status.PARTLY, defect, advice)
    if wanted:
        advice = f"Draw the line around {excerpt(wanted[0])}: what belongs to it, and what is out of scope."
        return _gap(Status.PARTLY, wanted, advice)
    return _gap(Status.MISSING, (), "Name the one thing that is to be delivered, and what is out of scope.")


def _met(units: tuple[Unit, ...]) -> Finding:
    return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, units[:_MOST])))


def _gap(status: Status, units: tuple[Unit, ...], advice: str) -> Finding:
    return Finding(criterion=CRITERION.name, status=status, evidence=tuple(map(quote, units[:_MOST])), advice=advice)


CRITERION = Criterion(name="scope", asks="Is this one piece of work with a beginning and an end?", judge=judge)
