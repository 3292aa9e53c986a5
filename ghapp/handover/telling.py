"""What is said unasked in a hand-over: once each, to somebody who can act, in their working hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from checks import reviews
from checks.verdict import Evidence, Outcome
from config.people import Role
from config.policy import Policy
from ghapp import hours
from ghapp.handover.facts import Event, Facts, Opinion
from ghapp.handover.ledger import Handover
from ghapp.handover.parties import Parties
from ghapp.hours import Hours

AT_HAND = timedelta(hours=1)  # for so long after a deed its doer is taken to be there, whatever their hours
STALE = timedelta(days=2)  # a deed that old is not taken up any more: the App was away, or has just come
BEFORE_END = timedelta(minutes=30)  # of a working day, when an update is missed
REFRESH = timedelta(hours=6)  # an open hand-over is looked at so often at least: a delivery may be lost


class Topic(StrEnum):
    """What it is about."""

    NOT_READY = "not-ready"  # an issue was handed over that is not ready
    EMPTY = "empty-review"  # changes were requested, without words
    ELSEWHERE = "elsewhere"  # the talk is moved to where nobody can read it
    UPDATE = "update"  # the day ends without a written one


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One thing to say; `key` tells it from all others of its hand-over, so that it is said once."""

    topic: Topic
    key: str
    to: str
    pull: int = 0  # where; 0 is the issue
    quote: Evidence | None = None


def tellings(handover: Handover, facts: Facts, parties: Parties) -> tuple[Telling, ...]:
    """What is to be said now and was not said yet."""
    if handover.ended_at is not None:
        return ()
    found = (
        *_not_ready(handover, facts, parties.policy),
        *_nudges(handover, facts, parties),
        *_update(handover, facts, parties),
    )
    return tuple(each for each in found if each.key not in handover.told)


def due(handover: Handover, policy: Policy, *, now: datetime) -> datetime | None:
    """When a hand-over is to be looked at though nobody does anything; None once it has ended."""
    if handover.ended_at is not None:
        return None
    reminder = _reminder(handover, policy, after=now)
    return min(now + REFRESH, reminder) if reminder else now + REFRESH


def _not_ready(handover: Handover, facts: Facts, policy: Policy) -> Iterator[Telling]:
    is_thin = handover.outcome in (Outcome.ALMOST, Outcome.NOT_READY)
    if is_thin and _is_there(handover.by, handover.picked_up_at, facts.read_at, policy):
        key = f"{Topic.NOT_READY} {handover.picked_up_at:%Y-%m-%dT%H:%M:%SZ}"
        yield Telling(topic=Topic.NOT_READY, key=key, to=handover.by)


def _nudges(handover: Handover, facts: Facts, parties: Parties) -> Iterator[Telling]:
    if not parties.policy.reviews.enabled:
        return
    for event in facts.events:
        is_theirs = parties.side(event) is Role.TEAM and event.at >= handover.picked_up_at
        if is_theirs and _is_there(event.by, event.at, facts.read_at, parties.policy):
            yield from _nudge(event, facts)


def _nudge(event: Event, facts: Facts) -> Iterator[Telling]:
    elsewhere = reviews.elsewhere("\n\n".join((event.text, *event.inline)))
    is_demand = event.opinion is Opinion.CHANGES_REQUESTED and not event.inline
    if elsewhere is not None:
        yield Telling(
            topic=Topic.ELSEWHERE, key=f"{Topic.ELSEWHERE} {event.id}", to=event.by, pull=event.pull, quote=elsewhere
        )
    elif is_demand and reviews.is_empty(event.text) and not _has_explained(event, facts):
        yield Telling(topic=Topic.EMPTY, key=f"{Topic.EMPTY} {event.id}", to=event.by, pull=event.pull)


def _has_explained(review: Event, facts: Facts) -> bool:
    """Whether a reviewer gave the words after the review, before we came to ask for them."""
    after = (each for each in facts.events if each.at > review.at)
    theirs = (each for each in after if (each.by, each.pull) == (review.by, review.pull))
    return any(each.inline or not reviews.is_empty(each.text) for each in theirs)


def _is_there(login: str, at: datetime, now: datetime, policy: Policy) -> bool:
    """Whether who did something at a moment can be spoken to about it now."""
    if not login or now - at >= STALE:
        return False
    theirs = hours.of(login, policy)
    return now - at < AT_HAND or (theirs.is_known and theirs.works_at(now))


def _update(handover: Handover, facts: Facts, parties: Parties) -> Iterator[Telling]:
    at = _reminder(handover, parties.policy, after=facts.read_at - BEFORE_END)
    if at is not None and at <= facts.read_at < at + BEFORE_END:
        last = handover.moves[-1].pull if handover.moves else 0
        yield Telling(topic=Topic.UPDATE, key=_silence(handover), to=handover.contractor, pull=last)


def _reminder(handover: Handover, policy: Policy, *, after: datetime) -> datetime | None:
    """The first end of a working day after a moment at which an update would be missed; None when none would.

    It is missed of whoever has the move and was handed the work before that day began; once for each silence.
    """
    theirs, move = hours.of(handover.contractor, policy), handover.move
    has_move = move is not None and move.side is Role.CONTRACTOR
    if not (policy.updates.enabled and theirs.is_known and has_move) or _silence(handover) in handover.told:
        return None
    end = theirs.end_of_work(after + BEFORE_END)
    if end is not None and _is_that_day(_spoken_at(handover), end, theirs):
        end = theirs.end_of_work(end)
    return end - BEFORE_END if end else None


def _is_that_day(at: datetime, end: datetime, theirs: Hours) -> bool:
    """Whether a moment is of the working day with this end: of the same date, or in its hours before midnight."""
    is_in_hours = theirs.works_at(at) and theirs.end_of_work(at) == end
    return is_in_hours or theirs.local(at).date() == theirs.local(end).date()


def _spoken_at(handover: Handover) -> datetime:
    """When the contractor said last how it goes, or was handed the work, or got the move back."""
    said: Sequence[datetime] = [each.at for each in handover.updates]
    turn = [handover.moves[-1].since] if handover.moves else []
    return max((handover.picked_up_at, *said, *turn))


def _silence(handover: Handover) -> str:
    return f"{Topic.UPDATE} {_spoken_at(handover):%Y-%m-%dT%H:%M:%SZ}"
