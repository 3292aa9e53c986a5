"""The reviewer's walk: what a reviewer finds of each acceptance criterion, by boxes in our comment or by a command."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from checks.acceptance_criteria import key
from checks.trace import ids
from checks.trace.ids import Group

REMARK = 300  # characters of a remark that are kept

_LINES = 600  # lines of a comment that are read
_LINE = 1_000  # characters of one
_TEXT = 20_000  # characters of a command's text
_BOX = re.compile(r"\s{0,12}[-*+]\s+\[(?P<state>[ xX])\]\s+(?P<said>\S.*)")
_GRADE = re.compile(
    r"[\s`*]*(?:[:=\N{EN DASH}\N{EM DASH}-]|(?:is|are)\b)?[\s`*]*"
    r"(?P<grade>met|part(?:ly|ial|ially)|not|unmet)\b(?:\s+met\b)?",
    re.IGNORECASE,
)
_AROUND = " \t\r\n,;:.*-\N{EN DASH}\N{EM DASH}"  # what parts a remark from its grade and from the next id
_SPAN = re.compile(r"(?P<ticks>`+) ?(?P<words>[^`].*?) ?(?P=ticks)")  # our comment shows a remark as code
_OPENS = re.compile(r"(?:^|[-,;.:(*\n]|\band)[\s`*]*$", re.IGNORECASE)
_AND = re.compile(r"(?:^|[\s,;])and$", re.IGNORECASE)
_BEFORE = 8  # characters before an id that tell whether it begins a step


class Grade(StrEnum):
    """What a reviewer finds of an acceptance criterion."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Step:
    """One acceptance criterion, by its name in the trace, with the reviewer's word and remark."""

    name: str
    grade: Grade
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a text says: steps in the order of the trace, and what cannot be taken from it."""

    steps: tuple[Step, ...] = ()
    unknown: tuple[str, ...] = ()  # ids that are none here, or of two issues, as they are spelt
    contradicted: tuple[str, ...] = ()  # names with two different words


def boxes(text: str, known: Sequence[str]) -> Walk:
    """Read the ticked boxes of a comment; whatever else was edited in it counts for nothing."""
    lines = (line[:_LINE] for line in islice(text.splitlines(), _LINES))
    ticked = (match["said"] for line in lines if (match := _BOX.match(line)) and match["state"] != " ")
    return _walk((step for said in ticked for step in islice(_steps(said), 1)), known)


def words(text: str, known: Sequence[str]) -> Walk:
    """Read a reviewer's sentence: "AC1 met, AC2 partly: no test, AC3 not"; lists and ranges of ids are read too."""
    return _walk(_steps(text[:_TEXT]), known)


def updated(before: Iterable[Step], now: Iterable[Step]) -> tuple[Step, ...]:
    """What is kept of a walk: the newest word on each acceptance criterion."""
    return tuple({step.name: step for step in (*before, *now)}.values())


def _steps(text: str) -> Iterator[tuple[Group, Grade, str]]:
    """Each group of ids that a grade follows; all other words belong to the remark before."""
    graded = [(group, found) for group in _runs(text) if (found := _GRADE.match(text, group.stop))]
    ends = [*(group.start for group, _ in graded), len(text)][1:]
    for (group, found), end in zip(graded, ends, strict=True):
        written = text[found.end() : end].rstrip(
            "`*" if end < len(text) else ""
        )  # marks before the next id are its own
        remark = _AND.sub("", " ".join(written.split()).strip(_AROUND))
        span = _SPAN.fullmatch(remark)
        yield group, _grade(found["grade"]), (span["words"] if span else remark)[:REMARK].strip()


def _runs(text: str) -> list[Group]:
    """The groups of ids; one that stands inside a phrase ("see AC1, AC3 not") does not begin a list."""
    found: list[Group] = []
    for each in ids.single(text, ids.alike(text)):
        whole = ids.joined(found[-1], each, text) if found and _opens(found[-1], text) else None
        found[-1:] = [whole] if whole else [*found[-1:], each]
    return found


def _opens(group: Group, text: str) -> bool:
    return bool(_OPENS.search(text[max(0, group.start - _BEFORE) : group.start]))


def _grade(word: str) -> Grade:
    match word.lower()[:4]:
        case "met":
            return Grade.MET
        case "part":
            return Grade.PARTLY
        case _:
            return Grade.NOT


def _walk(found: Iterable[tuple[Group, Grade, str]], known: Sequence[str]) -> Walk:
    given: dict[str, dict[Grade, Step]] = {}
    unknown: list[str] = []
    for group, grade, remark in found:
        for name in group.keys:
            resolved = _resolved(group.issue, name, known)
            if resolved:
                given.setdefault(resolved, {})[grade] = Step(resolved, grade, remark)
            else:
                unknown.append(f"{group.issue} {name}".strip())
    clear = {name: next(iter(words.values())) for name, words in given.items() if len(words) == 1}
    return Walk(
        steps=tuple(clear[name] for name in known if name in clear),
        unknown=tuple(dict.fromkeys(unknown)),
        contradicted=tuple(name for name in known if name in given.keys() - clear.keys()),
    )


def _resolved(issue: str, identifier: str, known: Sequence[str]) -> str:
    """The name that an id stands for; "" where there is none, or where two issues have it and none is said."""
    found = [
        name
        for name in known
        if key(name.rpartition(" ")[2]) == identifier and name.rpartition(" ")[0].casefold().endswith(issue.casefold())
    ]
    return found[0] if len(found) == 1 else ""
