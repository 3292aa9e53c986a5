"""Which issue does it answer?

The issue, by closing keyword, full address, owner/repo#N or GitHub's sidebar; not any #N in passing.

Why: acceptance is checked against the issue, and a reader of the history finds the way back only by a link.

Ready: "Closes #12", "Part of acme/shop#12", "https://github.com/acme/shop/issues/12".

Not ready: "see #12 for more", the key of another tracker, a number inside code.
"""

from checks.criterion import Asked, Criterion
from checks.reading import Role, excerpt, quote
from checks.subject import LinkedIssue, Pull
from checks.text import printable
from checks.verdict import TITLE_LINE, Evidence, Finding, Status

_NAMED = (Role.VAGUE, Role.TEMPLATE, Role.NOISE)


def judge(asked: Asked[Pull]) -> Finding:
    """Judge the author's own link first, then what GitHub resolved."""
    links = asked.reading.units(Role.LINK, without=_NAMED)
    evidence = tuple(map(quote, links[:3])) or tuple(map(_in_sidebar, asked.subject.linked[:3]))
    if evidence:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    named = asked.reading.units(Role.LINK)
    if named:
        advice = f'Write "Closes" before the number, or the full address: GitHub makes no link of {excerpt(named[0])}.'
        evidence = tuple(map(quote, named[:3]))
        return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)
    if asked.small:
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    advice = 'Name the issue it answers: "Closes" and its number, or its full address.'
    return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=advice)


def _in_sidebar(issue: LinkedIssue) -> Evidence:
    """GitHub's link stands on no line of the body, so it is shown beside the title."""
    return Evidence(TITLE_LINE, f"{issue.name} {printable(issue.title)}".rstrip())


CRITERION = Criterion(name="linked-issue", asks="Which issue does it answer?", judge=judge)
