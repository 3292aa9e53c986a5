"""What a deed comes to: on which side it was done, and what its words do."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from checks import choices, questions, reviews, updates
from checks.choices import Choice
from checks.questions import Question
from checks.questions.substance import answer_in
from checks.reader.comment import said
from checks.verdict import Status
from config.handover import Part
from config.people import Role
from ghapp.handover.facts import Deed, Event
from ghapp.handover.parties import Parties

ANSWER, DECIDE, QUESTION, UPDATE, WALK = "answer", "decide", "question", "update", "walk"  # commands of a ledger
_SPOKEN = frozenset({Deed.COMMENTED, Deed.REVIEWED})
LONGEST = 16 * 1024  # characters of a comment that are read, each time anew; longer ones are logs
_CALL = "/handoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One deed, by one of the two sides or by neither."""

    event: Event
    side: Role | None = None
    words: str = ""  # what was said, without commands
    asks: tuple[Question, ...] = ()  # of a contractor
    choices: tuple[Choice, ...] = ()  # what a contractor needs decided
    says: tuple[Part, ...] = ()  # the parts of an update that a contractor wrote
    hands_back: bool = False
    has_substance: bool = False  # it says, or the team asks, more than that something will be said
    only_asks: bool = False  # the team asks back, and says nothing else

    @property
    def has_question(self) -> bool:
        """Whether a contractor asks something, in words or by command."""
        return bool(self.asks) or any(self.commanded(QUESTION))

    @property
    def needs_decision(self) -> bool:
        """Whether the team has to decide something."""
        return bool(self.choices)

    def commanded(self, word: str) -> tuple[str, ...]:
        """What follows each command of this word."""
        return tuple(rest for each, rest in self.event.commands if each == word)


def hear(event: Event, parties: Parties, *, thin: Collection[str], day: date) -> Heard:
    """A deed with what it comes to; `day` is the contractor's on which it was done.

    `thin` are the criteria that were gaps of the issue when it was handed over.
    """
    side = parties.side(event)
    if side is None or event.deed not in _SPOKEN:
        return Heard(event=event, side=side)
    words = without_commands(event.text[:LONGEST])
    every = "\n\n".join((words, *event.inline))[:LONGEST]
    if side is Role.TEAM:
        return _of_team(event, every)
    chosen = choices.open_choices(every, today=day)
    lines = {each.line for each in chosen}  # what is to be chosen from is asked once
    return Heard(
        event=event,
        side=side,
        words=words,
        asks=tuple(each for each in questions.questions(every, thin=thin) if each.line not in lines),
        choices=chosen,
        says=_says(words),
        hands_back=reviews.hands_back(words),
        has_substance=bool(answer_in(said(every), "")),
    )


def without_commands(text: str) -> str:
    """A comment without the lines that are commands."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().lower().startswith(_CALL))


def addressed(letter: str, text: str) -> tuple[str, str]:
    """The row that a command's text names first, "Q2" or "" for none, and the rest of the text."""
    named = re.match(rf"{letter}0*([1-9]\d{{0,3}})\b[\s:,.-]*", text, re.IGNORECASE)
    return (f"{letter}{named[1]}", text[named.end() :]) if named else ("", text)


def _of_team(event: Event, words: str) -> Heard:
    spoken = said(words)
    tells = bool(answer_in(spoken, "")) or any(word in (ANSWER, DECIDE) for word, _ in event.commands)
    asks = any(each.asks for each in spoken)
    return Heard(
        event=event,
        side=Role.TEAM,
        words=words,
        has_substance=tells or asks,
        only_asks=asks and not tells and not questions.is_nudge(words),
    )


def _says(words: str) -> tuple[Part, ...]:
    if not updates.is_update(words):
        return ()
    return tuple(Part(each.criterion) for each in updates.judge(words) if each.status is Status.MET)
