"""What a hand-over needs decided, and what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from checks import choices as words
from checks.choices import Choice
from config.people import Role
from ghapp.handover.facts import Deed, Event, Facts
from ghapp.handover.heard import DECIDE, Heard, addressed
from ghapp.handover.ledger import Decision, Handover
from ghapp.hours import Hours

_Key = tuple[int, int, str]


class _Ids(dict[_Key, str]):
    """The ids of decisions by where they stand and what they ask; none is given twice."""

    def __init__(self, ledger: Handover) -> None:
        super().__init__({_key(each): each.id for each in ledger.decisions})
        self._last = ledger.last_decision

    def __missing__(self, key: _Key) -> str:
        self._last += 1
        return self.setdefault(key, f"D{self._last}")


def decided(heard: Sequence[Heard], facts: Facts, ledger: Handover, theirs: Hours) -> tuple[Decision, ...]:
    """All decisions in the order in which they were asked for; `ledger` is the one that was kept.

    A description may be edited: what it does not ask for any more goes, unless it was decided. A day that is named in
    words is one of the contractor's calendar, `theirs`, as it was when they were written.
    """
    known = _Ids(ledger)
    rows = [each for each in ledger.decisions if _stays(each, facts)]
    for each in heard:
        if each.event.deed is Deed.OPENED and each.side is Role.CONTRACTOR:
            today = theirs.local(each.event.at).date()
            rows += _of_description(each.event, facts, known, today=today)
        elif each.side is Role.CONTRACTOR:
            rows += _asked_for(each.choices, each.event, known)
        elif each.side is Role.TEAM:
            rows = _settled(rows, each, known)
    return tuple(_once(rows))


def _stays(row: Decision, facts: Facts) -> bool:
    """Whether a kept row lies before what was read, or was settled in a description that is another now."""
    if facts.is_before(row.at):
        return True
    return row.comment == 0 and row.decided_at is not None


def _once(rows: Sequence[Decision]) -> Iterator[Decision]:
    """Each row once, the settled one of two."""
    chosen: dict[str, Decision] = {}
    for row in rows:
        if row.id not in chosen or chosen[row.id].decided_at is None:
            chosen[row.id] = row
    yield from sorted(chosen.values(), key=lambda row: int(row.id[1:]))


def _of_description(event: Event, facts: Facts, known: _Ids, *, today: date) -> Iterator[Decision]:
    for pull in facts.pulls:
        if event.pull == pull.number:
            yield from _asked_for(words.open_choices(pull.body, today=today), replace(event, id=0), known)


def _asked_for(found: Sequence[Choice], event: Event, known: _Ids) -> Iterator[Decision]:
    for each in found:
        row = Decision(
            id="",
            comment=event.id,
            pull=event.pull,
            question=each.question,
            options=each.options,
            decider=each.decider,
            due=each.due,
            by=event.by,
            at=event.at,
        )
        yield replace(row, id=known[_key(row)])


def _settled(rows: list[Decision], heard: Heard, known: _Ids) -> list[Decision]:
    """The rows after the team spoke: by command, or in words that choose one of the options."""
    for text in heard.commanded(DECIDE):
        rows = _by_command(rows, text, heard.event, known)
    if not heard.words.strip():
        return rows
    return [_in_words(row, heard) for row in rows]


def _in_words(row: Decision, heard: Heard) -> Decision:
    if row.decided_at is not None or row.pull != heard.event.pull:
        return row
    choice = Choice(question=row.question, options=row.options, decider=row.decider, due=row.due, line=0)
    decision = words.closes(choice, heard.words)
    return _with(row, decision, heard.event) if decision else row


def _by_command(rows: list[Decision], text: str, event: Event, known: _Ids) -> list[Decision]:
    """A decision that nobody asked for is a row of its own."""
    number, decision = addressed("D", text)
    waiting = (each.id for each in rows if each.decided_at is None)
    chosen = number or next(waiting, "")
    if not decision:
        return rows
    if chosen:
        return [_with(each, decision, event) if each.id == chosen else each for each in rows]
    row = Decision(id="", comment=event.id, pull=event.pull, question=decision, by=event.by, at=event.at)
    return [*rows, _with(replace(row, id=known[_key(row)]), decision, event)]


def _with(row: Decision, decision: str, event: Event) -> Decision:
    return replace(row, decision=decision, decided_by=event.by, decided_at=event.at)


def _key(row: Decision) -> _Key:
    return row.pull, row.comment, " ".join(row.question.casefold().split())
