"""What was told already, to whom and on which morning: what is kept of a digest between two mornings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from config.people import Role
from ghapp.handover import mornings
from ghapp.hours import Hours

if TYPE_CHECKING:
    from pydantic import TypeAdapter

TEAM = ""  # the reader that is no single person
FORGOTTEN = timedelta(days=30)  # after which a reader who has nothing to do with the hand-overs is one no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a digest is for; `since` is when they first had to do with a hand-over that goes on, None for the team."""

    login: str
    side: Role
    hours: Hours
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reader's last digest."""

    day: date  # on their calendar
    morning: datetime  # when it was to come
    since: datetime  # what arrived was told from here on
    at: datetime  # until here: when it came
    until: datetime  # after which it would have come too late
    keys: frozenset[str] = frozenset()  # what was open then: nobody is called twice for the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message for Slack: taken out before it is sent, as nobody could see afterwards whether it was."""

    reader: str
    sections: tuple[str, ...]
    due: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """All that is kept of the digest in one repository; `issue` is 0 while there is none."""

    begun: datetime | None = None  # when it was looked at first: no morning before is told of
    issue: int = 0
    readers: Mapping[str, Told] = field(default_factory=dict)  # by login, casefolded
    unsent: tuple[Unsent, ...] = ()

    def to_json(self) -> dict[str, object]:
        """As it is kept."""
        kept: dict[str, object] = _adapter().dump_python(self, mode="json")
        return kept

    def with_told(self, told: Mapping[str, Told], *, now: datetime) -> "Posted":
        """The same after a morning of some readers."""
        lasting = {reader: each for reader, each in self.readers.items() if now - each.at < FORGOTTEN}
        return replace(self, readers={**lasting, **told})


def from_json(kept: object) -> Posted:
    """What was kept.

    Raises:
        ValueError: it is none.
    """
    return _adapter().validate_python(kept)


def due_readers(posted: Posted, readers: Mapping[str, Reader], clock: time, *, now: datetime) -> dict[str, Told]:
    """The readers whose morning it is and who were told nothing yet on it, with what to tell them from.

    Who came after it began has none on that day: what they were handed a moment ago is no news to them.
    """
    found = {}
    for reader, each in readers.items():
        morning, last = mornings.current(each.hours, clock, now), posted.readers.get(reader)
        if morning is None or (each.since is not None and each.since >= morning.at):
            continue
        if last.day < morning.day if last else (posted.begun or now) <= morning.at:
            found[reader] = Told(
                day=morning.day,
                morning=morning.at,
                since=last.at if last else mornings.before(each.hours, clock, morning),
                at=now,
                until=morning.until,
                keys=last.keys if last else frozenset(),
            )
    return found


@cache
def _adapter() -> "TypeAdapter[Posted]":
    from pydantic import TypeAdapter

    return TypeAdapter(Posted)
