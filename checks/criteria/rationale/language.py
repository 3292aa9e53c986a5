"""Is it written in the language the policy asks for?

Sentences in the language the team reads; code, logs and names do not count.

Why: a reason that half of the team cannot read is a reason not written down.

Ready: a description in that language.

Not ready: a description in another one, without a summary; nothing else can then be judged.
"""

from checks.criterion import Asked, Criterion
from checks.reader.language import foreign
from checks.reading import Role, quote
from checks.subject import Pull
from checks.text import Form
from checks.verdict import Finding, Status

_ADVICE = "Add two or three sentences in English on what was changed and why; the original may stay below."
_NOT_SPOKEN = {Role.TEMPLATE, Role.NOISE}
_SPOKEN = frozenset({Form.PROSE, Form.ITEM, Form.TASK, Form.ROW})


def judge(asked: Asked[Pull]) -> Finding:
    """Judge whether the prose is English."""
    reading = asked.reading
    if not reading.english:
        unit = foreign(reading.document)
        quoted = (quote(unit),) if unit else ()
        return Finding(criterion=CRITERION.name, status=Status.MISSING, evidence=quoted, advice=_ADVICE)
    pairs = zip(reading.document.units, reading.roles, strict=True)
    spoken = [unit for unit, roles in pairs if unit.line and unit.form in _SPOKEN and not roles & _NOT_SPOKEN]
    evidence = tuple(map(quote, spoken[:1]))
    return Finding(criterion=CRITERION.name, status=Status.MET if evidence else Status.NOT_ASKED, evidence=evidence)


CRITERION = Criterion(name="language", asks="Is it written in the language the policy asks for?", judge=judge)
