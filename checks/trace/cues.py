"""The words and marks by which people say how far something is: cues of a clause, ticks and crosses, opposites."""

import re
from enum import StrEnum
from functools import lru_cache

from checks.reader.phrases import Found, Phrases, load, words
from checks.reader.pull.words import stem


class Cue(StrEnum):
    """What a phrase hints at; the lexicon `trace.txt` has a group for each."""

    DONE = "done"
    LEFT_OUT = "left-out"
    NOT_YET = "not-yet"
    TOLD = "told"
    OBLIGED = "obliged"
    PAST = "past"
    UNDONE = "undone"
    NOT = "not"
    ASKED = "asked-of-reader"
    DOING = "doing"
    HEADING_LEFT_OUT = "heading-left-out"
    HEADING_NOT_YET = "heading-not-yet"
    HEADING_SILENT = "heading-silent"


_LEXICON = dict(load("trace"))
_DEEDS = frozenset(_LEXICON.pop("deed"))
_PAIRS = _LEXICON.pop("opposites")
_OPPOSITES = tuple(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CUES = Phrases((Cue(name), phrases) for name, phrases in _LEXICON.items())
_TICKS = re.compile("[\u2705\u2611\u2714\u2713]|:white_check_mark:|:heavy_check_mark:|\\[x\\]", re.IGNORECASE)
_CROSSES = re.compile("[\u274c\u2717\u2718\u2b1c\U0001f6a7\u23f3\u274e]|:x:|:construction:|\\[ \\]")
_MARKS = re.compile(f"({_TICKS.pattern}|{_CROSSES.pattern})", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[;:()\n]|,\s|\s[-\N{EN DASH}\N{EM DASH}]\s|[.!?]\s"
    r"|\b(?:but|while|whereas|because|since|although|though|so that|instead of|rather than)\b"
)
_SIGNS = " .,!?*_`)]"  # what is left of a clause that says nothing
_MOST = 40  # clauses that are looked at
_RECENT = 256
_SMALL = frozenset({"is", "are", "still", "to", "be", "will", "has", "have", "it"})
_WAS = frozenset({"was", "were"})


def found(said: list[str]) -> list[Found[Cue]]:
    """Every cue in a list of words."""
    return _CUES.find(said)


@lru_cache(maxsize=_RECENT)
def cues(text: str) -> frozenset[tuple[Cue, str]]:
    """Each cue of a text with its phrase; what begins a step for somebody else counts at the beginning only."""
    said = words(text)
    return frozenset(
        (each.label, each.phrase)
        for each in found(said)
        if not (each.label is Cue.ASKED and each.at) and not (each.label is Cue.PAST and _tells_deed(said, each.at))
    )


def beside(text: str, about: str) -> set[Cue]:
    """The cues of a text that are not those of the acceptance criterion it repeats."""
    own, stems = _own(about)
    return {cue for cue, phrase in cues(text) if phrase not in own and not _is_repeated(cue, phrase, stems)}


def clauses(text: str) -> list[str]:
    """The clauses of a sentence, in order."""
    return [clause for clause in _CLAUSES.split(text, _MOST) if clause.strip(_SIGNS)]


def tick(text: str) -> bool | None:
    """Whether a line carries a mark for done or for open, as people set them in place of a check box."""
    if text.isascii() and ":" not in text and "[" not in text:
        return None
    if _CROSSES.search(text):
        return False
    return True if _TICKS.search(text) else None


def ticked(text: str) -> list[tuple[bool, str]]:
    """What stands behind each mark of a line: lines that begin with marks flow together where nothing parts them."""
    pieces = _MARKS.split(text, _MOST)
    return [(not _CROSSES.search(mark), rest) for mark, rest in zip(pieces[1::2], pieces[2::2], strict=True)]


def denies(text: str) -> bool:
    """Whether a text says that something is not so."""
    return any(cue is Cue.NOT for cue, _ in cues(text)) or "without" in words(text)


def needs_denial(about: str) -> bool:
    """Whether an acceptance criterion says first what must not be; who leaves that out says another thing."""
    return denies(next(iter(clauses(about)), about))


def contradicts(claim: frozenset[str], about: frozenset[str]) -> bool:
    """Whether a claim says the opposite by one word: "ascending" where "descending" is asked."""
    pairs = ((one, other) for pair in _OPPOSITES for one, other in (pair, pair[::-1]))
    return any(one in about and other not in about and other in claim and one not in claim for one, other in pairs)


def _tells_deed(said: list[str], at: int) -> bool:
    """Whether "was" or "were" belongs to what the author did: "two tests were added"."""
    return said[at] in _WAS and not _DEEDS.isdisjoint(said[at + 1 : at + 3])


@lru_cache(maxsize=_RECENT)
def _own(about: str) -> tuple[frozenset[str], frozenset[str]]:
    """The phrases that hint at something in an acceptance criterion, and the stems of its words."""
    return frozenset(phrase for _, phrase in cues(about)), frozenset(stem(word) for word in words(about))


def _is_repeated(cue: Cue, phrase: str, stems: frozenset[str]) -> bool:
    """Whether a phrase is made of the criterion's own words: "is open" where open timesheets are spoken of."""
    said = phrase.split()
    if cue is Cue.UNDONE:
        return stem(said[0]) in stems
    carrying = [word for word in said if word not in _SMALL]
    return cue is Cue.NOT_YET and bool(carrying) and all(stem(word) in stems for word in carrying)
