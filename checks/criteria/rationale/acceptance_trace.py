"""Where is each acceptance criterion of the issue addressed?

For each acceptance criterion of the linked issues the author's words on it: a row of a table, a ticked box, its id, a
quotation, or a sentence that says the same. Only words are compared; no code is read.

Why: "done" means two things to two people until each promise is answered one by one.

Ready: the issue's acceptance criteria as a list and, beside each, where it is met or why it was left out.

Not ready: a summary that passes over half of them, the issue's own list pasted without a word, or "will follow".
"""

from collections.abc import Sequence

from checks.criterion import Asked, Criterion
from checks.reading import shortened
from checks.subject import Pull
from checks.trace import Traced, trace_readings
from checks.verdict import Finding, Status

_MOST = 3  # quoted lines


def judge(asked: Asked[Pull]) -> Finding:
    """Judge by what the author says of each: addressed or left out is an answer, an open box or a plan is none."""
    traced = [each for each in trace_readings(asked.subject, asked.reading, asked.linked) if each.is_asked]
    if not traced:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    evidence = tuple(dict.fromkeys(each.evidence for each in traced if each.is_answered and each.evidence))[:_MOST]
    unanswered = [each for each in traced if not each.is_answered]
    if not unanswered:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    status = Status.PARTLY if evidence else Status.MISSING
    return Finding(criterion=CRITERION.name, status=status, evidence=evidence, advice=_advice(unanswered, len(traced)))


def _advice(unanswered: Sequence[Traced], every: int) -> str:
    first = unanswered[0]
    return (
        f"Say where {first.name} ({shortened(first.criterion.text)}) is addressed, or that it was left out and why; "
        f"{len(unanswered)} of {every} acceptance criteria have no answer yet."
    )


CRITERION = Criterion(
    name="acceptance-trace", asks="Where is each acceptance criterion of the issue addressed?", judge=judge
)
