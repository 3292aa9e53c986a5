"""The questions of a comment: which of its sentences need the team's answer, and what they are about."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from checks.questions import asks
from checks.questions.about import criterion
from checks.reader.comment import Sentence, phrases, said
from checks.reader.concrete import shapes
from checks.text import Form

_ASKING = frozenset({"what", "which", "how", "where", "when", "who", "whose", "why"})
_ANSWERS = phrases("self-answer")
_PLAIN_ANSWERS = frozenset({"yes", "no", "nope", "yep", "yeah", "never mind", "nevermind", "nvm"})
_EXPLAINS = phrases("explains")
_ECHOES = re.compile(
    r"(?:we|it|they|i|there|that|this) (?:do|does|did|is|are|was|has|have|can|should)(?: not|n't)?[,.;:]", re.IGNORECASE
)
_BEGINS = frozenset(
    {
        *_ASKING,
        "is",
        "are",
        "do",
        "does",
        "did",
        "can",
        "could",
        "should",
        "shall",
        "would",
        "will",
        "may",
        "any",
        "or",
        "and",
    }
)
_FRAGMENT = 4  # words of "The naming?" before "Changed."
_TEAMS = frozenset({"you", "should", "shall", "want", "we", "your", "must"})
_TO_AUTHOR = frozenset({"you", "your"})  # in a box: a form's question to whoever fills it in
_FOLLOWING = frozenset({"or", "and", "if"})
_OPENING = 1  # the number of the word until which an answer begins
_SHORT = 5  # words of a question that leans on the sentence before it
_TELLING = 4  # words of a sentence that such a question can lean on
_PIECE = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its author wrote it, the line it begins on, and the criterion of readiness that was thin."""

    text: str
    line: int
    criterion: str = ""


def questions(text: str, thin: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions of a comment that need the team's answer; `thin` names the issue's gaps, which go first."""
    found: dict[str, Question] = {}
    for group in _groups(said(text)):
        words = " ".join(one.text for one in group)
        if _is_whole(group):
            found.setdefault(words.lower(), Question(words, group[0].line, criterion(words, thin)))
    return tuple(found.values())


def _is_whole(group: Sequence[Sentence]) -> bool:
    said_words = [word for one in group for word in one.words]
    return len(said_words) >= _PIECE or _ASKING.issuperset(said_words[:1]) or any(shapes(one.text) for one in group)


def is_nudge(text: str) -> bool:
    """Whether a comment only asks for news or for attention: "any update?"."""
    spoken = [one for one in said(text) if not asks.is_greeting(one)]
    told = [one for one in spoken if asks.is_news(one)]
    return bool(told) and len(told) == len(spoken)


def _groups(every: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The questions as runs of sentences: each with the sentence it leans on and the short ones that follow it."""
    at = 0
    while at < len(every):
        begin = at
        at += 1
        if not _is_open(every, begin):
            continue
        group = [every[begin]]
        while at < len(every) and _continues(every[at - 1], every[at]):
            group.append(every[at])
            at += 1
        if _is_answered(every, at - 1):
            continue
        before = every[begin - 1] if begin else None
        if before and _leans(every[begin], before):
            group.insert(0, before)
        yield group


def _is_open(every: Sequence[Sentence], at: int) -> bool:
    sentence = every[at]
    if sentence.checked or (sentence.form is Form.TASK and not _TO_AUTHOR.isdisjoint(sentence.words)):
        return False
    if asks.is_tag(sentence):
        before = every[at - 1] if at else None
        return bool(before and before.block == sentence.block and not before.asks and asks.assumes(before))
    if sentence.form is Form.HEADING:
        return asks.is_question(sentence) and (at + 1 == len(every) or every[at + 1].form is Form.HEADING)
    return asks.is_question(sentence) or (not sentence.asks and asks.states_question(sentence))


def _continues(before: Sentence, after: Sentence) -> bool:
    if after.block != before.block or after.form is Form.HEADING:
        return False
    asked = after.asks and asks.is_question(after)
    short = len(after.words) <= _PIECE or after.words[0] in _FOLLOWING
    return (asked and (short or not before.asks)) or (before.asks and asks.states_question(after) and not after.asks)


def _leans(question: Sentence, before: Sentence) -> bool:
    return (
        before.block == question.block
        and before.form is not Form.HEADING
        and not before.asks
        and len(question.words) <= _SHORT
        and len(before.words) >= _TELLING
    )


def _is_answered(every: Sequence[Sentence], at: int) -> bool:
    """Whether the writer answers in the next sentence: "Should it retry? Yes, I took 3"."""
    question, after = every[at], every[at + 1] if at + 1 < len(every) else None
    if after is None or after.asks or not question.asks:
        return False
    opening = {hit.phrase for hit in _ANSWERS.find(after.words) if hit.at <= _OPENING}
    if after.block != question.block:
        return question.form is Form.PROSE and after.form is Form.PROSE and not opening.isdisjoint(_PLAIN_ANSWERS)
    if _ECHOES.match(after.text):
        return True
    explains = any(hit.at <= _OPENING + 1 for hit in _EXPLAINS.find(question.words)) and _TEAMS.isdisjoint(
        question.words
    )
    return bool(opening) or explains or _is_fragment(question)


def _is_fragment(question: Sentence) -> bool:
    return len(question.words) <= _FRAGMENT and _BEGINS.isdisjoint(question.words[:1])
