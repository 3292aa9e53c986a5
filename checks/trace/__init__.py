"""What a pull request's author says of each acceptance criterion of its issues; only words are read, never code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from checks import acceptance_criteria
from checks.acceptance_criteria import MOST
from checks.reader import LocalReader
from checks.reading import Reader, Reading
from checks.subject import AcceptanceCriterion, Issue, LinkedIssue, Pull
from checks.text import Form
from checks.trace import by_id, by_row, by_words
from checks.trace.claims import Claim, claims
from checks.trace.match import How, Match, Weight
from checks.trace.named import NOTHING, Named
from checks.trace.sought import Index
from checks.trace.stance import NEGATIVE, Stance
from checks.verdict import Evidence

__all__ = ["Change", "How", "Named", "State", "Traced", "trace", "trace_readings"]


class State(StrEnum):
    """What the author says of an acceptance criterion."""

    ADDRESSED = "addressed"
    LEFT_OUT = "left out"
    NOT_YET = "not yet"
    NOT_MENTIONED = "not mentioned"


class Change(StrEnum):
    """What became of an acceptance criterion since pick-up."""

    NONE = "none"
    REWORDED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One acceptance criterion and what the author says of it; state and change are two facts."""

    issue: str  # owner/name#7
    criterion: AcceptanceCriterion
    name: str  # its id; with its issue before it where several issues are traced
    state: State = State.NOT_MENTIONED
    how: How | None = None
    evidence: Evidence | None = None  # in the description
    answer: str = ""  # the author's words on it, without its id and the issue's words
    named: Named = NOTHING
    change: Change = Change.NONE
    was: str = ""  # its words at pick-up, where they changed

    @property
    def is_asked(self) -> bool:
        """Whether the issue still holds it."""
        return self.change is not Change.DROPPED

    @property
    def is_answered(self) -> bool:
        """Whether the author says that it was met, or that it was left out."""
        return self.state in (State.ADDRESSED, State.LEFT_OUT)


def trace(pull: Pull, reader: Reader | None = None) -> tuple[Traced, ...]:
    """Each acceptance criterion of the linked issues that can be read, in their order, at most fifty."""
    read = reader or LocalReader()
    linked = tuple(read.issue(Issue(title=issue.title, body=issue.body)) for issue in pull.linked)
    return trace_readings(pull, read.pull(pull), linked)


def trace_readings(pull: Pull, reading: Reading, linked: Sequence[Reading]) -> tuple[Traced, ...]:
    """The same for what is read already; the issues' readings stand in the order of `pull.linked`."""
    rows = [row for issue, read in zip(pull.linked, linked, strict=True) for row in _rows(issue, read)][:MOST]
    if not rows:
        return ()
    several = len({issue.name for issue, *_ in rows}) > 1
    said = _said(reading, Index([(issue.name, issue.title, criterion) for issue, criterion, *_ in rows]))
    return tuple(_traced(row, said.get(number), several=several) for number, row in enumerate(rows))


_MOST_MATCHES = 2_000  # that are weighed; nobody speaks forty times of each of fifty
_Row = tuple[LinkedIssue, AcceptanceCriterion, Change, str]  # the last: its words at pick-up, where they changed
_STATES = {
    Stance.DONE: State.ADDRESSED,
    Stance.PLAIN: State.ADDRESSED,
    Stance.LEFT_OUT: State.LEFT_OUT,
    Stance.NOT_YET: State.NOT_YET,
}


def _rows(issue: LinkedIssue, reading: Reading) -> Iterator[_Row]:
    """The present acceptance criteria of an issue under the ids they keep, then those that were dropped."""
    if not issue.is_readable:
        return
    now = acceptance_criteria.of_reading(reading)
    drift = acceptance_criteria.drift(issue.kept, now)
    was = {each.now.id: each.was.text for each in drift.reworded}
    added = {each.id for each in drift.added}
    for each in acceptance_criteria.carried(issue.kept, now):
        change = Change.REWORDED if each.id in was else Change.ADDED if each.id in added else Change.NONE
        yield issue, each, change, was.get(each.id, "")
    for each in drift.dropped if not reading.document.truncated else ():
        yield issue, each, Change.DROPPED, each.text


def _said(reading: Reading, index: Index) -> dict[int, Match]:
    """For each acceptance criterion the line that counts: the most explicit, of these one that denies, the first."""
    matches = list(islice((match for claim in claims(reading) for match in _matches(claim, index)), _MOST_MATCHES))
    is_pasted = sum(1 for match in matches if match.is_copy) > 1
    found: dict[int, Match] = {}
    for match in matches:
        before = found.get(match.number)
        if not (match.is_copy and is_pasted) and (before is None or _rank(match) > _rank(before)):
            found[match.number] = match
    return found


def _matches(claim: Claim, index: Index) -> list[Match]:
    if claim.unit.form is Form.ROW:
        return list(by_row.matches(claim, index))
    told = by_id.named(claim, index)  # their words beside their ids are no claim by themselves
    return [*by_id.matches(claim, index), *(each for each in by_words.matches(claim, index) if each.number not in told)]


def _rank(match: Match) -> tuple[Weight, bool]:
    return match.weight, match.stance in NEGATIVE


def _traced(row: _Row, said: Match | None, *, several: bool) -> Traced:
    issue, criterion, change, was = row
    name = f"{issue.name} {criterion.id}" if several else criterion.id
    untold = Traced(issue=issue.name, criterion=criterion, name=name, change=change, was=was)
    if said is None:
        return untold
    return replace(
        untold,
        state=_STATES[said.stance],
        how=said.how,
        evidence=said.evidence,
        answer=said.answer,
        named=said.named,
    )
