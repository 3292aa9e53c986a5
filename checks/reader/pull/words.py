"""The words of a pull request's sentence: which carry content, which verb leads, what a title already said."""

import re
from functools import lru_cache

from checks.reader.phrases import Phrases, load, spoken, words

_REFERENCE = re.compile(r"https?://\S+|(?<!\S)\S*#\d+")  # at the start of a word only, to stay linear
_ENDINGS = ("ing", "ed", "es", "s", "e", "ly")
_RECENT = 64  # sentences remembered
_SHORTEST = 3  # letters of a stem
_OPENING_WORDS = 1  # before a phrase that marks a closing remark

_LISTS = {name: frozenset(group) for name, group in load("pull_words")}
_STOP = _LISTS["stop"]
_SUBJECTS = _LISTS["subject"]
_ITSELF = _LISTS["itself"]
_BEING = _LISTS["being"]
_STATES = _LISTS["state"]  # end like a verb of change and name a state


def stem(word: str) -> str:
    """A word without its ending, so that "caches", "cached" and "caching" meet; crude on purpose."""
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST + 1:
        word = word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


_CLOSING = Phrases([(None, _LISTS["closing"])])
_AFTER_NOUN = _LISTS["after-noun"]
_FILLER = frozenset(stem(part) for word in _LISTS["filler"] for part in word.split("-"))
_CHANGE_STEMS = frozenset(stem(verb) for verb in _LISTS["change"])


@lru_cache(maxsize=_RECENT)
def said(text: str) -> list[str]:
    """The words of a sentence without what is not language; asked for again and again while one sentence is read."""
    return words(spoken(text))


@lru_cache(maxsize=_RECENT)
def content(text: str) -> frozenset[str]:
    """The stems of the words that carry content, code and identifiers taken apart."""
    plain = words(_REFERENCE.sub(" ", text).replace("_", " ").replace("-", " ").replace("/", " "))
    return frozenset(stem(word) for word in plain if word not in _STOP and (len(word) > 1 or word.isdigit()))


def is_change(word: str) -> bool:
    """Whether a word is a form of a verb that names a change."""
    return stem(word) in _CHANGE_STEMS or stem(word.removeprefix("re").removeprefix("-")) in _CHANGE_STEMS


def led_by_change(sentence: list[str]) -> bool:
    """Whether a sentence begins by naming a change ("Adds", "This PR removes", "I moved") and so says what, not why."""
    return not _is_noun(sentence) and _names_change(sentence)


def _is_noun(sentence: list[str]) -> bool:
    """Whether the first word, a change by its form, is what the sentence speaks of: "Reads are slow"."""
    after = sentence[1:3]
    if after[:1] == ["and"]:
        return len(after) > 1 and after[1] not in _STOP and not is_change(after[1])
    return bool(after) and after[0] in _AFTER_NOUN


def _names_change(sentence: list[str]) -> bool:
    for at, word in enumerate(sentence[:6]):
        leads = is_change(word) or (not at and word.endswith("ed") and word not in _STATES)
        article = word == "the" and sentence[at + 1 : at + 2] and sentence[at + 1] in _SUBJECTS
        if not article and not (at and _is_manner(word)) and (word not in _SUBJECTS or (leads and not at)):
            return leads or _is_deed(sentence[:at], word)
    return False


def _is_manner(word: str) -> bool:
    """Whether a word before a verb only says how: "This comprehensively reduces the log"."""
    return word.endswith("ly") and not is_change(word)


def _is_deed(before: list[str], word: str) -> bool:
    """Whether a word is what a pull request does: whatever follows its name, unless it tells of a state or a need."""
    return before[:1] == ["this"] and before[-1] in _ITSELF and word.endswith("s") and word not in _BEING


def closes(sentence: list[str]) -> bool:
    """Whether a sentence only opens or closes the talk with its readers: "Thanks for the review", "See commits"."""
    return any(found.at <= _OPENING_WORDS for found in _CLOSING.find(sentence))


def news(text: str, title: frozenset[str]) -> int:
    """How many words of content a text has that the title has not."""
    return len(content(text) - title)


def substance(text: str, title: frozenset[str]) -> int:
    """How many words of content a text has that neither its title has nor any change could claim."""
    return len(content(text) - title - _FILLER)
