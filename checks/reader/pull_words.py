"""The words of a pull request's sentence: which carry content, which verb leads, what a title already said."""

import re

from checks.reader.phrases import load, words

_REFERENCE = re.compile(r"https?://\S+|(?<!\S)\S*#\d+")  # at the start of a word only, to stay linear
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "ly")
_SHORTEST = 3  # letters of a stem

_LISTS = {name: frozenset(group) for name, group in load("pull_words")}
_STOP = _LISTS["stop"]
_SUBJECTS = _LISTS["subject"]
_STATES = _LISTS["state"]  # end like a verb of change and name a state


def stem(word: str) -> str:
    """A word without its ending, so that "caches", "cached" and "caching" meet; crude on purpose."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


_CHANGE_STEMS = frozenset(stem(verb) for verb in _LISTS["change"])


def content(text: str) -> frozenset[str]:
    """The stems of the words that carry content, code and identifiers taken apart."""
    plain = words(_REFERENCE.sub(" ", text).replace("_", " ").replace("-", " ").replace("/", " "))
    return frozenset(stem(word) for word in plain if word not in _STOP and (len(word) > 1 or word.isdigit()))


def _is_change(word: str) -> bool:
    return stem(word) in _CHANGE_STEMS or stem(word.removeprefix("re").removeprefix("-")) in _CHANGE_STEMS


def led_by_change(sentence: list[str]) -> bool:
    """Whether a sentence begins by naming a change ("Adds", "This PR removes", "I moved") and so says what, not why."""
    for at, word in enumerate(sentence[:6]):
        leads = _is_change(word) or (not at and word.endswith("ed") and word not in _STATES)
        article = word == "the" and sentence[at + 1 : at + 2] and sentence[at + 1] in _SUBJECTS
        if not article and (word not in _SUBJECTS or (leads and not at)):
            return leads
    return False


def news(text: str, title: frozenset[str]) -> int:
    """How many words of content a text has that the title has not."""
    return len(content(text) - title)
