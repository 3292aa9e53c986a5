"""What was built or changed?

The change in the author's words, beyond the title and a list of files.

Why: a reviewer in another time zone cannot ask; without it the diff has to be read to learn what to look for.

Ready: "Retries a failed upload three times, then marks the row as failed; until now it gave up at once."

Not ready: a body with nothing but "Fixes #12", the title again, or the names of the files that changed.
"""

from checks.criterion import Asked, Criterion
from checks.reading import Role, excerpt, quote
from checks.subject import Pull
from checks.verdict import Finding, Status

_NAMELESS = "Give it a title and a sentence that say what was changed."


def judge(asked: Asked[Pull]) -> Finding:
    """Judge whether lines tell the change; a title that names it is half of that, and enough for a small one."""
    reading = asked.reading
    title, named = reading.document.units[0], Role.WHAT in reading.roles[0]
    told = [unit for unit in reading.units(Role.WHAT) if unit.line]
    if told or (named and asked.small):
        evidence = tuple(map(quote, told[:3] or [title]))
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    if not title.text:
        return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=_NAMELESS)
    status = Status.PARTLY if named else Status.MISSING
    if named:
        advice = f"Add a sentence on what behaves differently now; so far only the title says it: {excerpt(title)}."
    else:
        advice = f"Say in the title and in one sentence what was changed; {excerpt(title)} does not name it."
    return Finding(criterion=CRITERION.name, status=status, evidence=(quote(title),), advice=advice)


CRITERION = Criterion(name="what", asks="What was built or changed?", judge=judge)
