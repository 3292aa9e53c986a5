"""Mornings: when a digest comes to somebody, and until when it may still come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ghapp.hours import DAY, LOOKED_AHEAD, Hours

SHORTEST = timedelta(minutes=30)  # that is left of a working day: the clock looks every five minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """One working day's digest of one person, or of the team."""

    day: date  # on their calendar
    at: datetime
    until: datetime  # half of what is left of the working day is over: what comes later comes tomorrow


def current(theirs: Hours, clock: time, now: datetime) -> Morning | None:
    """The morning that it is now; None where none has come today, or it has gone by."""
    return next((each for each in _mornings(theirs, clock, now, days=-2) if each.at <= now < each.until), None)


def following(theirs: Hours, clock: time, now: datetime) -> datetime | None:
    """When the next morning begins; None when none is in sight."""
    return next((each.at for each in _mornings(theirs, clock, now, days=LOOKED_AHEAD) if each.at > now), None)


def before(theirs: Hours, clock: time, morning: Morning) -> datetime:
    """When the morning of the working day before began; a day earlier when none is in sight."""
    past = _mornings(theirs, clock, morning.at, days=-LOOKED_AHEAD)
    return next((each.at for each in past if each.at < morning.at), morning.at - DAY)


def _mornings(theirs: Hours, clock: time, now: datetime, *, days: int) -> Iterator[Morning]:
    """The mornings around a moment: from tomorrow on backwards, or from yesterday on."""
    step = DAY if days > 0 else -DAY
    today = theirs.local(now).date()
    for offset in range(-1, abs(days) + 1):
        day = today + offset * step
        if theirs.is_worked(day):
            yield _morning(theirs, clock, day)


def _morning(theirs: Hours, clock: time, day: date) -> Morning:
    """The hour of the policy where it is one of working time and not near its end, else the beginning."""
    last = day + DAY if theirs.last <= theirs.first else day
    begin, end = _moment(theirs, day, theirs.first), _moment(theirs, last, theirs.last)
    wanted = _moment(theirs, day, clock)
    at = wanted if begin <= wanted <= end - SHORTEST else begin
    return Morning(day=day, at=at, until=at + (end - at) / 2)


def _moment(theirs: Hours, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, theirs.zone).astimezone(UTC)
