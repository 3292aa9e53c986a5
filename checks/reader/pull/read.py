"""Read a pull request: which of its lines say what, why, what was decided, how it was checked and what it answers."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from checks.reader.language import is_english
from checks.reader.pull.cues import is_measured, is_output
from checks.reader.pull.guidance import guidance
from checks.reader.pull.headings import Part, lead, parts, with_labels
from checks.reader.pull.reason import Few, names_change, names_defect
from checks.reader.pull.robots import written_by_robots
from checks.reader.pull.sentence import Sentence
from checks.reader.pull.sentence import roles as said
from checks.reader.pull.words import content
from checks.reader.template import leftover
from checks.reading import Reading, Role
from checks.subject import Pull
from checks.text import Document, Form, Unit, parse

Roles = frozenset[Role]

_NOTHING: Roles = frozenset()
_NOISE: Roles = frozenset({Role.NOISE})
_LEFT: Roles = frozenset({Role.TEMPLATE})
_SHOWN: Roles = frozenset({Role.VERIFICATION})
_SILENT = {Form.HEADING: _NOTHING, Form.QUOTE: _NOTHING, Form.COMMENT: _LEFT, Form.IMAGE: _SHOWN}
_GRADED = {Role.LINK, Role.DECISION, Role.VERIFICATION}  # what VAGUE would speak of beside the reason
_LONG_LIST = 16  # items; a list beyond it is a log of commits or of features
_SENTENCES = 4  # of a text in which what is no change is mostly its reason
_PAIR = 2  # of a text in which one says what and the other why
_SAID = frozenset({Form.PROSE, Form.ITEM, Form.TASK, Form.ROW})
_TELLING = frozenset({None, Part.WHY, Part.WHAT})
_FEW = 8  # of so many lines one or none
_SPECIFIC = 3  # content words from which a title names a change
_BRANCH = re.compile(
    r"(?:feat(?:ure)?|(?:bug|hot)?fix|chore|docs|refactor|codex|cursor|claude|copilot|devin|dev)/", re.IGNORECASE
)


def read(pull: Pull) -> Reading:
    """Give each line of a pull request its roles; a role that is only claimed or thin carries VAGUE beside it."""
    document = parse(pull.title, pull.body)
    robots, left = written_by_robots(document), leftover(document, pull.templates)
    left |= guidance(document.units, left)
    standing = parts(document.units)
    title = content(pull.title)
    units = tuple(with_labels(document.units))
    roles = [
        _NOISE if number in robots else _LEFT if number in left else _roles(unit, part, title)
        for number, (unit, part) in enumerate(zip(units, standing, strict=True))
    ]
    if not any(Role.WHY in given and Role.VAGUE not in given for given in roles):
        for number, few in _few(document.units, standing, robots | left).items():
            roles[number] = _roles(units[number], standing[number], title, few)
    for number in _table_heads(document.units):
        roles[number] -= {Role.WHAT, Role.WHY}
    for number in _stray_reasons(document, standing, roles):
        others = roles[number] - {Role.WHY}
        roles[number] = others if others & _GRADED else others | {Role.WHY, Role.VAGUE}
    return Reading(document, tuple(roles), english=is_english(document))


def _table_heads(units: Sequence[Unit]) -> list[int]:
    """The first row of each table."""
    pairs = enumerate(pairwise(units), 1)
    return [at for at, (above, unit) in pairs if unit.form is Form.ROW and above.form is not Form.ROW]


def _few(units: Sequence[Unit], standing: Sequence[Part | None], others: frozenset[int]) -> Mapping[int, Few]:
    """The sentences of a text that has few of them; where one of two is the change, the other stands beside it.

    Asked for only where no sentence gives a reason by its own words: what is then no change is mostly the reason.
    """
    said = [number for number, unit in enumerate(units) if unit.line and unit.form in _SAID]
    told = [number for number in said if units[number].form is Form.PROSE and standing[number] in _TELLING]
    own = [number for number in told if number not in others]
    if len(own) > _SENTENCES:
        return {}
    few = dict.fromkeys(own, Few.FEW)
    if len(own) == len(said) == _PAIR:
        first, second = (names_change(units[number].text) for number in own)
        if first != second:
            few[own[first]] = Few.BESIDE
    return few


def _stray_reasons(document: Document, standing: Sequence[Part | None], roles: Sequence[Roles]) -> list[int]:
    """The few lines of a long list that give a reason: each speaks for itself, none for the change."""
    listed = [
        (number, Role.WHY in given and Role.VAGUE not in given)
        for number, (unit, part, given) in enumerate(zip(document.units, standing, roles, strict=True))
        if unit.form is Form.ITEM and part is not Part.WHY and given not in (_NOISE, _LEFT)
    ]
    reasons = [number for number, gives_reason in listed if gives_reason]
    return reasons if len(listed) > _LONG_LIST and len(reasons) * _FEW < len(listed) else []


def _roles(unit: Unit, part: Part | None, title: frozenset[str], few: Few = Few.NO) -> Roles:
    if not unit.line:
        return _title_roles(unit.text, title)
    if unit.form in _SILENT:
        return _SILENT[unit.form]
    if unit.form is Form.CODE:
        return _SHOWN if part is Part.VERIFICATION or is_output(unit.text) else _NOTHING
    if part is Part.CHECKLIST and unit.form is not Form.PROSE:
        return _LEFT
    if unit.form is Form.ROW and is_measured(unit.text):
        return _SHOWN
    return said(_sentence(unit, part, title, few))


def _title_roles(text: str, title: frozenset[str]) -> Roles:
    named = len(title) >= _SPECIFIC and not _BRANCH.match(text)
    defect = {Role.WHY, Role.VAGUE} if names_defect(text) else set()
    return frozenset({Role.WHAT if named else Role.VAGUE} | defect)


def _sentence(unit: Unit, part: Part | None, title: frozenset[str], few: Few) -> Sentence:
    label, named = lead(unit.text)
    return Sentence(
        written=unit.text,
        text=unit.text[len(label) :],
        part=named or part,
        title=title,
        prose=unit.form is Form.PROSE,
        unticked=unit.checked is False,
        few=few,
    )
