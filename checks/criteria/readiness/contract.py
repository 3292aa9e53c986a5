"""What goes in and what comes out?

Why: whoever has to guess a field, a type or a status code guesses wrong, and the guess is found in review.

Ready: the shape of the interface with names, types and values; for a bug the steps, the actual and the expected
outcome; for a migration what is there before and after.

Not ready: behaviour only circumscribed, without one input, output, name or value.
"""

from collections.abc import Mapping

from checks.criterion import Asked, Criterion
from checks.reading import NOT_WORK, IssueKind, Reading, Role, beside
from checks.subject import Issue
from checks.text import Unit
from checks.verdict import TITLE_LINE, Finding, Status

_ENOUGH = 3  # concrete lines that settle what goes in and what comes out
_SHOW = "give one example: what is put in or done, and what should then be seen"
_EDIT: Mapping[IssueKind | None, str] = {
    IssueKind.BUG: "give the steps one by one, the exact actual outcome and the expected one",
    IssueKind.CHORE: "name exactly what is there before and what is there after",
    IssueKind.DOCS: "quote the passage that changes, or the one beside the new words, and write out the new words",
    IssueKind.SPIKE: "say what the answer has to contain: which numbers, options or recommendation",
}


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether inputs and outputs are concrete."""
    reading = asked.reading
    concrete = reading.units(Role.IO)
    evidence = reading.evidence(Role.IO)
    edit = _EDIT.get(reading.kind, _SHOW)
    if _is_settled(reading, concrete):
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    if concrete:
        advice = _advice(reading, edit)
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)
    return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=_advice(reading, edit))


def _is_settled(reading: Reading, concrete: tuple[Unit, ...]) -> bool:
    target = set(reading.units(Role.WANTED, Role.CHECK))
    is_aimed = not reading.english or any(unit in target for unit in concrete)  # of a foreign text nobody can tell
    return is_aimed and len(concrete) >= (1 if reading.kind is IssueKind.CHORE else _ENOUGH)


def _advice(reading: Reading, edit: str) -> str:
    """The edit, beside the first words that ask for something with a name."""
    if reading.kind in NOT_WORK:
        return f"Once it is plain what should change, {edit}."
    concrete = set(reading.units(Role.IO))
    named = [unit for unit in reading.units(Role.WANTED) if unit.line != TITLE_LINE and unit in concrete]
    if not named or reading.kind is IssueKind.BUG:
        return f"{edit[0].upper()}{edit[1:]}."
    return f"{beside(named[0])}, {edit}."


CRITERION = Criterion(name="contract", asks="What goes in and what comes out?", judge=judge)
