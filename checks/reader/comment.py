"""A comment cut into the sentences that its author says there: no quotes, no code, no commands, nothing hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from checks.reader.phrases import Phrases, load, spoken, words
from checks.text import Form, Unit, parse
from checks.text.sentences import sentences

COMMAND = "/handoff"
_UNSAID = frozenset({Form.CODE, Form.QUOTE, Form.COMMENT, Form.IMAGE})
_LEXICON = load("comment")
_PUTTING_OFF = Phrases((None, phrases) for name, phrases in _LEXICON if name == "putting-off")
# "410." alone is an answer; to Markdown it is an empty list.
_LONE_NUMBER = re.compile(r"^([ \t]{0,12}(?:(?:\d{1,9}[.)]|[-*+])[ \t]{1,4})?\d{1,9})[.)][ \t\r]*$", re.MULTILINE)
_LONGEST = 600  # characters of a sentence that are read; a longer one is a dump
_TRAILING = " *_)~"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a comment."""

    line: int
    text: str
    form: Form
    block: int  # the number of the paragraph or item it stands in
    heading: str  # the nearest heading above
    checked: bool | None = None  # a check box's state

    @cached_property
    def words(self) -> list[str]:
        """Its lower-case words, without code, addresses and mentions."""
        return words(spoken(self.text))

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark of its own, not in one that it quotes."""
        return self.text.rstrip(_TRAILING).endswith("?")


def phrases(*names: str) -> Phrases[str]:
    """A lexicon of some groups of `lexicon/comment.txt`, labelled with the groups' names."""
    return Phrases((name, group) for name, group in _LEXICON if name in names)


def listed(name: str) -> frozenset[str]:
    """The phrases of one group of `lexicon/comment.txt`."""
    return frozenset(phrase for group, listed_phrases in _LEXICON if group == name for phrase in listed_phrases)


def said(text: str) -> tuple[Sentence, ...]:
    """The sentences of a comment in their order, each with its line; linear in the text's length."""
    return tuple(_sentences(parse("", _LONE_NUMBER.sub(r"\1", text)).units[1:], text))


def lines_of(text: str) -> list[str]:
    """The lines of a text as its sentences count them, from 1."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def puts_off(said_words: list[str]) -> bool:
    """Whether words only promise, thank or wonder: "will check", "good question", "let me ask Bob"."""
    return bool(_PUTTING_OFF.find(said_words))


def _sentences(units: tuple[Unit, ...], text: str) -> Iterator[Sentence]:
    lines = lines_of(text)
    blanks = list(accumulate((not line.strip() for line in lines), initial=0))  # above each line, by its number
    place, block = (-1, Form.PROSE), 0
    for number, unit in enumerate(units):
        if unit.form in _UNSAID or unit.text.startswith(COMMAND):
            continue
        here = (blanks[min(unit.line, len(blanks) - 1)] if unit.form is Form.PROSE else ~number, unit.form)
        block += here != place
        place = here
        for line, piece in sentences([(unit.line, unit.text)]):
            yield Sentence(line, piece[:_LONGEST], unit.form, block, unit.heading, unit.checked)
