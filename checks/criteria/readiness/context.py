"""Which part of which system, how does it behave today, and why does it matter?

Why: a stranger who does not know the place or the reason solves another problem than the one you have.

Ready: the place is named, today's behaviour is told, and one sentence says what depends on it.

Not ready: a wish without the place it is about, or without what happens now.
"""

from checks.criterion import Asked, Criterion
from checks.reading import IssueKind, Reading, Role, beside
from checks.subject import Issue
from checks.verdict import TITLE_LINE, Finding, Status

_NOTHING = "Name the part of the system this is about, say how it behaves today and why that matters."


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether the present state and the reason are told."""
    reading = asked.reading
    told = reading.units(Role.PRESENT)
    reasons = reading.units(Role.REASON)
    in_body = [unit for unit in told if unit.line != TITLE_LINE]
    if len(in_body) > 1 or (told and reasons and len({*told, *reasons}) > 1):
        evidence = reading.evidence(Role.PRESENT, Role.REASON)
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    asks = set(reading.units(Role.WANTED))
    plain = [unit for unit in told if unit not in asks]
    if plain:
        return _partly(asked, f"{beside(plain[0])}, say {_lacks(reading)}.", Role.PRESENT)
    if told:
        return _partly(asked, f"{beside(told[0])}, say how it behaves today and why that should change.", Role.PRESENT)
    if reasons:
        return _partly(asked, f"{beside(reasons[0])}, say how it behaves today and where.", Role.REASON)
    places = set(reading.units(Role.IO))
    wanted = [unit for unit in reading.units(Role.WANTED) if unit in places]
    if wanted:
        return _partly(asked, f"{beside(wanted[0])}, say how it behaves today and why that should change.", Role.WANTED)
    return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=_NOTHING)


def _lacks(reading: Reading) -> str:
    """What is still to be told beside one sentence about today; facts in the text tell the place already."""
    if reading.units(Role.REASON):
        return "how it behaves today, step by step"
    if reading.units(Role.IO):
        return "why it matters: who meets it, and what it keeps them from"
    return f"where that happens and {'what leads to it' if reading.kind is IssueKind.BUG else 'why it matters'}"


def _partly(asked: Asked[Issue], advice: str, role: Role) -> Finding:
    evidence = asked.reading.evidence(role)
    return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)


CRITERION = Criterion(
    name="context", asks="Which part of which system, how does it behave today, and why does it matter?", judge=judge
)
