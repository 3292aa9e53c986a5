"""The ledger of a hand-over as it follows from what happened; what lies before what was read stays as it was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checks import acceptance_criteria
from checks.subject import AcceptanceCriterion
from config.people import Role
from config.policy import Policy
from ghapp import hours
from ghapp.handover.asked import asked
from ghapp.handover.decided import decided
from ghapp.handover.facts import Deed, Event, Facts, Opinion
from ghapp.handover.heard import UPDATE, Heard, hear
from ghapp.handover.ledger import Handover, Update
from ghapp.handover.moves import moves
from ghapp.handover.parties import Parties, is_contractor, parties
from ghapp.handover.walked import walked


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The issue as it is judged now; it is kept for a hand-over that begins."""

    criteria: tuple[AcceptanceCriterion, ...] = ()
    score: int = 0
    outcome: str = ""
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _PickUp:
    contractor: str
    by: str
    at: datetime


def derive(facts: Facts, policy: Policy, judged: Judged, *, repository: str, kept: Handover | None) -> Handover | None:
    """The ledger as it is now; None for an issue that is, and was, in no contractor's hands."""
    pick_up = _pick_up(facts, policy, kept)
    if pick_up is None:
        return _ended(kept, facts) if kept else None
    begun = kept if kept and _is_same(kept, pick_up) else _begun(facts, judged, pick_up)
    sides = parties(facts, policy, contractor=pick_up.contractor, by=pick_up.by)
    theirs = hours.of(pick_up.contractor, policy)
    since = [event for event in facts.events if event.at >= pick_up.at]
    heard = [hear(event, sides, thin=begun.gaps, day=theirs.local(event.at).date()) for event in since]
    now = replace(begun, repository=repository, title=facts.title, pulls=tuple(pull.number for pull in facts.pulls))
    now = replace(
        now,
        questions=asked(heard, facts, begun) if policy.questions.enabled else (),
        decisions=decided(heard, facts, begun, theirs),
        updates=_updates(heard, facts, begun.updates),
        criteria=acceptance_criteria.remembered(begun.criteria, judged.criteria),
        present=judged.criteria,
    )
    now = walked(heard, _numbered(now, facts), sides, facts.pulls)
    return _closed(_played(now, heard, facts, sides), facts)


def _is_same(kept: Handover, pick_up: _PickUp) -> bool:
    """Whether a ledger is of this pick-up: two people may be assigned in the same second."""
    return (kept.contractor.casefold(), kept.picked_up_at) == (pick_up.contractor.casefold(), pick_up.at)


def _numbered(now: Handover, facts: Facts) -> Handover:
    """The same with what is kept so that no id is given twice, and that an edit is seen that answers a question."""
    return replace(
        now,
        last_question=max((now.last_question, *(int(each.id[1:]) for each in now.questions))),
        last_decision=max((now.last_decision, *(int(each.id[1:]) for each in now.decisions))),
        body=facts.body if now.open_questions else "",
    )


def _played(now: Handover, heard: Sequence[Heard], facts: Facts, sides: Parties) -> Handover:
    """The same with every turn, when reviews asked for changes, and the contractor's last deed."""
    before = (each for each in now.demanded if facts.is_before(each))
    demanded = (each.event.at for each in heard if _demands(each))
    own = (each.event.at for each in heard if each.side is Role.CONTRACTOR)
    return replace(
        now,
        moves=moves(heard, facts, sides, ledger=now),
        demanded=tuple(sorted({*before, *demanded})),
        active_at=max(own, default=now.active_at),
        heard_at=max((each.event.at for each in heard), default=now.heard_at),
    )


def _demands(heard: Heard) -> bool:
    return heard.side is Role.TEAM and heard.event.opinion is Opinion.CHANGES_REQUESTED


def _pick_up(facts: Facts, policy: Policy, kept: Handover | None) -> _PickUp | None:
    """The assignment that holds: of the contractors who are assignees still, the one who is it the longest."""
    there = [each for each in facts.assignees if is_contractor(each, policy, outside=facts.outside)]
    held = {each.casefold() for each in there}
    newest = {
        each.to.casefold(): each for each in facts.events if each.deed is Deed.ASSIGNED and each.to.casefold() in held
    }
    if kept is not None and kept.contractor.casefold() in held and _goes_on(kept, newest):
        return _PickUp(contractor=kept.contractor, by=kept.by, at=kept.picked_up_at)
    if newest:
        first = min(newest.values(), key=lambda event: event.at)
        return _PickUp(contractor=first.to, by=_assigner(first.by, facts, policy), at=first.at)
    return _PickUp(contractor=there[0], by=_assigner("", facts, policy), at=facts.read_at) if there else None


def _goes_on(kept: Handover, newest: Mapping[str, Event]) -> bool:
    """Whether a ledger is still of the same pick-up: its contractor was not assigned anew since."""
    again = newest.get(kept.contractor.casefold())
    return again is None or again.at <= kept.picked_up_at


def _assigner(by: str, facts: Facts, policy: Policy) -> str:
    """Who handed it over: who assigned, or the author where a bot did or the contractor took it; "" when nobody can be.

    Where neither is of the team it is the first one whom the policy calls so.
    """
    team = [login for login, person in policy.people.items() if person.role is Role.TEAM]
    author = facts.author if facts.by_team or facts.author.casefold() in map(str.casefold, team) else ""
    asked = (by, author, *team)
    return next((each for each in asked if _is_of_team(each, facts, policy)), "")


def _is_of_team(login: str, facts: Facts, policy: Policy) -> bool:
    is_person = login != "" and not login.endswith("[bot]")
    return is_person and not is_contractor(login, policy, outside=facts.outside)


def _begun(facts: Facts, judged: Judged, pick_up: _PickUp) -> Handover:
    return Handover(
        repository="",
        number=facts.number,
        title=facts.title,
        contractor=pick_up.contractor,
        by=pick_up.by,
        picked_up_at=pick_up.at,
        spec=facts.body,
        criteria=judged.criteria,
        score=judged.score,
        outcome=judged.outcome,
        gaps=judged.gaps,
    )


def _updates(heard: Sequence[Heard], facts: Facts, kept: Sequence[Update]) -> tuple[Update, ...]:
    """The written updates, and those that a command calls so."""
    found = {
        each.event.id: Update(
            comment=each.event.id, pull=each.event.pull, by=each.event.by, at=each.event.at, says=each.says
        )
        for each in heard
        if each.side is Role.CONTRACTOR and (each.says or (each.commanded(UPDATE) and each.words.strip()))
    }
    older = [each for each in kept if each.comment not in found and facts.is_before(each.at)]
    return (*older, *found.values())


def _closed(now: Handover, facts: Facts) -> Handover:
    """The end of a hand-over whose issue is closed; one that is reopened goes on."""
    if facts.is_open:
        return replace(now, ended_at=None, merged=False)
    closed = (each.at for each in facts.events if each.deed is Deed.CLOSED and not each.pull)
    return replace(now, ended_at=max(closed, default=facts.read_at), merged=any(pull.is_merged for pull in facts.pulls))


def _ended(kept: Handover, facts: Facts) -> Handover:
    """The end of a hand-over that was taken back."""
    if kept.ended_at is not None:
        return kept
    back = (
        each.at
        for each in facts.events
        if each.deed is Deed.UNASSIGNED and each.to.casefold() == kept.contractor.casefold()
    )
    return replace(kept, ended_at=max(back, default=facts.read_at))
