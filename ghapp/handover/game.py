"""The state of a hand-over while its deeds are gone through in their order, to find whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from config.people import Role
from ghapp.handover.facts import Deed, Event, Facts, Handback
from ghapp.handover.heard import Heard
from ghapp.handover.ledger import Handover, Move, Why
from ghapp.handover.parties import Parties


@dataclass(slots=True)
class Game:
    """Who is on which side, what waits, and whose turn it is."""

    parties: Parties
    ledger: Handover
    handbacks: frozenset[int]  # the contractors' pull requests
    drafts: set[int]  # pull requests that are drafts at this moment
    merged: frozenset[int]
    move: Move
    waiting: set[int] = field(default_factory=set)  # handed back, and not looked at since
    reviewers: dict[int, str] = field(default_factory=dict)  # who was asked for a review last, or gave one
    demands: dict[int, list[str]] = field(default_factory=dict)  # who asked for changes, and did not approve since
    team: set[str] = field(default_factory=set)  # who acted for the team, casefolded

    def to_team(self, event: Event, why: Why, owner: str = "") -> Move:
        """The team's turn: of whom is named, or reviews, or handed it over."""
        chosen = owner or self.reviewers.get(event.pull, "") or self.parties.by
        return Move(owner=chosen, side=Role.TEAM, since=event.at, why=why, pull=event.pull)

    def to_review(self, event: Event, owner: str = "") -> Move:
        """The team's turn, as a pull request was handed back."""
        self.waiting.add(event.pull)
        return self.to_team(event, Why.REVIEW, owner)

    def to_contractor(self, event: Event, why: Why) -> Move:
        """The contractor's turn."""
        self.waiting.discard(event.pull)
        return Move(owner=self.parties.contractor, side=Role.CONTRACTOR, since=event.at, why=why, pull=event.pull)

    def is_settled(self, at: datetime) -> bool:
        """Whether at a moment nothing that was asked waits for the team."""
        rows = [(each.at, each.answered_at) for each in self.ledger.questions]
        rows += [(each.at, each.decided_at) for each in self.ledger.decisions]
        return all(until is not None and until <= at for since, until in rows if since <= at)

    def is_handback(self, event: Event) -> bool:
        """Whether something was done on a contractor's pull request; what strangers offer passes nothing on."""
        return event.pull in self.handbacks


def begin(heard: Sequence[Heard], facts: Facts, parties: Parties, ledger: Handover, kept: Sequence[Move]) -> Game:
    """The state before the first deed; `kept` are the turns that stay as they were kept."""
    picked_up = Move(owner=ledger.contractor, side=Role.CONTRACTOR, since=ledger.picked_up_at, why=Why.START)
    theirs = (pull.number for pull in facts.pulls if parties.side_of(pull.author) is Role.CONTRACTOR)
    return Game(
        parties=parties,
        ledger=ledger,
        handbacks=frozenset(theirs),
        drafts={pull.number for pull in facts.pulls if _begins_as_draft(pull, heard)},
        merged=frozenset(pull.number for pull in facts.pulls if pull.is_merged),
        move=kept[-1] if kept else picked_up,
        waiting={kept[-1].pull} if kept and kept[-1].why is Why.REVIEW else set(),
    )


def _begins_as_draft(pull: Handback, heard: Sequence[Heard]) -> bool:
    turned = (each.event.deed for each in heard if each.event.pull == pull.number)
    first = next((deed for deed in turned if deed in (Deed.READIED, Deed.DRAFTED)), None)
    return first is Deed.READIED if first else pull.is_draft
