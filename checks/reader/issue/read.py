"""Read an issue: what it asks for, and what each of its lines does for somebody who has to start it."""

import re
from collections.abc import Iterable, Sequence

from checks.reader.concrete import Shape
from checks.reader.issue.cues import Cue
from checks.reader.issue.form import prompts
from checks.reader.issue.kind import kind as kind_of
from checks.reader.issue.noise import is_noise
from checks.reader.issue.roles import ROLES
from checks.reader.issue.sentence import Sentence, sentences
from checks.reader.language import is_english
from checks.reader.structure import Hint
from checks.reader.template import follows, leftover
from checks.reading import IssueKind, Reading, Role
from checks.subject import Issue
from checks.text import Form, parse

_SILENT = frozenset({Form.HEADING, Form.COMMENT})
_SUBSTANCE = frozenset({Role.WANTED, Role.PRESENT, Role.IO, Role.CHECK})
_BARRED = frozenset({Role.TEMPLATE, Role.NOISE})
_ELSEWHERE = frozenset({Shape.URL, Shape.IMAGE})
_FEW_WORDS = 8  # beside a link: "Extracted from ...", "See ... for an example"
_CODE = frozenset({Role.IO})
_EXPECTED_CODE = frozenset({Role.IO, Role.CHECK})
_EXPECTING = frozenset({Hint.EXPECTED, Hint.ACCEPTANCE})
_REMARK = re.compile(r"^\s*Then |(?:#|//|--|/\*)[^\n]{0,200}\b(?i:should|expected)\b")
_TEMPLATE = frozenset({Role.TEMPLATE})
_NOISE = frozenset({Role.NOISE})
_NOTHING: frozenset[Role] = frozenset()


def read(issue: Issue) -> Reading:
    """Give every unit of an issue its roles: local, deterministic, one pass."""
    document = parse(issue.title, issue.body)
    every = tuple(sentences(document))
    barred = _barred(every, leftover(document, issue.templates))
    if not follows(document, issue.templates):  # where the template is known, the rest is the author's
        barred = _without_prompts(every, barred)
    body = [one for one, bar in zip(every, barred, strict=True) if not (bar or one.is_title)]
    kind = kind_of(every, body)
    roles = tuple(bar or _roles(one, kind) for one, bar in zip(every, barred, strict=True))
    roles = _leaning(every, _shown(every, roles))
    return Reading(document, roles, english=is_english(document), kind=kind)


def _barred(every: Sequence[Sentence], left_over: Iterable[int]) -> list[frozenset[Role]]:
    """What speaks for nobody: template text, noise, and whatever was said before in the same words."""
    template, seen = frozenset(left_over), set[str]()
    barred: list[frozenset[Role]] = []
    for number, one in enumerate(every):
        spoken = one.unit.text.casefold() if one.shapes else " ".join(one.words)
        repeated = one.unit.form not in _SILENT and len(one.words) > 2 and not one.is_code and spoken in seen
        seen.add(spoken)
        if number in template:
            barred.append(_TEMPLATE)
        else:
            barred.append(_NOISE if repeated or is_noise(one) else _NOTHING)
    return barred


def _without_prompts(every: Sequence[Sentence], barred: Sequence[frozenset[Role]]) -> list[frozenset[Role]]:
    asked = prompts(every, barred)
    return [_TEMPLATE if number in asked else bar for number, bar in enumerate(barred)]


def _shown(every: Sequence[Sentence], roles: tuple[frozenset[Role], ...]) -> tuple[frozenset[Role], ...]:
    """What stands below "It should print:" shows how it looks when it is done."""
    led = [False, *(one.unit.text.endswith(":") and one.has(Cue.MODAL, Cue.EXPECTED) for one in every)]
    return tuple(
        role | {Role.CHECK} if leads and Role.IO in role and not role & _BARRED else role
        for leads, role in zip(led, roles, strict=False)
    )


def _leaning(every: Sequence[Sentence], roles: tuple[frozenset[Role], ...]) -> tuple[frozenset[Role], ...]:
    """Where the body says nothing itself, what it says stands behind its links and pictures."""
    body = [(one, role) for one, role in zip(every, roles, strict=True) if not one.is_title]
    if any(role & _SUBSTANCE and not _points_elsewhere(one) for one, role in body):
        return roles
    return tuple(
        role | {Role.HIDDEN} if _points_elsewhere(one) and not role & _BARRED else role
        for one, role in zip(every, roles, strict=True)
    )


def _shows_expected(code: Sentence) -> bool:
    """Whether code shows how it looks when it is done: by its heading, a Then, or a remark such as "# should be 4"."""
    return code.hint in _EXPECTING or bool(_REMARK.search(code.unit.text))


def _points_elsewhere(one: Sentence) -> bool:
    if one.has_fact or one.hint is Hint.STEPS:
        return False
    return bool(one.shapes & _ELSEWHERE) and len(one.words) <= _FEW_WORDS


def _roles(one: Sentence, kind: IssueKind) -> frozenset[Role]:
    if one.is_code:
        return _EXPECTED_CODE if _shows_expected(one) else _CODE
    if one.unit.form in _SILENT:
        return _NOTHING
    return frozenset(role for role, fits in ROLES.items() if fits(one, kind))
