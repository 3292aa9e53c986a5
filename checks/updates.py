"""Written updates: which of its parts (done, decided, next, blocked) a comment holds, each judged with its evidence."""

import re
from collections.abc import Iterator, Sequence

from checks.reader.comment import Sentence, said
from checks.reader.phrases import Phrases, load, spoken, words
from checks.text import Form
from checks.verdict import Evidence, Finding, Status

PARTS = ("done", "decided", "next", "blocked")
_LEAST = ("done", "next")  # with less a comment is no update
_ADVICE = {
    "done": 'Add a line "Done:" with what is finished since the last update, or why nothing is.',
    "decided": 'Add a line "Decided:" with what was chosen and why, or "nothing".',
    "next": 'Add a line "Next:" with the step that comes next.',
    "blocked": 'Add a line "Blocked:" with what is waited for and who can bring it, or "nothing".',
}
_GROUPS = dict(load("updates"))
_LABELS = {label: part for part in PARTS for label in _GROUPS[f"label-{part}"]}
_TOLD = Phrases((part, _GROUPS[part]) for part in PARTS)
_BY_AUTHOR = frozenset(_GROUPS["by-author"])
_GREETING = frozenset(_GROUPS["greeting"])
_ANNOUNCING = frozenset(_GROUPS["announcing"])
_PLACEHOLDER = frozenset(_GROUPS["placeholder"])
_NAMES = "|".join(sorted(map(re.escape, (*_LABELS, "today")), key=len, reverse=True))
_LABEL = re.compile(rf"(?:^|(?<=[\s|]))({_NAMES})(?::|\s:|\s[-|\u2013\u2014](?=\s))", re.IGNORECASE)
_BEFORE = re.compile(r"^[^\w`]+(?=\w)")  # a sign before a label
_SELF = re.compile(
    r"^(?:\w+ ){0,3}(?:update|status|progress|summary|report|recap)(?: \w+){0,4}: (?=\w+ \w+ \w)", re.IGNORECASE
)
_YESTERDAY = re.compile(r"yesterday\b", re.IGNORECASE)
_CLAUSES = re.compile(r"; |, and |, then |: | but |, (?=chose|decided|opted|went|today|tomorrow|next)")
_FIRST = 4  # words among which an update calls itself one
_LATER = re.compile(r"\b(?:tomorrow|next week|on monday)\b", re.IGNORECASE)
_ASKED_OF = frozenset({"should", "must", "could", "can", "would", "please", "you", "your", "if", "when", "it"})
_NEAR = 3  # words before the phrase that tells


def is_update(text: str) -> bool:
    """Whether a comment is a written update at all: it says what was done and what comes next."""
    found = _found(text)
    return all(part in found for part in _LEAST)


def judge(text: str, parts: Sequence[str] = PARTS) -> tuple[Finding, ...]:
    """One finding for each part asked: met with the words and their line, or missing with the edit that mends it."""
    found = _found(text)
    return tuple(
        Finding(criterion=part, status=Status.MET, evidence=(found[part],))
        if part in found
        else Finding(criterion=part, status=Status.MISSING, advice=_ADVICE[part])
        for part in parts
    )


def _found(text: str) -> dict[str, Evidence]:
    """The first words that tell each part."""
    found: dict[str, Evidence] = {}
    every = said(text)
    # In a stand-up's three lines "Today" is what comes next, elsewhere it is what was done.
    today = "next" if any(_YESTERDAY.match(one.text) for one in every) else "done"
    below = ""  # the part that a label on a line of its own opened
    announced = bool(every) and not _ANNOUNCING.isdisjoint(every[0].words[:_FIRST])
    for sentence in every:
        if sentence.form is Form.HEADING:
            below = _part(sentence.text, today)
            continue
        if announced and sentence.form is Form.TASK and not below:
            found.setdefault("done" if sentence.checked else "next", Evidence(sentence.line, sentence.text))
        for part in _parts(sentence, below, today):
            found.setdefault(part, Evidence(sentence.line, sentence.text))
    return found


def _parts(sentence: Sentence, below: str, today: str) -> Iterator[str]:
    announced = _SELF.match(sentence.text)
    if announced:
        yield "done"
        yield from _tells(sentence.text[announced.end() :])
    for label, content in _labelled(sentence.text):
        part = _part(label, today) or below
        if part and _says(content):
            yield part
        elif not part and not sentence.asks:
            yield from _tells(content)


def _without_greeting(spoken_words: list[str]) -> list[str]:
    begin = next((at for at, word in enumerate(spoken_words) if word not in _GREETING), len(spoken_words))
    return spoken_words[begin:]


def _labelled(written: str) -> Iterator[tuple[str, str]]:
    """A sentence cut at its labels, "" where none begins it; inside a sentence a label begins with a capital."""
    text = _BEFORE.sub("", written)
    marks = [mark for mark in _LABEL.finditer(text) if not mark.start() or mark[1][0].isupper()]
    if not marks or marks[0].start():
        yield "", text
        return
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield mark[1], text[mark.end() : end].strip()


def _part(label: str, today: str) -> str:
    name = " ".join(words(label))
    return today if name == "today" else _LABELS.get(name, "")


def _says(content: str) -> bool:
    """Whether words stand below a label; "nothing" is an answer, a dash or a placeholder is none."""
    said_words = words(content)
    return bool(said_words) and not content.rstrip().endswith("?") and not _PLACEHOLDER.issuperset(said_words)


def _tells(sentence: str) -> Iterator[str]:
    """The parts that a sentence without a label tells of its author's work."""
    if _LATER.search(sentence) and _ASKED_OF.isdisjoint(words(sentence)):
        yield "next"
    for clause in _CLAUSES.split(sentence):
        spoken_words = _without_greeting(words(spoken(clause)))
        if _BY_AUTHOR.isdisjoint(spoken_words[:1]):
            continue
        yield from {found.label for found in _TOLD.find(spoken_words) if found.at <= _NEAR}
