"""Where is each acceptance criterion of the issue addressed?

For each acceptance criterion of the linked issues a line of the author's that takes it up. Only words are
compared; no code is read.

Why: "done" means two things to two people until each promise is answered one by one.

Ready: the issue's acceptance criteria as a list and, beside each, where it is met or why it was left out.

Not ready: a summary that passes over half of them.
"""

from checks.criterion import Asked, Criterion
from checks.reader.pull.words import content
from checks.reading import Role, excerpt, quote
from checks.subject import Pull
from checks.text import Form, Unit
from checks.verdict import Finding, Status

_MOST = 50  # acceptance criteria that are traced; an issue with more is too large for one pull request
_ALIKE = 0.6  # share of an acceptance criterion's content words that one line has to repeat
_FEWEST = 2  # content words below which a promise cannot be told from others
_LISTED = frozenset({Form.ITEM, Form.TASK, Form.ROW})
_SILENT = frozenset({Form.HEADING, Form.COMMENT, Form.CODE, Form.IMAGE})


def judge(asked: Asked[Pull]) -> Finding:
    """Judge by the line that repeats most words of each acceptance criterion; an unticked box is a plan, no answer."""
    promises = [promise for reading in asked.linked for promise in _promises(reading.units(Role.CHECK))][:_MOST]
    if not promises:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    claims = [(unit, content(unit.text)) for unit in _claims(asked)]
    answers = [_answer(content(promise.text), claims) for promise in promises]
    evidence = tuple(quote(unit) for unit in answers if unit)[:3]
    open_promises = [promise for promise, unit in zip(promises, answers, strict=True) if not unit]
    if not open_promises:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    advice = (
        f"Say where {excerpt(open_promises[0])} is addressed, or that it was left out and why; "
        f"{len(open_promises)} of {len(promises)} acceptance criteria are not taken up."
    )
    status = Status.PARTLY if evidence else Status.MISSING
    return Finding(criterion=CRITERION.name, status=status, evidence=evidence, advice=advice)


def _promises(checks: tuple[Unit, ...]) -> list[Unit]:
    """The listed lines that verify, or, where nothing is listed, the sentences."""
    listed = [unit for unit in checks if unit.form in _LISTED]
    chosen = listed or [unit for unit in checks if unit.form is Form.PROSE and unit.line]
    return [unit for unit in chosen if len(content(unit.text)) >= _FEWEST]


def _claims(asked: Asked[Pull]) -> list[Unit]:
    """The author's lines that may answer; the title last, as it says less on where."""
    title, *pairs = zip(asked.reading.document.units, asked.reading.roles, strict=True)
    return [
        unit
        for unit, roles in (*pairs, title)
        if unit.form not in _SILENT and unit.checked is not False and not roles & {Role.TEMPLATE, Role.NOISE}
    ]


def _answer(promise: frozenset[str], claims: list[tuple[Unit, frozenset[str]]]) -> Unit | None:
    shared = [(len(promise & words), unit) for unit, words in claims]
    most, unit = max(shared, key=lambda pair: pair[0], default=(0, None))
    return unit if unit and most >= max(_FEWEST, _ALIKE * len(promise)) else None


CRITERION = Criterion(
    name="acceptance-trace", asks="Where is each acceptance criterion of the issue addressed?", judge=judge
)
