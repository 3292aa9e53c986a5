from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import load
from ghapp import hours
from ghapp.handover import mornings

NINE = time(9)
WORLD = """
team: {timezone: Asia/Taipei, holidays: TW}
people:
  mads: {timezone: Europe/Copenhagen, holidays: DK}
  rui: {timezone: America/Sao_Paulo, days: [tue, wed], away: [2026-03-03/2026-03-09], holidays: BR}
  late: {hours: "13:00-21:00"}
  early: {hours: "05:00-08:30"}
  short: {hours: "06:00-09:10"}
  night: {hours: "22:00-06:00"}
  never: {days: []}
"""


def clock(login: str) -> hours.Hours:
    return hours.of(login, load(WORLD).policy)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


@pytest.mark.parametrize(
    ("login", "moment", "begins", "until"),
    [
        pytest.param("", "2026-03-03T09:00+08:00", "2026-03-03T09:00+08:00", "2026-03-03T13:00+08:00", id="at-nine"),
        pytest.param("", "2026-03-03T12:59+08:00", "2026-03-03T09:00+08:00", "2026-03-03T13:00+08:00", id="late"),
        pytest.param("late", "2026-03-03T14:00+08:00", "2026-03-03T13:00+08:00", "2026-03-03T17:00+08:00", id="noon"),
        pytest.param("early", "2026-03-03T06:00+08:00", "2026-03-03T05:00+08:00", "2026-03-03T06:45+08:00", id="early"),
        pytest.param("short", "2026-03-03T06:00+08:00", "2026-03-03T06:00+08:00", "2026-03-03T07:35+08:00", id="short"),
        pytest.param("night", "2026-03-04T01:00+08:00", "2026-03-03T22:00+08:00", "2026-03-04T02:00+08:00", id="night"),
        pytest.param("mads", "2026-03-27T08:30Z", "2026-03-27T08:00Z", "2026-03-27T12:00Z", id="winter-time"),
        pytest.param("mads", "2026-03-30T07:30Z", "2026-03-30T07:00Z", "2026-03-30T11:00Z", id="summer-time"),
    ],
)
def test_a_morning_begins_at_the_hour_or_with_the_working_day_and_lasts_for_half_of_it(login, moment, begins, until):
    found = mornings.current(clock(login), NINE, at(moment))
    assert found is not None
    assert (found.at, found.until) == (at(begins), at(until))


@pytest.mark.parametrize(
    ("login", "moment"),
    [
        pytest.param("", "2026-03-03T08:59+08:00", id="too-early"),
        pytest.param("", "2026-03-03T13:00+08:00", id="too-late"),
        pytest.param("", "2026-03-07T10:00+08:00", id="weekend"),
        pytest.param("", "2026-02-27T10:00+08:00", id="holiday"),
        pytest.param("rui", "2026-03-04T12:30Z", id="away"),
        pytest.param("rui", "2026-03-12T12:30Z", id="no-day-of-theirs"),
        pytest.param("never", "2026-03-03T10:00+08:00", id="never"),
    ],
)
def test_there_is_none_on_a_day_off_nor_before_or_after_it(login, moment):
    assert mornings.current(clock(login), NINE, at(moment)) is None


@pytest.mark.parametrize(
    ("login", "moment", "next_", "before"),
    [
        pytest.param("", "2026-03-03T09:00+08:00", "2026-03-04T09:00+08:00", "2026-03-02T09:00+08:00", id="day-by-day"),
        pytest.param(
            "", "2026-03-02T10:00+08:00", "2026-03-03T09:00+08:00", "2026-02-26T09:00+08:00", id="long-weekend"
        ),
        pytest.param("rui", "2026-03-10T12:00Z", "2026-03-11T12:00Z", "2026-02-25T12:00Z", id="after-a-leave"),
        pytest.param("mads", "2026-10-26T08:00Z", "2026-10-27T08:00Z", "2026-10-23T07:00Z", id="over-the-clocks-turn"),
    ],
)
def test_the_one_after_and_the_one_before_leave_out_days_off(login, moment, next_, before):
    theirs, now = clock(login), at(moment)
    found = mornings.current(theirs, NINE, now)
    assert found is not None
    assert mornings.following(theirs, NINE, now) == at(next_)
    assert mornings.before(theirs, NINE, found) == at(before)


def test_who_never_works_has_no_next_one():
    assert mornings.following(clock("never"), NINE, at("2026-03-03T10:00Z")) is None


ZONES = ("Asia/Taipei", "Europe/Copenhagen", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "UTC")
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(
    zone=st.sampled_from(ZONES),
    first=MINUTES,
    last=MINUTES,
    wanted=MINUTES,
    minutes=st.integers(0, 10 * 365 * 24 * 60),
)
def test_every_working_day_has_one_morning_in_its_working_time(zone, first, last, wanted, minutes):
    theirs = hours.of("", load(f'team: {{timezone: {zone}, hours: "{first}-{last}"}}').policy)
    now, days = at("2020-01-01T00:00Z") + timedelta(minutes=minutes), []
    for _ in range(12):
        begins = mornings.following(theirs, time.fromisoformat(wanted), now)
        assert begins is not None
        found = mornings.current(theirs, time.fromisoformat(wanted), begins)
        assert found is not None
        assert now < found.at == begins < found.until
        assert theirs.next_work(begins) == begins
        days.append(found.day)
        now = begins
    worked = (days[0] + timedelta(days=offset) for offset in range((days[-1] - days[0]).days + 1))
    assert days == [day for day in worked if theirs.is_worked(day)]
