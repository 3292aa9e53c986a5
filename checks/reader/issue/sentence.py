"""One unit of an issue with the hints found in it: its words, cues, concrete things, and what its heading promises."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.reader.concrete import Shape, shapes
from checks.reader.issue.cues import ACTIONS, LEXICON, Cue
from checks.reader.issue.words import is_hollow, stems
from checks.reader.phrases import spoken, words
from checks.reader.structure import Hint, hint
from checks.text import Document, Form, Unit
from checks.verdict import TITLE_LINE

# A fact, where a version, a name or an address alone would be none.
FACTS = frozenset(Shape) - {Shape.IMAGE, Shape.URL, Shape.VERSION, Shape.NAME}
_CODE_READ = 400  # characters of a line of code whose words count
_BEGINNING = 80  # characters that tell an imperative
_CODE_MARK = "`"
_PREFIX = re.compile(
    r"^\s*(?!(?:error|exception|warning)\b)"
    r"(?:\[[^\[\]]{1,40}\]|[\w./-]{1,30}(?:\([^()]{1,60}\))?!?:(?!:)|\w{1,10} ?[-|] )\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W{0,3}([A-Za-z][A-Za-z ']{2,28}):\W*(?=\S)")  # "Expected result: the list is empty"
_POLITE = frozenset({"please", "also", "so", "then", "and", "let's", "lets", "just", "automatically"})
_NO_OBJECT = frozenset(
    {"of", "is", "are", "was", "were", "does", "doesn't", "fails", "failed", "has", "and", "or", "by"}
)

_OBJECTS = frozenset({"the", "a", "an", "its", "all", "every", "no", "it", "them", "this", "these", "those"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit as the reader sees it before it gives roles."""

    unit: Unit
    hint: Hint | None  # what the heading above, or a label at the line's beginning, promises
    words: list[str]
    cues: Mapping[Cue, int]  # each cue found, with the number of its first word
    shapes: frozenset[Shape]
    is_imperative: bool
    asks: bool  # ends in a question mark
    is_hollow: bool = False  # says the title again, or that all will be well

    @property
    def is_title(self) -> bool:
        """Whether this is the issue's title."""
        return self.unit.line == TITLE_LINE

    @property
    def is_code(self) -> bool:
        """Whether this is a line of code or output."""
        return self.unit.form is Form.CODE

    @property
    def has_fact(self) -> bool:
        """Whether something concrete stands in it."""
        return not FACTS.isdisjoint(self.shapes)

    @property
    def expects(self) -> bool:
        """Whether it says what is expected; "works as expected" says no more than that it works."""
        return Cue.EXPECTED in self.cues and Cue.FINE not in self.cues

    def has(self, *cues: Cue) -> bool:
        """Whether one of the cues was found."""
        return not self.cues.keys().isdisjoint(cues)


def sentences(document: Document) -> Iterator[Sentence]:
    """Every unit with its hints, in the order of the text."""
    title = stems(words(document.units[0].text))
    return (_mute(unit) if unit.form in _MUTE else _sentence(unit, title) for unit in document.units)


_MUTE = frozenset({Form.CODE, Form.HEADING, Form.COMMENT})


def _mute(unit: Unit) -> Sentence:
    said = words(unit.text[:_CODE_READ])
    return Sentence(unit, hint(unit.heading), said, {}, frozenset(), is_imperative=False, asks=False)


def _sentence(unit: Unit, title: frozenset[str]) -> Sentence:
    text, promised, prefix = unit.text, hint(unit.heading), ""
    if unit.line == TITLE_LINE:
        prefix, text = _parted(text)
    elif label := _LABEL.match(text):
        promised = hint(label.group(1)) or promised
    said = words(spoken(text))
    cues = _cues(said)
    if prefix and Cue.ENDLESS in _cues(words(prefix)):  # "Epic: ..."
        cues[Cue.ENDLESS] = 0
    asks = text.rstrip(" *_)").endswith("?")
    is_imperative = not text.startswith(_CODE_MARK) and _is_imperative(words(text[:_BEGINNING]))  # `GET /x` tells
    hollow = is_hollow(said, title)
    return Sentence(unit, promised, said, cues, shapes(text), is_imperative, asks, hollow)


def _parted(title: str) -> tuple[str, str]:
    """A title's prefix, as in "[Bug]: api: ...", and the rest."""
    at = 0
    for _ in range(2):
        match = _PREFIX.match(title[at:])
        at += match.end() if match else 0
    return title[:at], title[at:]


def _cues(said: list[str]) -> dict[Cue, int]:
    cues: dict[Cue, int] = {}
    buzzing = 0
    for found in LEXICON.find(said):
        cues[found.label] = min(found.at, cues.get(found.label, found.at))
        buzzing += found.label is Cue.BUZZ
    if buzzing == 1:
        del cues[Cue.BUZZ]  # one such word may slip into any sentence
    burden, modal = cues.get(Cue.BURDEN), cues.get(Cue.MODAL)
    if burden is not None and modal is not None and burden <= modal <= burden + 1:
        del cues[Cue.MODAL]  # "you have to restart it" obliges nobody
    return cues


def _is_imperative(said: list[str]) -> bool:
    if said[:1] == ["don't"] or said[:2] == ["do", "not"]:
        return True
    at = next((at for at, word in enumerate(said[:4]) if word not in _POLITE), None)
    if at is None or said[at] not in ACTIONS:
        return False
    after = said[at + 1 : at + 3]
    is_subject = len(after) == 2 and after[0].endswith("s") and after[1] in _OBJECTS  # "Export drops the last row"
    is_adjective = len(after) == 2 and after[0] == "failed" and after[1].endswith("s")  # "Retry failed invoices"
    return is_adjective or not (is_subject or (after and after[0] in _NO_OBJECT))
