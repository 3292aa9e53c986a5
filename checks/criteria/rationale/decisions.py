"""What was decided, rejected, or is still open?

Choices taken, alternatives rejected, limits accepted; and every open question as one, with its options.

Why: a choice that is not written down is made again by the next person; a question between the lines waits for ever.

Ready: "Kept the old table rather than renaming it, since that locks it." "Needs a decision by @ana: drop, or archive?"

Not ready: a limit without a word on why it was accepted; a question that names nobody and no options.
"""

import re

from checks.criterion import Asked, Criterion
from checks.reading import Role, excerpt, quote
from checks.subject import Pull
from checks.text import Unit
from checks.verdict import Finding, Status

_TOUCHED = (Role.VAGUE, Role.TEMPLATE, Role.NOISE)
_LACKS = (
    ("who decides", re.compile(r"(?<![\w/])@\w")),
    ("the options", re.compile(r"\b(?:or|options?|either|alternatively)\b", re.IGNORECASE)),
)


def judge(asked: Asked[Pull]) -> Finding:
    """Judge what is said about choices; an open question is a gap until it is answered, and is quoted first."""
    reading = asked.reading
    questions = reading.units(Role.NEEDS_DECISION)
    taken = reading.units(Role.DECISION, without=_TOUCHED)
    touched = reading.units(Role.DECISION)
    if questions:
        evidence = tuple(map(quote, (*questions, *taken)[:3]))
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=_open(questions[0]))
    if taken:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, taken[:3])))
    if touched:
        advice = f"Say what the alternative to {excerpt(touched[0])} was, and why it was rejected."
        evidence = tuple(map(quote, touched[:3]))
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)
    if asked.small:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    advice = "Add a line on what you chose and what you rejected, or that there was nothing to choose."
    return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=advice)


def _open(question: Unit) -> str:
    lacks = [lacking for lacking, named in _LACKS if not named.search(question.text)]
    if lacks:
        return f"{excerpt(question)} needs a decision: add {' and '.join(lacks)}."
    return f"{excerpt(question)} waits for a decision: write the answer here once it is given."


CRITERION = Criterion(name="decisions", asks="What was decided, rejected, or is still open?", judge=judge)
