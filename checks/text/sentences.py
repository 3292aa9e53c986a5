"""Prose cut into sentences: hard-wrapped lines are joined, lines broken on purpose are not."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

Line = tuple[int, str]  # where it stands in the body, and its words

_NEVER_LAST = re.compile(
    r"[a-z]|e\.g|i\.e|eg|ie|ex|vs|cf|approx|resp|incl|excl|mr|mrs|ms|dr|st|nr|fig|eq|sec|ch|vol|pp|aka", re.IGNORECASE
)
_RARELY_LAST = re.compile(r"etc|al|inc|ltd|corp|co|jr|sr|min|max|no|ver|a\.m|p\.m|.*\.\.", re.IGNORECASE)

# A code span is stepped over whole; a Latin stop counts when white space follows it.
_STOP = re.compile(r"`[^`]*`|[.!?\u2026]['\")\]*_\u201d\u2019\u00bb]*(?=\s)|[\u3002\uff01\uff1f]")
_LAST_WORD = re.compile(r"[^\s()\[\]\"'`*]*$")
_FIRST_WORD = re.compile(r"\S+")
_CONTINUES = re.compile(r"[a-z,;:.)\]&+=|/]")
_LOOK_BACK = 24  # characters looked at for an abbreviation


def sentences(lines: Sequence[Line]) -> Iterator[Line]:
    """The sentences of one paragraph's lines (one at least), each with the line it begins on."""
    for run in _wrapped(lines):
        yield from _split(run)


def _wrapped(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that a margin broke; a line that had room for the next word was ended by its author."""
    width = max(len(text) for _, text in lines)
    run = [lines[0]]
    for number, text in lines[1:]:
        if _ended_on_purpose(run[-1][1], text, width):
            yield run
            run = []
        run.append((number, text))
    yield run


def _ended_on_purpose(line: str, following: str, width: int) -> bool:
    word = _FIRST_WORD.search(following)
    if word is None or _CONTINUES.match(following):
        return False
    return len(line) + 1 + len(word[0]) <= width


def _split(run: list[Line]) -> Iterator[Line]:
    whole = "\n".join(text for _, text in run)
    begin, index, passed = 0, 0, len(run[0][1]) + 1
    for end in chain(_ends(whole), (len(whole),)):
        piece = whole[begin:end]
        start = begin + len(piece) - len(piece.lstrip())
        while start >= passed and index + 1 < len(run):
            index += 1
            passed += len(run[index][1]) + 1
        if piece.strip():
            yield run[index][0], piece.strip().replace("\n", " ")
        begin = end


def _ends(text: str) -> Iterator[int]:
    for stop in _STOP.finditer(text):
        if stop[0][0] != "`" and _is_end(text, stop.start(), stop.end()):
            yield stop.end()


def _is_end(text: str, stop: int, after: int) -> bool:
    if text[stop] not in ".\u2026":
        return True
    before = _LAST_WORD.search(text, max(0, stop - _LOOK_BACK), stop)
    last = before[0] if before else ""
    if last.isdigit():
        return stop > len(last) and text[stop - len(last) - 1] != "\n"
    if _NEVER_LAST.fullmatch(last):
        return False
    unsure = _RARELY_LAST.fullmatch(last) or text[stop] == "\u2026"
    return not (unsure and text[after : after + 2].strip().islower())
