"""Find words and phrases of a lexicon in a sentence: one pass over its words, however large the lexicon."""

import re
from collections.abc import Iterable
from importlib.resources import files
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_UNSPOKEN = re.compile(r"`+[^`]*`+|<[^<>]*>|\b(?:i\.e|e\.g)\b|(?:https?|ftp)://\S+|@[\w-]+")
_MARKS = ("`", "<", "://", "@", "i.e", "e.g")
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"


class Found(NamedTuple, Generic[T]):
    """One phrase found: what it stands for, its spelling in the lexicon and the number of its first word."""

    label: T
    phrase: str
    at: int


class Phrases(Generic[T]):
    """A lexicon of lower-case phrases: single words, and longer ones looked up by their first two."""

    def __init__(self, groups: Iterable[tuple[T, Iterable[str]]]) -> None:
        """Take groups of phrases, each with what it stands for; words are parted by one space."""
        self._single: dict[str, list[tuple[T, str]]] = {}
        self._longer: dict[tuple[str, str], list[tuple[T, str, list[str]]]] = {}
        for label, phrases in groups:
            for phrase in phrases:
                first, *rest = phrase.split(" ")
                if rest:
                    self._longer.setdefault((first, rest[0]), []).append((label, phrase, rest[1:]))
                else:
                    self._single.setdefault(first, []).append((label, phrase))

    def find(self, words: list[str]) -> list[Found[T]]:
        """Every phrase of the lexicon in a list of lower-case words: single words in their order, then the longer."""
        single, longer = self._single, self._longer
        found = [
            Found(label, phrase, at)
            for at, word in enumerate(words)
            if word in single
            for label, phrase in single[word]
        ]
        for at, pair in enumerate(pairwise(words)):
            if pair in longer:
                found += (
                    Found(label, phrase, at)
                    for label, phrase, rest in longer[pair]
                    if not rest or words[at + 2 : at + 2 + len(rest)] == rest
                )
        return found


def load(name: str) -> list[tuple[str, list[str]]]:
    """Read `lexicon/NAME.txt`: groups in their order, `[label]` above phrases parted by commas; `#` comments."""
    groups: list[tuple[str, list[str]]] = []
    for line in (files("checks.reader") / "lexicon" / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            groups.append((line.strip("[]"), []))
        elif line and not line.startswith("#"):
            groups[-1][1].extend(phrase for part in line.split(",") if (phrase := part.strip()))
    return groups


def spoken(text: str) -> str:
    """A sentence without what is not language: code spans, tags, addresses and mentions."""
    return _UNSPOKEN.sub(" ", text) if any(mark in text for mark in _MARKS) else text


def words(text: str) -> list[str]:
    """The lower-case words of a sentence, apostrophes made straight."""
    return _WORD.findall(text.lower().replace(_CURLED, "'"))
