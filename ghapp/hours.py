"""Working hours: when a person works, and how much working time lies between two moments.

Moments are compared in UTC, as Python subtracts two times of one zone as if no clock were ever turned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from config.people import Person, Weekday, opening, span
from config.policy import Policy

DAY = timedelta(days=1)
LOOKED_AHEAD = 400  # days in which somebody works again, or is taken never to


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When one person works."""

    zone: ZoneInfo
    first: time
    last: time  # at or before `first`: on the next day
    weekdays: frozenset[int]  # as `date.weekday` counts them
    away: tuple[tuple[date, date], ...] = ()
    country: str = ""  # whose public holidays are not worked
    is_known: bool = True  # else nobody said where, and UTC is taken

    def works_at(self, at: datetime) -> bool:
        """Whether a moment is working time."""
        return self.worked(at, at + timedelta(minutes=1)) > timedelta()

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """The working time between two moments; none when the first is later."""
        spans = self._spans(self._day(since) - DAY, self._day(until))
        return sum((max(timedelta(), min(until, end) - max(since, begin)) for begin, end in spans), timedelta())

    def next_work(self, at: datetime) -> datetime | None:
        """The first moment of working time from a moment on; None when there is none in sight."""
        today = self._day(at)
        spans = self._spans(today - DAY, today + LOOKED_AHEAD * DAY)
        return next((max(at, begin) for begin, end in spans if end > at), None)

    def end_of_work(self, at: datetime) -> datetime | None:
        """The end of the working day that a moment is in, or else of the next one; None when none is in sight."""
        today = self._day(at)
        spans = self._spans(today - DAY, today + LOOKED_AHEAD * DAY)
        return next((end for _, end in spans if end > at), None)

    def local(self, at: datetime) -> datetime:
        """A moment on this person's clock."""
        return at.astimezone(self.zone)

    def is_worked(self, day: date) -> bool:
        """Whether a day of this person's calendar is worked."""
        is_away = any(begin <= day <= end for begin, end in self.away)
        return day.weekday() in self.weekdays and not is_away and not _is_holiday(self.country, day)

    def _day(self, at: datetime) -> date:
        return self.local(at).date()

    def _spans(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        day = first
        while day <= last:
            if self.is_worked(day):
                end = day + DAY if self.last <= self.first else day
                yield self._moment(day, self.first), self._moment(end, self.last)
            day += DAY

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def of(login: str, policy: Policy) -> Hours:
    """When a person works: as the policy says of them, and as far as it does not, as the team does."""
    named = {each.casefold(): person for each, person in policy.people.items()}
    person, team = named.get(login.casefold(), Person()), policy.team
    first, last = opening(person.hours or team.hours)
    zone = person.timezone or team.timezone
    return Hours(
        zone=ZoneInfo(zone or "UTC"),
        first=first,
        last=last,
        weekdays=frozenset(map(tuple(Weekday).index, team.days if person.days is None else person.days)),
        away=tuple(filter(None, map(span, person.away))),
        country=person.holidays or team.holidays or "",
        is_known=zone is not None,
    )


@cache
def _is_holiday(country: str, day: date) -> bool:
    return bool(country) and day in _holidays(country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # it takes half a second, and few policies name a country

    code, _, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))
