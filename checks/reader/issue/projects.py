"""Several projects in one issue: a long list of work whose items have nothing in common."""

from collections import Counter

from checks.reader.issue.words import stems
from checks.reader.phrases import words
from checks.reading import Reading, Role
from checks.text import Form, Unit

_ITEMS = frozenset({Form.ITEM, Form.TASK})
_MANY = 7
_COMMON = 3  # one in so many items shares a word where they belong together


def projects(reading: Reading) -> tuple[Unit, ...]:
    """The items where each is a project of its own, none where they share the title's words or one another's."""
    items = _listed(reading)
    if len(items) < _MANY:
        return ()
    said = [stems(words(item.text)) for item in items]
    shared = Counter(stem for stems_of in said for stem in stems_of)
    named = stems(words(reading.document.units[0].text))
    akin = sum(not named.isdisjoint(stems_of) for stems_of in said)
    together = max(akin, *shared.values(), 0)
    return items if together * _COMMON < len(items) else ()


def _listed(reading: Reading) -> tuple[Unit, ...]:
    """The items of work, where nothing says what they come to together."""
    if reading.units(Role.CHECK):
        return ()
    wanted = reading.units(Role.WANTED, Role.ONGOING)
    return tuple(unit for unit in wanted if unit.form in _ITEMS and unit.indent <= 1)
