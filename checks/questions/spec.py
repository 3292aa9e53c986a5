"""Whether an issue's body holds what was answered in a comment."""

import re
from itertools import chain, islice

from checks.reader.comment import listed
from checks.reader.phrases import words
from checks.reader.pull.words import content, stem

_FACT = re.compile(
    r"`([^`\n]+)`|\"([^\"\n]{2,80})\"|(https?://[^\s)>\]]+)|(?<![\w.])(\d{1,12}(?:[.,]\d{1,9})?)(?![\w.]*\w)"
)
_HOLLOW = frozenset(map(stem, listed("hollow") | listed("assent")))
_TO_SPEC = frozenset(map(stem, listed("to-the-spec")))
_PLAIN = frozenset({"yes", "no", "nope", "yep", "yeah"})
_MOST_LINES = 6_000
_MOST_FACTS = 20
_SHARE = 0.5  # of the content words of an answer without facts


def in_spec(answer: str, question: str, before: str, now: str) -> bool:
    """Whether the body as it is `now` holds an answer; `before` is the body when the question was asked.

    Facts (code, quoted words, addresses, numbers) have to stand there word for word, other words by their stems, all in
    lines that are new or speak of the question. A yes or no without facts, and words that only point to the issue,
    count when a line that was gained does so.
    """
    asked = content(question)
    facts = {next(filter(None, found)).lower() for found in islice(_FACT.findall(answer), _MOST_FACTS)}
    told = content(_FACT.sub(" ", answer)) - _HOLLOW
    told = told if told - _TO_SPEC else frozenset()
    old = frozenset(before.split("\n"))
    lines = [(line, content(line), line not in old) for line in now.split("\n")[:_MOST_LINES]]
    if not facts and (not told or not _PLAIN.isdisjoint(words(answer)[:1])):
        return any(gained and _shares(stems, asked) for _, stems, gained in lines)
    speaking = [
        (line, stems) for line, stems, gained in lines if gained or _shares(stems, asked) or _shares(stems, told)
    ]
    if facts:
        return all(any(_holds(line, fact) for line, _ in speaking) for fact in facts)
    chosen = told - asked or told
    # The question's own words stood there before: only new lines can have chosen among them.
    where = (stems for _, stems, gained in lines if gained) if chosen <= asked else (stems for _, stems in speaking)
    held = chosen.intersection(chain.from_iterable(where))
    return len(held) >= _SHARE * len(chosen)


def _shares(stems: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether a line shares two content words with a question, or the only one it has."""
    return len(stems & asked) >= min(2, len(asked)) > 0


def _holds(line: str, fact: str) -> bool:
    at = line.lower().find(fact)
    if at < 0:
        return False
    if not fact.replace(".", "").replace(",", "").isdigit():
        return True
    return fact in re.split(r"[^\w.,]+", line.lower()) or fact in words(line)
