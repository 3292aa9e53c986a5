"""What a part of a pull request is for, read from the words of its heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from checks.reader.phrases import Phrases, load, words
from checks.reader.pull.words import led_by_change
from checks.text import Form, Unit

_LEAD = re.compile(
    r"[*_]{0,3}([A-Za-z][\w' ]{1,38}[\w?])[*_]{0,3}\s?(?::|\s[-\N{EN DASH}\N{EM DASH}])[*_]{0,3}\s+(?=\S)"
)
_COMMENT = 7  # level of a template's question in a comment: below every heading
_LONGEST = 9  # words; a longer line in bold is a sentence, not a heading


class Part(StrEnum):
    """What the text below a heading is expected to say; where one heading names several, the first here counts."""

    CHECKLIST = "checklist"
    QUESTION = "question"
    VERIFICATION = "verification"
    WHY = "why"
    LINK = "link"
    DECISION = "decision"
    WHAT = "what"


_HEADINGS = Phrases((Part(name), phrases) for name, phrases in load("pull_headings"))
_LONGER = {  # phrases that overrule a word inside them
    Part.WHY: ("what is the problem", "which problem", "what problem", "motivation and context", "what was wrong"),
    Part.LINK: (
        "related issue",
        "linked issue",
        "issue number",
        "original issue",
        "tracking issue",
        "issue link",
        "fixed issues",
    ),
    Part.WHAT: ("bug fixes", "bug fix"),
    Part.DECISION: ("breaking change", "known issues"),
}
_PRECEDENCE = tuple(Part)


@lru_cache(maxsize=4096)
def part(heading: str, *, whole: bool = False) -> Part | None:
    """The part that a heading opens; none for a mere topic, a sentence, or a heading that asks for what and why.

    With `whole` every word has to belong to such a heading: "Failed tests: ..." begins a sentence, unlike "Tests: ...".
    """
    spoken = words(heading.replace("(s)", "s"))
    if not spoken or len(spoken) > _LONGEST or (len(spoken) > 2 and led_by_change(spoken)):
        return None
    line = " ".join(spoken)
    for overruling, phrases in _LONGER.items():
        if any(phrase in line for phrase in phrases):
            return overruling
    found = _HEADINGS.find(spoken)
    if whole and len(spoken) > max((len(hit.phrase.split()) for hit in found), default=0):
        return None
    named = {hit.label for hit in found}
    if {Part.WHAT, Part.WHY} <= named:
        return None
    return next((candidate for candidate in _PRECEDENCE if candidate in named), None)


def lead(text: str) -> tuple[str, Part | None]:
    """The label that begins a line, as written, and the part it names: "Why: ..." stands for a heading."""
    match = _LEAD.match(text)
    named = part(match.group(1), whole=True) if match else None
    return (match.group(), named) if match and named else ("", None)


def parts(units: Sequence[Unit]) -> tuple[Part | None, ...]:
    """For each unit the part it stands in: its nearest heading that names one, else the heading above that one."""
    return tuple(_parts(units))


def with_labels(units: Sequence[Unit]) -> Iterator[Unit]:
    """Units with the label on their own line before them again: "Closes: #12" is one thing to GitHub."""
    above: Unit | None = None
    for unit in units:
        yield replace(unit, text=f"{above.text}: {unit.text}") if above and _is_label(above, unit) else unit
        above = unit


def _parts(units: Sequence[Unit]) -> Iterator[Part | None]:
    above: list[tuple[int, Part | None]] = []
    for unit, below in zip(units, (*units[1:], None), strict=True):
        if unit.form is Form.HEADING:
            while above and above[-1][0] >= unit.level:
                above.pop()
            named = part(unit.text, whole=bool(below and _is_label(unit, below)))
            above.append((unit.level, named or (above[-1][1] if above else None)))
        elif unit.form is Form.COMMENT and (not above or above[-1][1] is None or above[-1][0] == _COMMENT):
            above = [*(one for one in above if one[0] != _COMMENT), (_COMMENT, part(unit.text))]
        yield above[-1][1] if above else None


def _is_label(heading: Unit, below: Unit) -> bool:
    return heading.form is Form.HEADING and heading.line == below.line
