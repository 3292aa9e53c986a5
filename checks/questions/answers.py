"""Which open questions a reply answers: by quotation, by number, by likeness of words, else by coming right after."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz

from checks.questions.asked import Question
from checks.questions.substance import answer_in
from checks.reader.comment import Sentence, lines_of, said
from checks.reader.pull.words import content
from checks.text import Form, parse

_NUMBER = re.compile(r"\s*(?:[-*+]\s+)?(?:Q|A|ad\s|re\s|#)?(\d{1,2})(?:[.):]|\s-)\s+\S", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:(?:to|on|as for|for|re) )?(?:the |your )?(first|second|third)(?: one| question)?\s?[:,]\s", re.IGNORECASE
)
_ORDINALS = ("first", "second", "third")
_QUOTED = 80  # of 100: how much of a quotation has to stand in the question
_LEAST_QUOTED = 2  # words
_MOST = 50  # open questions, and quotations, that are looked at
_MOST_SENTENCES = 400  # of a reply
_LONGEST = 300  # characters of a question or a quotation that are compared
_ALIKE = 2  # content words shared with a question, or one that no other question has


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a question: the question's number among those given, the reply's words and their line."""

    question: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of a reply's sentences, and what it says it is about."""

    sentences: tuple[Sentence, ...]
    quote: str = ""
    number: int = 0


def answers(questions: Sequence[Question], reply: str, *, latest: int = 0) -> tuple[Answer, ...]:
    """The questions (in the order asked) that a team member's reply answers; at most one answer for each.

    `latest` says how many of the last ones the comment right above the reply asked: without a hint on which question is
    meant the reply answers these.
    """
    asked = questions[-_MOST:]
    first = len(questions) - len(asked)
    found: dict[int, Answer] = {}
    for at, sentences in _matched(asked, list(_parts(reply)), min(latest, len(asked))):
        answer = answer_in(sentences, asked[at].text)
        if answer and at not in found:
            found[at] = Answer(at + first, " ".join(one.text for one in answer), answer[0].line)
    return tuple(found[at] for at in sorted(found))


def _matched(
    asked: Sequence[Question], parts: Sequence[_Part], latest: int
) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    """Each question with the sentences that speak to it, the surest first."""
    pointed = [(_pointed(asked, part, latest), part.sentences) for part in parts]
    yield from ((at, sentences) for at, sentences in pointed if at is not None)
    rest = [one for at, sentences in pointed if at is None for one in sentences]
    told = dict(_alike(asked, rest))
    in_order = dict(_in_order(asked, rest, latest))
    if all(at is None for at, _ in pointed):
        agree = all(set(near) <= set(in_order.get(at, ())) for at, near in told.items())
        told = in_order if in_order and agree else told
        told = told or {at: tuple(rest) for at in range(len(asked) - latest, len(asked))}
    yield from told.items()


def _in_order(
    asked: Sequence[Question], rest: Sequence[Sentence], latest: int
) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    """The last questions, several of them, each with its paragraph or item, where there are as many of these."""
    blocks = [tuple(block) for _, block in groupby(rest, key=lambda one: one.block)]
    if len(blocks) == latest > 1:
        yield from enumerate(blocks, start=len(asked) - latest)


def _parts(reply: str) -> Iterator[_Part]:
    """A reply cut where it quotes and where it counts."""
    lines = lines_of(reply)
    quotes = deque(unit for unit in parse("", reply).units if unit.form is Form.QUOTE)
    run: list[Sentence] = []
    quote, number = "", 0
    for sentence in said(reply)[:_MOST_SENTENCES]:
        above = []
        while quotes and quotes[0].line < sentence.line:
            above.append(quotes.popleft().text)
        fresh = not run or run[-1].line != sentence.line
        counted = _counted(sentence, lines[sentence.line - 1] if fresh else "")
        if above or counted:
            yield _Part(tuple(run), quote, number)
            run, quote, number = [], " ".join(above), counted
        run.append(sentence)
    yield _Part(tuple(run), quote, number)


def _counted(sentence: Sentence, line: str) -> int:
    """The number of the question that a sentence names: at the beginning of its line, or "to the first:"."""
    numbered, told = _NUMBER.match(line), _ORDINAL.match(sentence.text)
    if numbered:
        return int(numbered[1])
    return _ORDINALS.index(told[1].lower()) + 1 if told else 0


def _pointed(asked: Sequence[Question], part: _Part, latest: int) -> int | None:
    """The question that a part quotes, or counts among the last ones, or among all where none was asked right above."""
    if part.quote:
        return _quoted(asked, part.quote)
    counted = latest or len(asked)
    return len(asked) - counted + part.number - 1 if 1 <= part.number <= counted else None


def _quoted(asked: Sequence[Question], quote: str) -> int | None:
    if len(quote.split()) < _LEAST_QUOTED:
        return None
    quoted = quote[:_LONGEST].lower()
    likeness = [fuzz.partial_ratio(quoted, one.text[:_LONGEST].lower(), score_cutoff=_QUOTED) for one in asked]
    best = max(likeness, default=0)
    return likeness.index(best) if best else None


def _alike(asked: Sequence[Question], rest: Sequence[Sentence]) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    """The questions with the sentences that share their content words."""
    every = [content(one.text) for one in asked]
    which = [_nearest(every, one) for one in rest]
    for at in range(len(asked)):
        near = tuple(one for nearest, one in zip(which, rest, strict=True) if nearest == at)
        if near:
            yield at, near


def _nearest(every: Sequence[frozenset[str]], sentence: Sentence) -> int | None:
    """The one question whose content words a sentence shares: enough of them, and more than any other's."""
    said_words = content(sentence.text)
    shared = [len(said_words & one) for one in every]
    best = max(shared, default=0)
    if not best or shared.count(best) > 1:
        return None
    at = shared.index(best)
    own = (said_words & every[at]).difference(*(one for other, one in enumerate(every) if other != at))
    return at if best >= _ALIKE or (own and len(every) > 1) else None
