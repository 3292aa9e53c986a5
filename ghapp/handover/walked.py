"""The reviewer's walk over the acceptance criteria, as it was ticked and as it was commanded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checks import walk
from checks.walk import Step, Walk
from config.people import Role
from ghapp.handover.facts import Event, Handback
from ghapp.handover.heard import WALK, Heard
from ghapp.handover.ledger import Handover, Walked
from ghapp.handover.parties import Parties

BOXES = "<!-- handoff:walk v1 -->"  # first line of our comment with the boxes; stable for ever


def walked(heard: Sequence[Heard], ledger: Handover, parties: Parties, pulls: Sequence[Handback]) -> Handover:
    """The ledger with the team's newest word on each acceptance criterion, in their order.

    On a pull request that answers several issues a bare id is nobody's, as the command there says.
    """
    walks = {pull.number: _Walks(ledger, pull) for pull in pulls}
    newest: dict[str, Walked] = {each.criterion: each for each in ledger.walked}
    for each in sorted(_said(heard, walks, parties, ledger.ticked), key=lambda found: found.at):
        before = newest.get(each.criterion)
        if before is None or (before.at < each.at and not _is_same(before, each)):
            newest[each.criterion] = each
    boxes = [each.event for each in heard if each.event.pull in walks and _has_boxes(each.event)]
    ticked = frozenset(_tick(event, step) for event in boxes for step in walks[event.pull].boxes(event.text))
    found = tuple(newest[each.id] for each in ledger.criteria if each.id in newest)
    return replace(ledger, walked=found, ticked=ticked if boxes else ledger.ticked)


class _Walks:
    """What texts on one pull request say of this issue's acceptance criteria."""

    def __init__(self, ledger: Handover, pull: Handback) -> None:
        self._own = f"{ledger.repository}#{ledger.number}"
        others = (issue for issue in pull.closes if issue.casefold() != self._own.casefold())
        # Of the other issues the ids are taken alike: an id alone may be theirs as well.
        self._names = [f"{issue} {each.id}" for issue in (self._own, *others) for each in ledger.criteria]

    def words(self, text: str) -> Iterator[Step]:
        return self._ours(walk.words(text, self._names))

    def boxes(self, text: str) -> Iterator[Step]:
        return self._ours(walk.boxes(text, self._names))

    def _ours(self, found: Walk) -> Iterator[Step]:
        return (step for step in found.steps if step.name.startswith(f"{self._own} "))


def _is_same(one: Walked, other: Walked) -> bool:
    """Whether a word is only said again."""
    return (one.grade, one.remark) == (other.grade, other.remark)


def _said(
    heard: Sequence[Heard], walks: Mapping[int, _Walks], parties: Parties, before: frozenset[str]
) -> Iterator[Walked]:
    """What was said of acceptance criteria; of boxes those count that were not ticked at the last look.

    GitHub tells who edited a comment last, and not what: an old tick is not the word of whoever ticks another box.
    """
    for each in heard:
        event = each.event
        if event.pull not in walks:
            continue
        if each.side is Role.TEAM:
            steps = (step for text in each.commanded(WALK) for step in walks[event.pull].words(text))
            yield from (_walked(step, event) for step in steps)
        elif event.edited_at is not None and _has_boxes(event) and _may_review(event.edited_by, parties):
            edit = replace(event, by=event.edited_by, at=event.edited_at)
            new = (step for step in walks[event.pull].boxes(event.text) if _tick(event, step) not in before)
            yield from (_walked(step, edit) for step in new)


def _walked(step: Step, event: Event) -> Walked:
    name = step.name.rpartition(" ")[2]
    return Walked(criterion=name, grade=step.grade, remark=step.remark, by=event.by, at=event.at, pull=event.pull)


def _has_boxes(event: Event) -> bool:
    return event.is_ours and event.text.startswith(BOXES)


def _tick(event: Event, step: Step) -> str:
    return f"#{event.pull} {step.name} {step.grade} {step.remark}"


def _may_review(login: str, parties: Parties) -> bool:
    """Whether somebody's ticks count: whoever may write can tick, the contractor too, and we write the comment."""
    return login != "" and not login.endswith("[bot]") and parties.side_of(login) is not Role.CONTRACTOR
