"""Open decisions in a pull request's body or a comment: the question, the options, who decides and by when."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checks.choices.due import due
from checks.choices.options import options
from checks.reader import LocalReader
from checks.reader.comment import Sentence, said
from checks.reader.phrases import Phrases, load
from checks.reading import Role
from checks.subject import Pull
from checks.text import Form

_GROUPS = dict(load("choices"))
_CUES = Phrases([("open", _GROUPS["open"]), ("asked", _GROUPS["asked"])])
_CLOSED = frozenset(_GROUPS["closed"])
_NOT_HERE = frozenset(_GROUPS["not-here"])
_LOGIN = re.compile(
    r"(?<![\w/.`@])@([A-Za-z\d][A-Za-z\d-]{0,38})(?![\w/])"
)  # docs.github.com: letters, digits, hyphens
_CODE = re.compile(r"`[^`\n]*`|\bcc:? @[\w-]+", re.IGNORECASE)
_NOTHING = re.compile(r":\s*(?:none|nothing|no|n/a|-)\W*$", re.IGNORECASE)
_BELOW = frozenset({Form.ITEM, Form.TASK, Form.ROW})
_SUREST = ("open", "asked", "question")
_DECIDES = frozenset({"decides", "decider", "decision", "who", "owner", "due", "by", "until", "deadline"})
_MOST = 50  # decisions of one text
_REGION = 40  # sentences about one decision
_NEAR = 3  # words before a cue that turn it round


@dataclass(frozen=True, slots=True)
class Choice:
    """One open decision: its question and options as quoted, who decides ("" if nobody is named), the day, the line."""

    question: str
    options: tuple[str, ...]
    decider: str
    due: date | None
    line: int


def open_choices(text: str, *, today: date) -> tuple[Choice, ...]:
    """The decisions that a body or a comment leaves to somebody; `today` is the day on which it was written."""
    reading = LocalReader().pull(Pull(title="", body=text))
    left = {unit.line for unit in reading.units(Role.TEMPLATE, Role.NOISE)}
    asking = {unit.line for unit in reading.units(Role.NEEDS_DECISION)}
    every = [one for one in said(text) if one.line not in left]
    opened = {at: cue for at, one in enumerate(every) if (cue := _cue(one, asking))}
    return tuple(sorted(_choices(every, opened, today), key=lambda choice: choice.line))


def _choices(every: Sequence[Sentence], opened: Mapping[int, str], today: date) -> Iterator[Choice]:
    """One for each cue; what only asks beside one that says so belongs to it."""
    taken: set[int] = set()
    for at, cue in sorted(opened.items(), key=lambda one: (_SUREST.index(one[1]), one[0]))[:_MOST]:
        begin, end = _region(every, at, opened)
        choice = None if at in taken else _choice(every[at], every[begin:end], cue, today)
        if choice:
            taken.update(range(begin, end))
            yield choice


def _cue(sentence: Sentence, asking: Collection[int]) -> str:
    """How a sentence opens a decision: by saying so, by asking for one, or only as a question; "" if not at all."""
    for hit in _CUES.find(sentence.words):
        before = sentence.words[max(hit.at - _NEAR, 0) : hit.at]
        after = sentence.words[hit.at + len(hit.phrase.split()) :]
        if _CLOSED.isdisjoint(before) and _NOT_HERE.isdisjoint(after[:1]) and not _NOTHING.search(sentence.text):
            return hit.label
    return "question" if sentence.asks and sentence.line in asking else ""


def _region(every: Sequence[Sentence], at: int, opened: Mapping[int, str]) -> tuple[int, int]:
    """From where to where the words about a decision go: a heading's part, or a paragraph and the list below it."""
    begin, end = at, at + 1
    heading = every[at].form is Form.HEADING and (end == len(every) or every[end].line != every[at].line)
    while (
        opened[at] != "open"
        and 0 < begin > at - _REGION
        and every[begin - 1].block == every[at].block
        and begin - 1 not in opened
    ):
        begin -= 1
    while end < min(at + _REGION, len(every)) and every[end].form is not Form.HEADING and opened.get(end) != "open":
        after, before = every[end], every[end - 1]
        inside = after.block == before.block or after.form in _BELOW or before.form is Form.HEADING
        if not (inside or heading or _names_decider(after)):
            break
        end += 1
    return begin, end


def _names_decider(sentence: Sentence) -> bool:
    return sentence.text.startswith("@") or not _DECIDES.isdisjoint(sentence.words[:1])


def _choice(opening: Sentence, sentences: Sequence[Sentence], cue: str, today: date) -> Choice | None:
    spoken = " ".join(_CODE.sub(" ", one.text) for one in sentences)
    told, login = options(sentences, opening), _LOGIN.search(spoken)
    if (cue == "asked" and not told) or (cue == "question" and not (told and login)):
        return None
    asked = next((one.text for one in sentences if one.asks), opening.text)
    return Choice(asked, told, login[1] if login else "", due(spoken, today), opening.line)
