"""What speaks for a sentence of a pull request being a reason: words that announce one, and the way it tells."""

import re
from enum import StrEnum
from itertools import pairwise

from checks.reader.phrases import Phrases, load, words
from checks.reader.pull.words import is_change


class Ground(StrEnum):
    """One thing that speaks for a reason, or against it."""

    CAUSE = "cause"
    AIM = "aim"
    PURPOSE = "purpose"  # "to ensure": often the change again, in other words
    DEFECT = "defect"  # names what was wrong, and where
    TROUBLE = "trouble"
    DENIAL = "denial"  # something is not so; a specification says that too
    STATE = "state"  # how it was before, or is elsewhere
    NEED = "need"
    SETTING = "setting"  # tells of a situation; little alone
    STRAIN = "strain"  # what it costs: time, memory, money, work done by hand
    OFTEN = "often"  # when it happens, or how often
    PEOPLE = "people"  # somebody who uses or runs the system does or meets something
    PAST = "past"  # something happened
    FIGURE = "figure"  # a measure of time, size, share or money
    EFFECT = "effect"
    GENERIC = "generic"  # said of any change; nothing alone
    ABOUT = "about"  # of the pull request, how it was made or what may follow, not of the change
    HOLLOW = "hollow"  # stands where a reason should: "as requested"


_GROUNDS = Phrases((Ground(name), phrases) for name, phrases in load("pull_reason"))
_WORDS = {name: frozenset(group) for name, group in load("pull_state")}
_ANYBODY = _WORDS["people"] | _WORDS["person"]
_DIGIT = re.compile(r"\d")  # without one the expression below finds nothing
_FIGURE = re.compile(
    r"(?<![\w.])[$\u20ac]?\d[\d.,]{0,15}\s?(?:(?:ms|s|secs?|seconds?|min|mins|minutes?|h|hours?|days?|weeks?|months?|years?"
    r"|[KMGTkmgt]i?B|bytes?|rps|USD|EUR|dollars?|euros?|times)\b|[%$\u20ac])"
    r"|\bsince v?\d|[$\u20ac]\d",
)
_CLAUSES = re.compile(r"[,;:()\N{EN DASH}\N{EM DASH}]|\b(?:and|but|so|while|that|which|what)\b")
_TELLING = frozenset({Ground.STRAIN, Ground.OFTEN})
_FIRST = 3  # words of a clause among which its subject stands
_MOST = 40  # clauses that are looked at


def grounds(text: str, sentence: list[str]) -> frozenset[Ground]:
    """What speaks in a sentence for a reason; `sentence` holds the words of the spoken part of `text`.

    What begins it with a deed ("Fixing the names") is what was done, not what something else was done for.
    """
    found = {hit.label for hit in _GROUNDS.find(sentence) if hit.at or not _is_done(hit.phrase)}
    if _DIGIT.search(text) and _FIGURE.search(text):
        found |= {Ground.FIGURE, Ground.STRAIN} if _WORDS["taking"] & set(sentence) else {Ground.FIGURE}
    if _is_past(sentence):
        found.add(Ground.PAST)
    if not _ANYBODY.isdisjoint(sentence) and any(
        _has_people(words(clause)) for clause in _CLAUSES.split(text.lower(), _MOST)[:_MOST]
    ):
        found.add(Ground.PEOPLE)
    return frozenset(found)


def _is_done(word: str) -> bool:
    """Whether a word is a verb of change as lists of changes use it: "fixing", "avoiding"."""
    return word.endswith("ing") and is_change(word)


def announcing(sentence: list[str]) -> frozenset[str]:
    """The words of a sentence that only announce a reason; a list of nothing else is no reason."""
    return frozenset(
        word for hit in _GROUNDS.find(sentence) if hit.label not in _TELLING for word in hit.phrase.split()
    )


def is_new(sentence: list[str]) -> bool:
    """Whether a sentence tells how things are with the change: "Rows are now kept", "Rows are added"."""
    if any(before in _WORDS["is"] and is_change(word) for before, word in pairwise(sentence)):
        return True
    return any(
        word == "now" and before not in _WORDS["before-now"] and after != "that"
        for before, word, after in zip(["", *sentence], sentence, [*sentence[1:], ""], strict=False)
    )


def _has_people(clause: list[str]) -> bool:
    """Whether people are the subject of a clause and do, or meet, something."""
    for at, (before, word) in enumerate(pairwise(["", *clause[:_FIRST]])):
        if word in _WORDS["people"] or (word in _WORDS["person"] and before in _WORDS["one"]):
            after = clause[at + 1 : at + 2]
            return bool(after) and after[0] not in _WORDS["able"] and not (word == "we" and is_change(after[0]))
    return False


def _is_past(sentence: list[str]) -> bool:
    """Whether something happened, other than the change: "two were sent", "the office rejected it"."""
    if sentence[:1] == ["i"]:
        return False
    return any(_happened(*three) for three in zip(["", *sentence], sentence, [*sentence[1:], ""], strict=False))


def _happened(before: str, word: str, after: str) -> bool:
    if word in _WORDS["irregular"]:
        return before not in _WORDS["be"]
    if not word.endswith("ed") or word.endswith("eed") or is_change(word) or word in _WORDS["adjective"] or not before:
        return False
    describes = (
        before in _WORDS["be"] | _WORDS["before-adjective"] or before.endswith("ly") or after in _WORDS["participle"]
    )
    return before in _WORDS["was"] or not describes
