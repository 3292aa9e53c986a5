"""Whose turn it is: every deed that passes the next move on, from the pick-up to the end."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from config.people import Role
from ghapp.handover.facts import Deed, Event, Facts, Opinion
from ghapp.handover.game import Game, begin
from ghapp.handover.heard import Heard
from ghapp.handover.ledger import Handover, Move, Why
from ghapp.handover.parties import Parties

_NAMED = re.compile(r"(?<![\w/@])@([A-Za-z0-9][A-Za-z0-9-]{0,38})")
_TAKES_UP = frozenset({Why.ANSWER, Why.REWORK, Why.GO_ON})  # a contractor's turns that a push ends
_FOR_WORDS = frozenset({Why.ANSWER, Why.DECIDE})


def moves(heard: Sequence[Heard], facts: Facts, parties: Parties, *, ledger: Handover) -> tuple[Move, ...]:
    """All turns of a hand-over, oldest first; who has the turn already keeps the time since when.

    `ledger` has the questions and decisions as they are now, and the turns as they were kept: where not all was read,
    these stay and what is new goes on from them.
    """
    kept = ledger.moves if facts.whole_since else ()
    game = begin(heard, facts, parties, ledger, kept)
    found = [*kept] or [game.move]
    for each in sorted((*heard, *_written(ledger)), key=lambda each: each.event.at):
        if each.side is Role.TEAM:
            game.team.add(each.event.by.casefold())
        passed = _NEXT[each.event.deed](game, each) if each.event.deed in _NEXT else None
        is_known = kept and ledger.heard_at and each.event.at <= ledger.heard_at
        if passed is None or is_known:
            continue
        if passed.owner.casefold() == found[-1].owner.casefold():
            found[-1] = replace(found[-1], why=passed.why, pull=passed.pull)
        else:
            found.append(passed)
        game.move = found[-1]
    return tuple(found)


def _written(ledger: Handover) -> Iterator[Heard]:
    """The moments at which the issue itself was seen to answer a question."""
    for each in ledger.questions:
        if each.is_answered_by_edit and each.answered_at:
            yield Heard(event=Event(deed=Deed.EDITED, at=each.answered_at, by=""))


def _edited(game: Game, heard: Heard) -> Move | None:
    is_asked = game.move.side is Role.TEAM and game.move.why in _FOR_WORDS
    return game.to_contractor(heard.event, Why.GO_ON) if is_asked and game.is_settled(heard.event.at) else None


def _commented(game: Game, heard: Heard) -> Move | None:
    if heard.side is Role.CONTRACTOR:
        return _contractor_spoke(game, heard)
    return _team_spoke(game, heard) if heard.side is Role.TEAM else None


def _contractor_spoke(game: Game, heard: Heard) -> Move | None:
    event, move = heard.event, game.move
    if heard.has_question:
        return game.to_team(event, Why.ANSWER, _named(game, event))
    if heard.needs_decision:
        return game.to_team(event, Why.DECIDE, _named(game, event))
    if heard.hands_back:
        return game.to_review(event) if event.pull else game.to_team(event, Why.GO_ON)
    is_asked = move.side is Role.CONTRACTOR and move.why is Why.ANSWER
    return _replied(game, event) if is_asked and heard.has_substance else None


def _replied(game: Game, event: Event) -> Move:
    """The turn after a contractor answered what the team asked back."""
    if not game.is_settled(event.at):
        return game.to_team(event, Why.ANSWER)
    return game.to_review(event) if game.is_handback(event) else game.to_team(event, Why.GO_ON)


def _team_spoke(game: Game, heard: Heard) -> Move | None:
    event, move = heard.event, game.move
    if move.side is not Role.TEAM or not heard.has_substance:
        return None
    if heard.only_asks and (event.pull or move.why in _FOR_WORDS):
        return game.to_contractor(event, Why.ANSWER)
    if move.why in _FOR_WORDS:
        return game.to_contractor(event, Why.GO_ON) if game.is_settled(event.at) else None
    if move.why is Why.GO_ON:
        return game.to_contractor(event, Why.GO_ON)
    return game.to_contractor(event, Why.REWORK) if game.is_handback(event) else None


def _reviewed(game: Game, heard: Heard) -> Move | None:
    event = heard.event
    if heard.side is not Role.TEAM:
        return _commented(game, heard)
    if not game.is_handback(event):
        return None
    match event.opinion:
        case Opinion.APPROVED:
            return _approved(game, event)
        case Opinion.CHANGES_REQUESTED:
            _demand(game, event)
            return game.to_contractor(event, Why.REWORK)
        case Opinion.COMMENTED if heard.has_substance or event.inline:
            game.reviewers[event.pull] = event.by
            is_new = heard.only_asks and game.move.side is Role.TEAM
            return game.to_contractor(event, Why.ANSWER if is_new else Why.REWORK)
    return None


def _demand(game: Game, event: Event) -> None:
    game.reviewers[event.pull] = event.by
    demands = game.demands.setdefault(event.pull, [])
    if event.by not in demands:
        demands.append(event.by)


def _approved(game: Game, event: Event) -> Move | None:
    """An approval leaves the merge to do, or what another reviewer asked for."""
    left = [each for each in game.demands.get(event.pull, ()) if each != event.by]
    game.demands[event.pull] = left
    if not left:
        game.waiting.discard(event.pull)
        return game.to_team(event, Why.MERGE, game.parties.by)
    return None if game.move.side is Role.CONTRACTOR else game.to_review(event, left[-1])


def _opened(game: Game, heard: Heard) -> Move | None:
    event = heard.event
    return game.to_review(event) if game.is_handback(event) and event.pull not in game.drafts else None


def _readied(game: Game, heard: Heard) -> Move | None:
    game.drafts.discard(heard.event.pull)
    return game.to_review(heard.event) if game.is_handback(heard.event) else None


def _drafted(game: Game, heard: Heard) -> Move | None:
    game.drafts.add(heard.event.pull)
    return _withdrawn(game, heard.event)


def _pushed(game: Game, heard: Heard) -> Move | None:
    """New commits take up a review; those before it, on a draft, or of the team are work that goes on.

    A commit's author is nobody to GitHub where the e-mail address is no account's: it counts as the contractor's.
    """
    event, move = heard.event, game.move
    is_taken_up = move.side is Role.CONTRACTOR and move.why in _TAKES_UP and move.pull == event.pull
    is_theirs = game.is_handback(event) and heard.side is not Role.TEAM
    return game.to_review(event) if is_taken_up and is_theirs and event.pull not in game.drafts else None


def _requested(game: Game, heard: Heard) -> Move | None:
    event = heard.event
    if not event.to or not game.is_handback(event) or game.parties.side_of(event.to) is Role.CONTRACTOR:
        return None
    game.reviewers[event.pull] = event.to
    return None if event.pull in game.drafts else game.to_review(event, event.to)


def _released(game: Game, heard: Heard) -> Move | None:
    """Who was asked for a review is asked no more: whoever handed it over reviews, until another one is asked."""
    event, move = heard.event, game.move
    if not event.to or game.reviewers.get(event.pull, "").casefold() != event.to.casefold():
        return None
    del game.reviewers[event.pull]
    is_theirs = move.why is Why.REVIEW and (move.pull, move.owner.casefold()) == (event.pull, event.to.casefold())
    return game.to_review(event) if is_theirs else None


def _closed(game: Game, heard: Heard) -> Move | None:
    """A pull request that is closed unmerged leaves the issue to do; what ends the issue ends the ledger elsewhere."""
    return None if heard.event.pull in game.merged else _withdrawn(game, heard.event)


def _withdrawn(game: Game, event: Event) -> Move | None:
    """A pull request is not to be reviewed any more: the contractor goes on, unless the team has more to do."""
    if not game.is_handback(event):
        return None
    game.waiting.discard(event.pull)
    if game.move.side is Role.TEAM and game.move.why in _FOR_WORDS:
        return None
    return _other(game, event) or game.to_contractor(event, Why.GO_ON)


def _merged(game: Game, heard: Heard) -> Move | None:
    game.waiting.discard(heard.event.pull)
    return _other(game, heard.event) or game.to_team(heard.event, Why.CLOSE, game.parties.by)


def _other(game: Game, event: Event) -> Move | None:
    """The review of another pull request that waits."""
    return game.to_review(replace(event, pull=min(game.waiting))) if game.waiting else None


def _reopened(game: Game, heard: Heard) -> Move | None:
    event = heard.event
    if not event.pull:
        return game.to_contractor(event, Why.GO_ON)
    return _opened(game, heard)


def _named(game: Game, event: Event) -> str:
    """Whom of the team a comment names first; "" when nobody."""
    named = _NAMED.findall(event.text)
    is_there = (login for login in named if game.parties.side_of(login) is Role.TEAM or login.casefold() in game.team)
    return next(is_there, "")


_NEXT: Mapping[Deed, Callable[[Game, Heard], Move | None]] = {
    Deed.EDITED: _edited,
    Deed.COMMENTED: _commented,
    Deed.REVIEWED: _reviewed,
    Deed.OPENED: _opened,
    Deed.READIED: _readied,
    Deed.DRAFTED: _drafted,
    Deed.PUSHED: _pushed,
    Deed.REQUESTED: _requested,
    Deed.RELEASED: _released,
    Deed.MERGED: _merged,
    Deed.CLOSED: _closed,
    Deed.REOPENED: _reopened,
}
