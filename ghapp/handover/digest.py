"""The digest of some hand-overs: what arrived, what waits for whom, what needs a decision, what is open, what is ready.

Nothing that has ended is in it, but that it was merged since the digest before.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from config.people import Role
from config.policy import Policy
from ghapp import hours
from ghapp.handover.ledger import Decision, Handover, Move, Question, Stand, Why

MARKER = "<!-- handoff:digest v1 -->"  # stable for ever: our issue is found by it


class What(StrEnum):
    """What arrived."""

    HANDED_OVER = "handed over"
    HANDED_BACK = "handed back"
    RETURNED = "given back"
    ASKED = "asked"
    ANSWERED = "answered"
    DECIDED = "decided"
    UPDATED = "wrote an update"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A hand-over, or an issue that is ready for one; `title` and all words are "" for whom they may not be shown."""

    repository: str
    number: int
    title: str = ""
    key: str = ""  # the same after a rename


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that was done since the digest before."""

    item: Item
    what: What
    at: datetime
    by: str
    contractor: str
    pull: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A next move that waits for somebody; `since` is on that person's clock."""

    item: Item
    move: Move
    contractor: str
    since: datetime
    worked: timedelta  # of that person's working time

    @property
    def key(self) -> str:
        """What tells this wait from all others."""
        return f"{self.item.key} {self.move.why} {self.move.since:%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """What needs a decision, and by whom."""

    item: Item
    row: Decision
    who: str
    contractor: str
    overdue: bool

    @property
    def key(self) -> str:
        """What tells it from all others; a day that has gone by makes it another."""
        return f"{self.item.key} {self.row.id}{' overdue' if self.overdue else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A question without an answer, or with one that the issue does not hold."""

    item: Item
    row: Question
    contractor: str

    @property
    def key(self) -> str:
        """What tells it from all others, and from itself at another stand."""
        return f"{self.item.key} {self.row.id} {self.row.stand.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A repository's hand-overs, its policy, and whether its words may be shown where the digest is."""

    repository: int
    node: str
    name: str
    policy: Policy
    ledgers: tuple[Handover, ...]
    is_quoted: bool = True
    ready: tuple[tuple[int, str], ...] = ()  # issues that nobody has: number and title

    def item(self, number: int, title: str) -> Item:
        """One of its issues."""
        key = f"{self.repository}#{number}"
        return Item(repository=self.name, number=number, title=title if self.is_quoted else "", key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that is to be told; each part in the order in which it is shown."""

    since: datetime  # what arrived is told from here on; on the reader's clock
    arrived: tuple[Arrival, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    asked: tuple[Open, ...] = ()
    unwritten: tuple[Open, ...] = ()  # answered, not in the spec
    ready: tuple[Item, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """What stands open in it, in words that stay the same until it changes."""
        rows: tuple[Waiting | Undecided | Open, ...] = (*self.waiting, *self.undecided, *self.asked, *self.unwritten)
        return frozenset((*(each.key for each in rows), *(f"{each.key} ready" for each in self.ready)))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.arrived or self.keys)


def digest(sources: Sequence[Source], *, since: datetime, now: datetime) -> Digest:
    """The digest of some repositories."""
    open_ = [(source, each) for source in sources for each in source.ledgers if each.ended_at is None]
    arrived = (each for source in sources for ledger in source.ledgers for each in _arrived(source, ledger, since))
    undecided = (each for source, ledger in open_ for each in _undecided(source, ledger, now))
    rows = [each for source, ledger in open_ for each in _questions(source, ledger)]
    return Digest(
        since=since,
        arrived=tuple(sorted(arrived, key=lambda each: each.at)),
        waiting=tuple(sorted(_waiting(open_, now), key=lambda each: (each.move.owner.casefold(), each.move.since))),
        undecided=tuple(sorted(undecided, key=_urgency)),
        asked=tuple(each for each in rows if each.row.stand is Stand.ASKED),
        unwritten=tuple(each for each in rows if each.row.stand is Stand.ANSWERED),
        ready=tuple(source.item(*each) for source in sources for each in source.ready),
    )


def of_contractor(whole: Digest, login: str, *, since: datetime) -> Digest:
    """What a contractor has to know of a digest: what others did on their hand-overs, and what waits for them."""
    name = login.casefold()
    return Digest(
        since=since,
        arrived=tuple(
            each
            for each in whole.arrived
            if each.contractor.casefold() == name and each.by.casefold() != name and each.at > since
        ),
        waiting=tuple(each for each in whole.waiting if each.move.owner.casefold() == name),
    )


def needs(whole: Digest, login: str) -> tuple[tuple[Waiting, ...], tuple[Undecided, ...]]:
    """What needs one person: the moves that are theirs, and the decisions that no such move is about."""
    name = login.casefold()
    waiting = tuple(each for each in whole.waiting if each.move.owner.casefold() == name)
    told = {each.item.key for each in waiting if each.move.why is Why.DECIDE}
    theirs = (each for each in whole.undecided if each.who.casefold() == name)
    return waiting, tuple(each for each in theirs if each.overdue or each.item.key not in told)


def people(source: Source) -> Iterator[tuple[str, Role, datetime]]:
    """Everybody whom a repository's digest may be for, with the side they are on, and when that hand-over began."""
    for each in source.ledgers:
        if each.ended_at is None:
            yield each.contractor, Role.CONTRACTOR, each.picked_up_at
            yield from ((login, Role.TEAM, each.picked_up_at) for login in sorted(_team(each, source.policy)))


def _waiting(open_: Iterable[tuple[Source, Handover]], now: datetime) -> Iterator[Waiting]:
    for source, ledger in open_:
        move = ledger.move
        if move is not None:
            theirs = hours.of(move.owner, source.policy)
            yield Waiting(
                item=source.item(ledger.number, ledger.title),
                move=move,
                contractor=ledger.contractor,
                since=theirs.local(move.since),
                worked=theirs.worked(move.since, now),
            )


def _undecided(source: Source, ledger: Handover, now: datetime) -> Iterator[Undecided]:
    team = {each.casefold(): each for each in _team(ledger, source.policy)}
    for row in ledger.open_decisions:
        # Only of the team: whoever writes a description could have us call anybody.
        who = team.get(row.decider.casefold(), ledger.by)
        today = hours.of(who, source.policy).local(now).date()
        yield Undecided(
            item=source.item(ledger.number, ledger.title),
            row=row if source.is_quoted else replace(row, question="", options=()),
            who=who,
            contractor=ledger.contractor,
            overdue=row.due is not None and row.due < today,
        )


def _urgency(each: Undecided) -> tuple[bool, bool, str, datetime]:
    due = each.row.due
    return not each.overdue, due is None, due.isoformat() if due else "", each.row.at


def _questions(source: Source, ledger: Handover) -> Iterator[Open]:
    if source.policy.questions.enabled:
        item = source.item(ledger.number, ledger.title)
        for row in ledger.questions:
            told = row if source.is_quoted else replace(row, text="", answer="")
            yield Open(item=item, row=told, contractor=ledger.contractor)


def _team(ledger: Handover, policy: Policy) -> set[str]:
    """Who of the team is known to take part in a hand-over."""
    named = {login for login, person in policy.people.items() if person.role is Role.TEAM}
    moved = {each.owner for each in ledger.moves if each.side is Role.TEAM}
    deciders = {row.decider.casefold() for row in ledger.open_decisions}
    return {ledger.by, *moved, *(login for login in named if login.casefold() in deciders)} - {""}


def _arrived(source: Source, ledger: Handover, since: datetime) -> Iterator[Arrival]:
    item = source.item(ledger.number, ledger.title)

    def arrival(what: What, at: datetime, by: str, *, pull: int = 0, words: str = "") -> Arrival:
        told = words if source.is_quoted else ""
        return Arrival(item=item, what=what, at=at, by=by, contractor=ledger.contractor, pull=pull, words=told)

    found = [*_of_moves(ledger, arrival), *_of_rows(ledger, source.policy, arrival)]
    if ledger.ended_at is not None:
        found = [arrival(What.MERGED, ledger.ended_at, ledger.by)] if ledger.merged else []
    yield from (each for each in found if each.at > since)


Arriving = Callable[..., Arrival]


def _of_moves(ledger: Handover, arrival: Arriving) -> Iterator[Arrival]:
    yield arrival(What.HANDED_OVER, ledger.picked_up_at, ledger.by)
    for before, each in zip(ledger.moves, ledger.moves[1:], strict=False):
        if each.side is Role.TEAM and each.why in (Why.REVIEW, Why.GO_ON):
            yield arrival(What.HANDED_BACK, each.since, ledger.contractor, pull=each.pull)
        if each.side is Role.CONTRACTOR and each.why is Why.REWORK:
            yield arrival(What.RETURNED, each.since, before.owner, pull=each.pull)


def _of_rows(ledger: Handover, policy: Policy, arrival: Arriving) -> Iterator[Arrival]:
    for row in ledger.questions if policy.questions.enabled else ():
        yield arrival(What.ASKED, row.at, row.by, pull=row.pull, words=row.text)
        if row.answered_at is not None:
            yield arrival(What.ANSWERED, row.answered_at, row.answered_by, pull=row.pull, words=row.answer)
    for decision in ledger.decisions:
        if decision.decided_at is not None:
            at, by = decision.decided_at, decision.decided_by
            yield arrival(What.DECIDED, at, by, pull=decision.pull, words=decision.decision)
    for update in ledger.updates:
        yield arrival(What.UPDATED, update.at, update.by, pull=update.pull)
