"""What was built or changed?

The change in the author's words, beyond the title and a list of files.

Why: a reviewer in another time zone cannot ask; without it the diff has to be read to learn what to look for.

Ready: "Retries a failed upload three times, then marks the row as failed; until now it gave up at once."

Not ready: a body with nothing but "Fixes #12", the title again, or the names of the files that changed.
"""

from checks.criterion import Asked, Criterion
from checks.reader.pull.cues import begins_with_check
from checks.reader.pull.reason import names_change
from checks.reader.pull.words import content
from checks.reading import Reading, Role, excerpt, quote
from checks.subject import Pull
from checks.text import Form, Unit
from checks.verdict import Finding, Status

_THIN = (Role.VAGUE, Role.TEMPLATE, Role.NOISE)
_OBJECT = 2  # content words of a title that names a change, if a reason stands beside it
_RICH = 7  # content words of a title that says as much as a sentence
_NAMELESS = "Give it a title and a sentence that say what was changed."


def judge(asked: Asked[Pull]) -> Finding:
    """Judge whether lines tell the change; a title that names it is half of that, and enough for a small one."""
    reading = asked.reading
    title, named = reading.document.units[0], Role.WHAT in reading.roles[0]
    told = [unit for unit in reading.units(Role.WHAT) if unit.line]
    if told or (named and asked.small):
        evidence = tuple(map(quote, sorted(told, key=_is_aside)[:3] or [title]))
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    if not title.text:
        return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=_NAMELESS)
    status = Status.PARTLY if _half(reading, title, named=named) else Status.MISSING
    if named:
        advice = f"Add a sentence on what was changed and where; so far only the title says it: {excerpt(title)}."
    else:
        advice = f"Say in the title and in one sentence what was changed; {excerpt(title)} does not name it."
    return Finding(criterion=CRITERION.name, status=status, evidence=(quote(title),), advice=advice)


def _is_aside(unit: Unit) -> bool:
    """Whether a line tells of the old state or of a check more than of the change; such lines are quoted last."""
    return (unit.form is Form.PROSE and not names_change(unit.text)) or begins_with_check(unit.text)


def _half(reading: Reading, title: Unit, *, named: bool) -> bool:
    """Whether the title, alone or beside a reason or a check, says what was changed."""
    told = len(content(title.text))
    reasoned = any(unit.line for unit in reading.units(Role.WHY, without=_THIN))
    return (named and (reasoned or told >= _RICH)) or (reasoned and told >= _OBJECT)


CRITERION = Criterion(name="what", asks="What was built or changed?", judge=judge)
