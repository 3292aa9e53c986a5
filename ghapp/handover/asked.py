"""The questions of a hand-over: asked, answered, and in the spec once the issue says so itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checks import questions as words
from checks.questions import about
from config.people import Role
from ghapp.handover.facts import Event, Facts
from ghapp.handover.heard import ANSWER, QUESTION, Heard, addressed
from ghapp.handover.ledger import Handover, Question, Stand

COMMANDED = 1_000  # place of the first question by command in its comment: behind all that were recognised


def asked(heard: Sequence[Heard], facts: Facts, ledger: Handover) -> tuple[Question, ...]:
    """All questions in the order of asking; `ledger` is the one that was kept.

    A question whose comment was deleted goes; what lies before the conversation that was read stays as it was kept.
    """
    ids = _Ids(kept=ledger.questions, last=ledger.last_question)
    rows = [each for each in ledger.questions if facts.is_before(each.at)]
    above: dict[int, int] = {}  # the contractors' last comment of each conversation
    for each in heard:
        if each.side is Role.CONTRACTOR:
            speaks = each.has_question or each.event.inline or each.words.strip()
            if speaks and not words.is_nudge(each.words):
                above[each.event.pull] = each.event.id
            there = {row.id for row in rows}
            rows += [row for row in ids.given(tuple(_rows(each))) if row.id not in there]
        if each.side is not None:
            rows = _answered(rows, each, above.get(each.event.pull, 0))
    before = {each.id: each for each in ledger.questions}
    return tuple(_placed(row, before.get(row.id), facts, ledger) for row in rows)


@dataclass(slots=True)
class _Ids:
    """Who has which id: a question keeps its own while its comment has these words, or others in the same place."""

    kept: Sequence[Question]
    last: int

    def given(self, rows: Sequence[Question]) -> Iterator[Question]:
        """The questions of one comment under their ids."""
        there = [each for each in self.kept if rows and (each.pull, each.comment) == (rows[0].pull, rows[0].comment)]
        by_words = {each.text: each.id for each in there}
        said = {each.text for each in rows}
        by_place = {each.place: each.id for each in there if each.text not in said}
        for row in rows:
            yield replace(row, id=by_words.pop(row.text, "") or by_place.pop(row.place, "") or self._next())

    def _next(self) -> str:
        self.last += 1
        return f"Q{self.last}"


def _rows(heard: Heard) -> Iterator[Question]:
    event = heard.event
    found = {each.text: (place, each.criterion) for place, each in enumerate(heard.asks)}
    for place, text in enumerate(filter(None, heard.commanded(QUESTION)), COMMANDED):
        found.setdefault(text, (place, about.criterion(text)))
    for text, (place, criterion) in found.items():
        yield Question(
            id="",
            comment=event.id,
            place=place,
            pull=event.pull,
            text=text,
            criterion=criterion,
            by=event.by,
            at=event.at,
        )


def _answered(rows: list[Question], heard: Heard, above: int) -> list[Question]:
    """The rows after somebody spoke: a command answers the question it names, or the oldest one that is open.

    Words without a hint answer what the comment right `above` asked, in the same conversation.
    """
    for text in heard.commanded(ANSWER):
        rows = _by_command(rows, text, heard.event)
    if heard.side is not Role.TEAM or not heard.words.strip():
        return rows
    waiting = _waiting(rows, heard.event)
    asked_for = [words.Question(each.text, 0, each.criterion) for each in waiting]
    latest = sum((each.pull, each.comment) == (heard.event.pull, above) for each in waiting)
    answers = words.answers(asked_for, heard.words, latest=latest)
    told = {waiting[each.question].id: each.text for each in answers}
    return [_with_answer(each, told[each.id], heard.event) if each.id in told else each for each in rows]


def _waiting(rows: Sequence[Question], event: Event) -> list[Question]:
    """The open questions that a comment may answer: those of its own conversation, where there are any."""
    waiting = [each for each in rows if each.stand is Stand.ASKED]
    return [each for each in waiting if each.pull == event.pull] or waiting


def _by_command(rows: list[Question], text: str, event: Event) -> list[Question]:
    number, answer = addressed("Q", text)
    chosen = number or next((each.id for each in _waiting(rows, event)), "")
    return [_with_answer(each, answer, event) if each.id == chosen and answer else each for each in rows]


def _with_answer(row: Question, answer: str, event: Event) -> Question:
    return replace(row, answer=answer, answered_by=event.by, answered_at=event.at)


def _placed(row: Question, before: Question | None, facts: Facts, ledger: Handover) -> Question:
    """Whether the issue holds the answer now; when it came to hold it stays as it was seen first."""
    if before is not None and before.is_answered_by_edit:
        return replace(row, answer="", answered_by="", answered_at=before.answered_at, in_spec_at=before.in_spec_at)
    if row.answered_at is None:
        is_written = before is not None and _gained(row, ledger.body, facts.body)
        return replace(row, answered_at=facts.read_at, in_spec_at=facts.read_at) if is_written else row
    if not words.in_spec(row.answer, row.text, before=ledger.spec, now=facts.body):
        return replace(row, in_spec_at=None)
    was = before.in_spec_at if before else None
    return replace(row, in_spec_at=was or facts.read_at)


def _gained(row: Question, before: str, now: str) -> bool:
    """Whether the issue came to speak of a question since the last look, though nobody answered it."""
    return before not in ("", now) and words.in_spec("", row.text, before=before, now=now)
