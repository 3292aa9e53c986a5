"""A hand-over's weeks, as they are kept: enough for a report when the ledger has been replaced by another one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from config.people import Role
from ghapp.hours import Hours

if TYPE_CHECKING:
    from pydantic import TypeAdapter

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One person's turn as far as it lies in a week, in their working hours."""

    owner: str
    side: Role
    since: datetime  # when the turn began, in whatever week
    until: datetime  # how far it is counted
    worked: timedelta  # working time in this week
    theirs: Hours | None = None  # of a turn that goes on, so that it can be counted on; None once it is over
    is_known: bool = True  # else nobody said where the owner works, and UTC was taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of one hand-over."""

    repository: str  # owner/name, as it was called last
    number: int
    picked_up_at: datetime
    monday: date
    zone: str  # the team's, in which the week begins
    begins: bool  # whether the issue was handed over in this week
    outcome: str  # of the readiness at pick-up
    score: int
    gaps: tuple[str, ...] = ()  # criteria that were thin at pick-up
    questions: tuple[str, ...] = ()  # asked in this week: the criterion that each is about, "" where none stands out
    rounds: int = 0  # reviews that asked for changes, in this week
    waits: tuple[Wait, ...] = ()  # oldest first
    ended_at: datetime | None = None  # the hand-over

    @property
    def handover(self) -> tuple[str, int, datetime]:
        """What tells a hand-over from all others."""
        return self.repository, self.number, self.picked_up_at

    @property
    def runs(self) -> bool:
        """Whether somebody's turn goes on."""
        return any(each.theirs for each in self.waits)


def monday(at: datetime, zone: ZoneInfo) -> date:
    """The Monday of the week that a moment is in."""
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def split(begin: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[date, datetime, datetime]]:
    """A span cut where weeks begin, each part with its Monday; one part at least, however short."""
    while True:
        first = monday(begin, zone)
        following = datetime.combine(first + WEEK, time(), zone).astimezone(UTC)
        yield first, begin, min(end, following)
        if end <= following:
            return
        begin = following


def as_json(week: Week) -> dict[str, object]:
    """A week as it is kept."""
    kept: dict[str, object] = _adapter().dump_python(week, mode="json")
    return kept


def from_json(kept: object) -> Week | None:
    """A kept week; None where another version of Handoff kept it."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(kept)
    except ValidationError:
        return None


@cache
def _adapter() -> "TypeAdapter[Week]":
    from pydantic import TypeAdapter

    return TypeAdapter(Week)
