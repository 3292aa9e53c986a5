"""Whether a reply says something: a fact, a choice, a yes or no, a value, or that the issue says it now."""

import re
from collections.abc import Sequence

from checks.reader.comment import Sentence, listed, phrases, puts_off
from checks.reader.concrete import shapes
from checks.reader.phrases import spoken, words

_HOLLOW = listed("hollow")
_ASSENT = listed("assent")
_EITHER = phrases("either")
_CLAUSES = re.compile(r"(?:, but|;|, so far|, though) ")
_THUMBS = re.compile("\N{THUMBS UP SIGN}|:\\+1:|:thumbsup:|\N{WHITE HEAVY CHECK MARK}")
_OPEN_WORD = re.compile(r"\b(?:what|which|how|where|when|who|whose|why)\b", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)


def answer_in(sentences: Sequence[Sentence], question: str) -> tuple[Sentence, ...]:
    """The sentences of a reply that have substance for a question; none where it only promises, thanks or asks back."""
    return tuple(one for one in sentences if not one.asks and _answers(one, question))


def _answers(sentence: Sentence, question: str) -> bool:
    return any(_has_substance(clause, question) for clause in _CLAUSES.split(sentence.text))


def _has_substance(clause: str, question: str) -> bool:
    said = words(_THUMBS.sub(" yes ", spoken(clause)))
    if puts_off(said):
        return False
    if _EITHER.find(said) or shapes(clause):
        return True
    left = [word for word in said if word not in _HOLLOW]
    if left and all(word in _ASSENT for word in left):
        return not (_OPEN_WORD.search(question) or _OR.search(question))
    return any(word not in _ASSENT for word in left)
