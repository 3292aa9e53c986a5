"""The acceptance criteria of an issue: which lines they are, their ids, and what became of them since pick-up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from checks import wording
from checks.reader import LocalReader
from checks.reader.pull.words import content
from checks.reader.structure import Hint, hint
from checks.reading import Reading, Role
from checks.subject import AcceptanceCriterion, Issue
from checks.text import Form, Unit, table_heads

MOST = 50  # acceptance criteria that are read; an issue with more is too large to be handed over

_REMEMBERED = 4 * MOST
_FEWEST = 2  # content words below which a promise cannot be told from others
_ALIKE = 0.5  # likeness from which a line is an old one in new words
_LISTED = frozenset({Form.ITEM, Form.TASK, Form.ROW})
_OTHER_LISTS = frozenset({Hint.TASKS, Hint.OUTSIDE, Hint.BOUND})
_NUMBER = r"[ _#-]{0,2}\d{1,3}(?:\.\d{1,2})?[a-z]?"
_LONG = rf"(?:ACC?|REQ|N?FR|BR|DOD|CRITERION|REQUIREMENT){_NUMBER}"
_MARK = r"[:.)|\N{EN DASH}\N{EM DASH}-]"
_WRITTEN = re.compile(
    rf"\s*(?:[(\[](?P<framed>{_LONG}|[ACR]{_NUMBER})[)\]]\s*{_MARK}?"
    rf"|(?P<plain>{_LONG})(?:\s*{_MARK}|(?=\s))|(?P<short>[ACR]\d{{1,3}})\s*{_MARK})\s*(?=\S)",
    re.IGNORECASE,
)
_NOT_KEY = re.compile(r"[^\w.]|_")
_ZEROS = re.compile(r"(?<=[A-Z])0+(?=\d)")

AcceptanceCriteria = tuple[AcceptanceCriterion, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """One acceptance criterion whose words changed since pick-up: both versions, under its one id."""

    was: AcceptanceCriterion
    now: AcceptanceCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What became of the acceptance criteria since pick-up; the present ones carry the ids they keep."""

    unchanged: AcceptanceCriteria = ()
    reworded: tuple[Reworded, ...] = ()
    dropped: AcceptanceCriteria = ()
    added: AcceptanceCriteria = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.reworded or self.dropped or self.added)


def of(issue: Issue) -> AcceptanceCriteria:
    """The acceptance criteria of an issue, in the order of its text, as the default reader finds them."""
    return of_reading(LocalReader().issue(issue))


def of_reading(reading: Reading) -> AcceptanceCriteria:
    """Those of an issue that was read: an id that its author wrote is kept, the others are AC1, AC2 and so on."""
    taken: set[str] = set()
    found = []
    for each in (_parted(unit) for unit in _promises(reading)[:MOST]):
        is_free = key(each.written) not in taken
        found.append(each if is_free else replace(each, written=""))
        taken.add(key(each.written))
    return carried((), tuple(found))


def key(identifier: str) -> str:
    """An id as it is compared: "ac 03", "[AC-3]" and "AC3" are one."""
    return _ZEROS.sub("", _NOT_KEY.sub("", identifier).upper())


def carried(kept: AcceptanceCriteria, now: AcceptanceCriteria) -> AcceptanceCriteria:
    """The present acceptance criteria under their old ids; what is new gets its author's id, else the next free one."""
    free = _free({key(each.id) for each in kept} | {key(each.written) for each in now})
    before = _before(kept, now)
    return tuple(
        replace(each, id=old.id if old else each.written or next(free)) for each, old in zip(now, before, strict=True)
    )


def drift(kept: AcceptanceCriteria, now: AcceptanceCriteria) -> Drift:
    """What became of those kept at pick-up: order, spaces, ticks and slips are no drift, and without any nothing is."""
    present = carried(kept, now)
    if not kept:
        return Drift(unchanged=present)
    old = {each.id: each for each in kept}
    first = {name: each for name, each in old.items() if not each.is_later}
    same = {each.id for each in present if each.id in first and _says_the_same(first[each.id], each)}
    left = {each.id for each in present}
    return Drift(
        unchanged=tuple(each for each in present if each.id in same),
        reworded=tuple(Reworded(first[each.id], each) for each in present if each.id in first.keys() - same),
        dropped=tuple(each for name, each in first.items() if name not in left),
        added=tuple(each for each in present if each.id not in first),
    )


def remembered(kept: AcceptanceCriteria, now: AcceptanceCriteria) -> AcceptanceCriteria:
    """What to keep after an edit: all that was kept, and what came later, so that its id is never another's."""
    known = {each.id for each in kept}
    later = (replace(each, is_later=True) for each in carried(kept, now) if each.id not in known)
    return (*kept, *later)[:_REMEMBERED]


def _promises(reading: Reading) -> list[Unit]:
    """The listed lines that verify, or, where nothing is listed, the sentences."""
    heads = set(table_heads(reading.document.units))
    checks = [unit for unit in reading.units(Role.CHECK) if unit.line not in heads]
    listed = [unit for unit in checks if unit.form in _LISTED]
    if any(hint(unit.heading) is Hint.ACCEPTANCE for unit in listed):
        listed = [unit for unit in listed if not _is_other_list(unit.heading)]
    chosen = listed or [unit for unit in checks if unit.form is Form.PROSE and unit.line]
    return [unit for unit in chosen if len(content(unit.text)) >= _FEWEST]


def _is_other_list(heading: str) -> bool:
    """Whether what stands below a heading is done or left out, not seen once it is done."""
    return hint(heading) in _OTHER_LISTS or heading.lower().startswith("task")


def _parted(unit: Unit) -> AcceptanceCriterion:
    match = _WRITTEN.match(unit.text)
    if match is None:
        return AcceptanceCriterion("", unit.text, unit.line)
    written = match["framed"] or match["plain"] or match["short"]
    return AcceptanceCriterion(written, unit.text[match.end() :], unit.line, written=written)


def _free(taken: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"AC{number}") not in taken)


def _before(kept: AcceptanceCriteria, now: AcceptanceCriteria) -> list[AcceptanceCriterion | None]:
    """For each present one the kept one that it was: by the id its author wrote, by the same words, by alike words."""
    before: list[AcceptanceCriterion | None] = [None] * len(now)
    left = {key(each.id): each for each in kept}
    for at, each in enumerate(now):
        before[at] = left.pop(key(each.written), None)
    for at, each in enumerate(now):
        if before[at] is None:
            same = next((name for name, old in left.items() if _says_the_same(old, each)), "")
            before[at] = left.pop(same, None)
    for at, name in _alike(left, {at: each for at, each in enumerate(now) if before[at] is None}):
        before[at] = left.pop(name)
    return before


def _alike(left: dict[str, AcceptanceCriterion], now: dict[int, AcceptanceCriterion]) -> list[tuple[int, str]]:
    """The pairs that are alike enough, each of both sides once, the most alike first."""
    old = {name: wording.tokens(each.text) for name, each in left.items()}
    new = {at: wording.tokens(each.text) for at, each in now.items()}
    pairs = [(wording.likeness(one, other), at, name) for at, other in new.items() for name, one in old.items()]
    chosen: list[tuple[int, str]] = []
    for how, at, name in sorted(pairs, key=lambda pair: -pair[0]):
        if how >= _ALIKE and at in new and name in old:
            chosen.append((at, name))
            del new[at], old[name]
    return chosen


def _says_the_same(one: AcceptanceCriterion, other: AcceptanceCriterion) -> bool:
    return wording.same(wording.tokens(one.text), wording.tokens(other.text))
