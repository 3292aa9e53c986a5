"""What a sentence of a pull request says beside what and why: a choice, a limit, a question, a check."""

import re
from enum import StrEnum

from checks.reader.concrete import Shape, shapes
from checks.reader.phrases import Phrases, load, spoken, words
from checks.reader.pull_words import led_by_change


class Cue(StrEnum):
    """What a phrase hints at."""

    CHOICE = "choice"  # something was chosen, rejected or left out
    LIMIT = "limit"  # a bound of the change, without a word on what was chosen
    QUESTION = "question"  # somebody has to decide
    TESTED = "tested"  # it was checked; clear wherever it stands
    RAN = "ran"  # it was run or looked at; clear only beside a check
    WRITTEN = "written"  # tests were written
    HONEST = "honest"  # says what was not checked
    FAILED = "failed"  # says what failed; clear only beside a check


_CUES = Phrases((Cue(name), phrases) for name, phrases in load("pull_roles"))
_PROOFS = frozenset({Shape.CODE, Shape.IMAGE, Shape.URL, Shape.FLAG, Shape.FAULT, Shape.NUMBER, Shape.CALL})
_NAMED_TEST = re.compile(r"\b(?:test_\w+|Test[A-Z]\w+|\w+_test\b|\w+\.(?:test|spec)\.\w+|\w+(?:Test|Tests|Spec)\b)")


def cues(text: str) -> frozenset[Cue]:
    """What the phrases of a sentence hint at."""
    return frozenset(found.label for found in _CUES.find(words(spoken(text))))


def asks(text: str) -> bool:
    """Whether a sentence is a question."""
    return text.rstrip(" *_)").endswith("?")


def proves(text: str) -> bool:
    """Whether words on a check can be followed by another person: a command, a named test, a figure, a picture."""
    if _NAMED_TEST.search(text):
        return True
    hints = cues(text)
    if hints & {Cue.HONEST, Cue.FAILED}:
        return True
    only_written = not hints & {Cue.RAN, Cue.TESTED} and (Cue.WRITTEN in hints or led_by_change(words(spoken(text))))
    return not only_written and bool(shapes(text) & _PROOFS)
