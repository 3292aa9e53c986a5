"""Is it written in the language the policy asks for?

Why: whoever cannot read the issue cannot start it; code, logs and names do not count.

Ready: sentences in that language.

Not ready: sentences in another one; the rest is then judged only as far as its structure tells.
"""

from checks.criterion import Asked, Criterion
from checks.reader.language import foreign
from checks.reading import Role, quote
from checks.subject import Issue
from checks.verdict import Finding, Status

_ADVICE = "Write the issue in English as well, so that whoever takes it can read it; the original may stay below."
_SPEAKING = frozenset(Role) - {Role.TEMPLATE, Role.NOISE}


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether the prose is English."""
    reading = asked.reading
    if not reading.english:
        unit = foreign(reading.document)
        seen = (quote(unit),) if unit else ()
        return Finding(criterion=CRITERION.name, status=Status.MISSING, evidence=seen, advice=_ADVICE)
    evidence = reading.evidence(*_SPEAKING, most=1)
    return Finding(criterion=CRITERION.name, status=Status.MET if evidence else Status.NOT_ASKED, evidence=evidence)


CRITERION = Criterion(name="language", asks="Is it written in the language the policy asks for?", judge=judge)
