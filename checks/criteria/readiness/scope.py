"""Is this one piece of work with a beginning and an end?

Why: nobody can hand over, estimate or finish what has no finish line.

Ready: one thing to deliver, and a word on what is left out.

Not ready: ownership without an end ("maintain", "improve over time"), an epic, several projects in one, work that waits
for other work, a question or a report with nothing to deliver.
"""

from checks.criterion import Asked, Criterion
from checks.reader.issue.projects import projects
from checks.reading import IssueKind, Reading, Role, beside, excerpt, quote
from checks.subject import Issue
from checks.text import Unit
from checks.verdict import TITLE_LINE, Finding, Status

_MOST = 3
_SUBSTANCE = (Role.WANTED, Role.PRESENT, Role.CHECK, Role.REASON)
_QUESTION = "Turn the question into a change that can be delivered: as it stands it asks for help, not for work."
_NOTHING = "Say what should be delivered: the text tells something, but asks for nothing."
_EMPTY = "Say what should be delivered: so far nothing is asked for."
_RECORD = "Say what is left to do: the text reports what was done already, so there is nothing to hand over."
_ENDLESS = "Ownership without an end is not a hand-over: cut one piece with a finish line out of {}."
_BLOCKED = "Write down what can begin today, or keep the issue back: so far it waits, {}."
_PROJECTS = "Give each of the {} projects its own issue, beginning with {}: together they have no one finish line."
_SPIKE = "Name the question to be answered, what is handed over as the answer, and the hours it may take."


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether one deliverable with an end is asked for."""
    reading = asked.reading
    match reading.kind:
        case IssueKind.QUESTION:
            return _gap(Status.MISSING, reading.units(Role.OPEN), _QUESTION)
        case IssueKind.RECORD:
            return _gap(Status.MISSING, reading.units(Role.PRESENT, Role.IO), _RECORD)
        case IssueKind.NOTHING:
            told = reading.units(Role.PRESENT, Role.IO)
            has_title = all(unit.line != TITLE_LINE for unit in reading.units(Role.NOISE))
            return _gap(Status.PARTLY if told and has_title else Status.MISSING, told, _NOTHING if told else _EMPTY)
        case IssueKind.SPIKE:
            return _endless(reading) or _spike(reading)
        case _:
            return _endless(reading) or _undecided(reading) or _bounded(reading)


def _endless(reading: Reading) -> Finding | None:
    """What has no end, cannot begin, or ends in several places."""
    ongoing = reading.units(Role.ONGOING)
    if ongoing:
        return _gap(Status.MISSING, ongoing, _ENDLESS.format(excerpt(ongoing[0])))
    blocked = reading.units(Role.BLOCKED)
    if blocked:
        return _gap(Status.MISSING, blocked, _BLOCKED.format(excerpt(blocked[0])))
    several = projects(reading)
    if several:
        return _gap(Status.MISSING, several, _PROJECTS.format(len(several), excerpt(several[0])))
    return None


def _undecided(reading: Reading) -> Finding | None:
    """What is asked for has an end, but a question stands before it."""
    questions = reading.units(Role.OPEN, without=(Role.TEMPLATE, Role.NOISE, Role.HIDDEN))
    if not questions or not reading.units(Role.WANTED, Role.PRESENT, without=(Role.TEMPLATE, Role.NOISE, Role.OPEN)):
        return None
    advice = f"Keep here only what can be done whatever the answer to {excerpt(questions[0])}, or settle that first."
    return _gap(Status.PARTLY, questions, advice)


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
        advice = "Below the title, say what belongs to it and what is out of scope."
        return _gap(Status.PARTLY, wanted, advice)
    concrete = set(reading.units(Role.IO))
    named = [unit for unit in firm if unit.line == TITLE_LINE and unit in concrete]
    # A wish without one name, place or value is wide, unless its bounds are told.
    is_nameless = reading.kind is IssueKind.FEATURE and not (concrete or bounds)
    if firm and not is_nameless and (bounds or named or 2 * len(firm) > len(wanted)):
        return _met(bounds + firm)
    if any(unit.line for unit in defect) and not concrete.issubset(defect):  # a defect that can be seen bounds itself
        return _met(bounds + defect)
    if defect and not wanted:
        advice = "Say where the work ends: what should happen instead, and what stays as it is."
        return _gap(Status.PARTLY, defect, advice)
    if wanted:
        advice = f"{beside(wanted[0])}, draw the line: what belongs to it, and what is out of scope."
        return _gap(Status.PARTLY, wanted, advice)
    return _gap(Status.MISSING, (), "Name the one thing that is to be delivered, and what is out of scope.")


def _met(units: tuple[Unit, ...]) -> Finding:
    return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, units[:_MOST])))


def _gap(status: Status, units: tuple[Unit, ...], advice: str) -> Finding:
    return Finding(criterion=CRITERION.name, status=status, evidence=tuple(map(quote, units[:_MOST])), advice=advice)


CRITERION = Criterion(name="scope", asks="Is this one piece of work with a beginning and an end?", judge=judge)
