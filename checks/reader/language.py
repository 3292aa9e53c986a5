"""Is a text English: judged by the script its words are written in and by the small words between them."""

import re
from collections.abc import Iterable

from checks.reader.phrases import load
from checks.text import Document, Form, Unit

_SPOKEN = frozenset({Form.PROSE, Form.ITEM, Form.TASK, Form.QUOTE, Form.ROW})

# Code, tags, addresses, mentions, file names, identifiers: the same in every language.
_MARKED = re.compile(r"`[^`]*`|<[^<>]*>")
_TECHNICAL = re.compile(r"[\w)][._/\\:=(]\w|\d|^@")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-Z\u00aa-\u024f\u1e00-\u1eff]")
_WORD_IN_A_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")  # Chinese, Japanese, Korean
_SIGN_WEIGHT = 3  # letters that an English word needs for what one such sign says, about

_SMALL_WORDS = {language: frozenset(words) for language, words in load("language")}
_ENOUGH = 12  # letters; with fewer there is too little to tell


def foreign(document: Document) -> Unit | None:
    """The unit that is the most in another language, None where the text is English or too short to tell."""
    weighed = [(unit, *_letters(unit.text)) for unit in _prose(document.units)]
    other = sum(outside for _, _, outside in weighed)
    if other < _ENOUGH or other <= sum(inside for _, inside, _ in weighed):
        return None
    return max(weighed, key=lambda weight: weight[2] - weight[1])[0]


def is_english(document: Document) -> bool:
    """Whether a text is English, or too short to say that it is not; code, addresses and names do not count."""
    return foreign(document) is None


def _prose(units: Iterable[Unit]) -> Iterable[Unit]:
    return (unit for unit in units if unit.form in _SPOKEN)


def _letters(text: str) -> tuple[int, int]:
    """How many letters of a sentence may be English, and how many are not."""
    spoken = _MARKED.sub(" ", text) if "`" in text or "<" in text else text
    said = " ".join(word for word in spoken.lower().split() if word.isalpha() or not _TECHNICAL.search(word))
    other = 0
    if not said.isascii():
        other = len(_OTHER_SCRIPT.findall(said)) + len(_WORD_IN_A_SIGN.findall(said)) * (_SIGN_WEIGHT - 1)
        said = _OTHER_SCRIPT.sub(" ", said)
    words = _WORD.findall(said)
    letters = sum(map(len, words))
    return (0, other + letters) if _is_foreign(words) else (letters, other)


def _is_foreign(words: list[str]) -> bool:
    """Whether words in Latin letters belong to another language; one small word alone may be a name or a slip."""
    others, english = (sum(map(_SMALL_WORDS[language].__contains__, words)) for language in ("others", "english"))
    return others > english and (others > 1 or not all(map(str.isascii, words)))
