"""Which lines of a pull request robots wrote: blocks, trailers, notes; the prose of an agent is its author's."""

import re

from checks.reader.phrases import load, words
from checks.text import Document, Form, Unit

_MARKS = dict(load("pull_robots"))
_ENDS = re.compile(r"^\s*(?:/|end\b)|\bend of\b|:end\s*$", re.IGNORECASE)


def written_by_robots(document: Document) -> frozenset[int]:
    """The numbers of the units that robots wrote."""
    return frozenset((*_blocks(document), *_sections(document), *_lines(document), *_dependency(document)))


def _has(unit: Unit, group: str) -> bool:
    text = unit.text.lower()
    return any(mark in text for mark in _MARKS[group])


def _blocks(document: Document) -> list[int]:
    """What stands between a robot's two comments; a comment that nothing closes is only itself."""
    opened: tuple[int, str] | None = None
    found = []
    for number, unit in enumerate(document.units):
        if unit.form is not Form.COMMENT or not _has(unit, "comment"):
            continue
        found.append(number)
        if opened and (unit.text == opened[1] or _ENDS.search(unit.text)):
            found.extend(range(opened[0], number))
            opened = None
        else:
            opened = opened or (number, unit.text)
    return found


def _sections(document: Document) -> list[int]:
    """A heading of a robot and what stands below it, to the next heading as high."""
    level, found = 0, []
    for number, unit in enumerate(document.units):
        if unit.form is Form.HEADING and (not level or unit.level <= level):
            level = unit.level if _has(unit, "heading") else 0
        if level:
            found.append(number)
    return found


def _lines(document: Document) -> list[int]:
    return [number for number, unit in enumerate(document.units) if unit.line and _has(unit, "line")]


def _dependency(document: Document) -> list[int]:
    """Everything below a dependency robot's list of versions: notes and commits of somebody else's project."""
    bumped = False
    found: list[int] = []
    for number, unit in enumerate(document.units):
        if bumped and (found or _has(unit, "dependency")):
            found.append(number)
        bumped = bumped or bool(unit.line and _bumps(words(unit.text)))
    return found


def _bumps(sentence: list[str]) -> bool:
    if sentence[:5] == ["this", "pr", "contains", "the", "following"]:
        return True
    return sentence[:1] in (["bumps"], ["updates"]) and {"from", "to"} <= set(sentence)
