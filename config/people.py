"""People: who is on which side of a hand-over, and when each of them works."""

from collections.abc import Iterator
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from config.clash import Clash, alone, refuse
from config.section import Section

HOUR = r"([01][0-9]|2[0-3]):[0-5][0-9]"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

Login = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
Zone = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*$", max_length=50, examples=["Europe/Copenhagen"])]
Hours = Annotated[str, Field(pattern=f"^{HOUR}-{HOUR}$", examples=["09:00-17:30"])]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", examples=["TW", "BR-SP"])]
Days = Annotated[str, Field(pattern=f"^{DAY}(/{DAY})?$", examples=["2026-12-24", "2026-12-24/2027-01-03"])]


class Role(StrEnum):
    """The side of a hand-over somebody is on."""

    TEAM = "team"
    CONTRACTOR = "contractor"


class Weekday(StrEnum):
    """A day of the week, in the order of `date.weekday`."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


Week = Annotated[tuple[Annotated[Weekday, Field(strict=False)], ...], Field(max_length=7, strict=False)]
WORKDAYS = tuple(Weekday)[:5]

ZONE_MEANS = "A time zone by its IANA name."
HOURS_MEANS = "First and last minute of a working day; the same minute twice is the whole day."
DAYS_MEANS = "The days of the week that are worked."
SPAN = "a day that there is, or a span that does not end before it begins"
HOLIDAYS_MEANS = "A country, or a country and a part of it, whose public holidays are not worked."


class Team(Section):
    """When the team works; it holds for a person as far as nothing else is said."""

    timezone: Zone | None = Field(None, description=f"{ZONE_MEANS} Left out: UTC, and who has none is not reminded.")
    hours: Hours = Field("09:00-17:00", description=HOURS_MEANS)
    days: Week = Field(WORKDAYS, description=DAYS_MEANS)
    holidays: Country | None = Field(None, description=f"{HOLIDAYS_MEANS} ISO 3166.")

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        refuse(_unknown(self.timezone, self.holidays))
        return self


class Person(Section):
    """One person; what is left out is as the team has it."""

    role: Role | None = Field(
        None,
        strict=False,
        description="`contractor` or `team`; left out: an outside collaborator of the repository is a contractor.",
    )
    timezone: Zone | None = Field(None, description=ZONE_MEANS)
    hours: Hours | None = Field(None, description=HOURS_MEANS)
    days: Week | None = Field(None, description=DAYS_MEANS)
    holidays: Country | None = Field(None, description=HOLIDAYS_MEANS)
    away: Annotated[tuple[Days, ...], Field(max_length=200, strict=False)] = Field(
        (), description="Days that are not worked, and spans of days, both ends included."
    )

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        never = (("away", index) for index, days in enumerate(self.away) if span(days) is None)
        refuse((*_unknown(self.timezone, self.holidays), *(alone(place, SPAN) for place in never)))
        return self


# Without the extra, a key that is no login would pass in an editor.
People = Annotated[dict[Login, Person], Field(max_length=500, json_schema_extra={"additionalProperties": False})]


def opening(hours: str) -> tuple[time, time]:
    """The first and the last minute of `09:00-17:30`."""
    first, _, last = hours.partition("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def span(days: str) -> tuple[date, date] | None:
    """The first and the last day of `2026-12-24/2027-01-03`, or of one day; None when there is no such span."""
    first, _, last = days.partition("/")
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return None
    return (begin, end) if begin <= end else None


def _unknown(zone: str | None, country: str | None) -> Iterator[Clash]:
    if zone is not None and not _is_zone(zone):
        yield alone(("timezone",), "a time zone such as `Europe/Copenhagen`")
    if country is not None and not _has_holidays(country):
        yield alone(("holidays",), "a country with known holidays such as `TW`, or a part of one such as `BR-SP`")


@cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


@cache
def _has_holidays(country: str) -> bool:
    import holidays  # it takes half a second, and few policies name one

    code, _, part = country.partition("-")
    known = holidays.list_supported_countries()
    return code in known and (not part or part in known[code])
