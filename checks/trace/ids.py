"""Where a text names acceptance criteria by their ids: alone, in lists and in ranges, with or without their issue."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from checks.acceptance_criteria import key

_ID = re.compile(
    r"(?<![\w#-])(?<!\D/)(?<!\A/)(?<!\w\.)(?P<name>[A-Za-z]{1,11}[ _#-]{0,2}\d{1,3}(?:\.\d{1,2})?[a-z]?)"
    r"(?:[-\N{EN DASH}](?P<last>\d{1,3}))?(?![\w-]|\.\d)"
)
_ISSUE = re.compile(
    r"(?:https?://[\w.:-]{1,80}/(?P<slug>[\w.-]{1,100}/[\w.-]{1,100})/issues/(?P<n>\d{1,9})"
    r"|(?<![\w/.-])(?P<repository>[\w.-]{1,100}/[\w.-]{1,100})?#(?P<number>\d{1,9}))\b"
)
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s|&|/|\+)\s*")
_RANGE = re.compile(r"\s*(?:to\s|through\s|until\s|[-\N{EN DASH}]|\.{2,3})\s*")
_KEY = re.compile(r"([A-Z]+)(\d+)(.*)")
_SHORT = re.compile(r"[A-Z][_-]?\d")  # the only spelling of an id with one letter: "A 2" and "c3" are other things
_BEFORE = 230  # characters before an id in which its issue is named
_MOST = 200  # ids of one line
_APART = 12  # characters between two ids of one group
_WIDEST = 50  # ids of one range


@dataclass(frozen=True, slots=True)
class Group:
    """Some ids that stand together ("AC1, AC2 and AC4", "AC1 to AC3"), and the issue named right before them."""

    start: int
    stop: int
    keys: tuple[str, ...]
    issue: str = ""  # owner/name#7 or #7; "" where none is named


def groups(text: str, known: Collection[str]) -> list[Group]:
    """The groups of ids in a text that are among the known keys, in their order."""
    found: list[Group] = []
    for each in single(text, known):
        whole = joined(found[-1], each, text) if found else None
        found[-1:] = [whole] if whole else [*found[-1:], each]
    return found


def joined(one: Group, other: Group, text: str) -> Group | None:
    """Two groups of a text as one, where only a comma, an "and" or a "to" is between them."""
    between = text[one.stop : other.start]
    if other.issue or len(between) > _APART:
        return None
    if _BETWEEN.fullmatch(between):
        return Group(one.start, other.stop, one.keys + other.keys, one.issue)
    if _RANGE.fullmatch(between):
        return Group(one.start, other.stop, one.keys + _span(one.keys[-1], other.keys[-1]), one.issue)
    return None


def alike(text: str) -> frozenset[str]:
    """The keys of all that is spelt like an id."""
    return frozenset(key(match["name"]) for match in islice(_ID.finditer(text), _MOST))


def issue_in(text: str) -> str:
    """The first issue that a text names, as owner/name#7 or #7; "" where it names none."""
    match = _ISSUE.search(text[:_BEFORE])
    return _spelt(match) if match else ""


def single(text: str, known: Collection[str]) -> Iterator[Group]:
    """Each id of a text that is among the known keys, by itself; a range such as AC1-3 is one."""
    for match in islice(_ID.finditer(text), _MOST):
        name, last = match["name"], match["last"]
        first = key(name)
        if first not in known or (not first[1].isalpha() and not _SHORT.match(name)):
            continue
        start, issue = _with_issue(text, match.start())
        ranged = _span(first, first.rstrip("0123456789") + last) if last else ()
        yield Group(start, match.end(), (first, *ranged), issue)


def _with_issue(text: str, start: int) -> tuple[int, str]:
    """Where an id begins with the issue named right before it, and that issue."""
    begin = max(0, start - _BEFORE)
    for match in _ISSUE.finditer(text, begin, start):
        if not text[match.end() : start].strip(" :/,`"):
            return match.start(), _spelt(match)
    return start, ""


def _spelt(match: re.Match[str]) -> str:
    return f"{match['slug'] or match['repository'] or ''}#{match['n'] or match['number']}"


def _span(first: str, last: str) -> tuple[str, ...]:
    """The keys after the first up to the last of a range, as far as there is one."""
    begin, end = _KEY.fullmatch(first), _KEY.fullmatch(last)
    if not begin or not end or begin[1] != end[1]:
        return (last,)
    numbers = range(int(begin[2]) + 1, int(end[2]) + 1)[:_WIDEST]
    return tuple(f"{begin[1]}{number}" for number in numbers) or (last,)
