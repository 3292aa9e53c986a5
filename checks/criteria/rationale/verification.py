"""How was it checked?

A command, its output, a named test, a picture or a measured figure; or, honestly, what was not checked.

Why: "works for me" cannot be repeated by somebody else; a command can.

Ready: "`make test` passes; uploading a 40 MB file took 12 s." "Not run on Windows: no machine at hand."

Not ready: "tested locally", "added tests", a box of the template.
"""

from checks.criterion import Asked, Criterion
from checks.reader.pull.cues import is_idle
from checks.reading import Role, excerpt, quote
from checks.subject import Pull
from checks.text import Unit
from checks.verdict import Finding, Status

_CLAIMED = (Role.VAGUE, Role.TEMPLATE, Role.NOISE)


def judge(asked: Asked[Pull]) -> Finding:
    """Judge whether another person can follow the check, or has to take a claim for it."""
    shown = asked.reading.units(Role.VERIFICATION, without=_CLAIMED)
    if shown:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, shown[:3])))
    claimed = asked.reading.units(Role.VERIFICATION)
    if claimed:
        advice = _about(claimed[0])
        evidence = tuple(map(quote, claimed[:3]))
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)
    if asked.small:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    advice = "Add how you checked it: the command you ran and what came out, or why nothing was run."
    return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=advice)


def _about(claimed: Unit) -> str:
    if is_idle(claimed.text):
        return f"{excerpt(claimed)} cannot fail with the change: add the command that can, and what came out."
    return f"Show what {excerpt(claimed)} rests on: the command or the test's name, and what came out."


CRITERION = Criterion(name="verification", asks="How was it checked?", judge=judge)
