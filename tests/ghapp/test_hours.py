"""Working hours: in zones, over days that are not worked, over clocks that are turned."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import load
from ghapp import hours

POLICY = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00, holidays: TW}
people:
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00, holidays: ID}
  mads: {role: contractor, timezone: Europe/Copenhagen, hours: 08:00-16:00, holidays: DK}
  ana: {role: contractor, timezone: America/Sao_Paulo, hours: 10:00-18:00, days: [mon, tue, wed, thu], holidays: BR-SP}
  noor: {timezone: Europe/Copenhagen, hours: 22:00-06:00}
  kim: {timezone: UTC, hours: 00:00-00:00, days: [mon, tue, wed, thu, fri, sat, sun]}
  lee: {timezone: UTC, days: []}
  eve: {timezone: UTC, hours: 09:00-17:00, away: [2026-03-03, 2026-03-05/2026-03-08]}
"""
LOADED = load(POLICY)
POLICY_IN_FORCE = LOADED.policy


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("who", "since", "until", "expected"),
    [
        pytest.param("dana", "2026-03-02T09:00+08:00", "2026-03-02T18:00+08:00", 9, id="a day of the team's"),
        pytest.param("dana", "2026-03-02T17:00+08:00", "2026-03-03T10:00+08:00", 2, id="over a night"),
        pytest.param("dana", "2026-03-06T17:00+08:00", "2026-03-09T10:00+08:00", 2, id="over a weekend"),
        pytest.param("dana", "2026-02-27T12:00+08:00", "2026-03-02T12:00+08:00", 3, id="Peace Day, kept on the Friday"),
        pytest.param("SARI", "2026-03-02T09:00+08:00", "2026-03-02T18:00+08:00", 8, id="hours of a person"),
        pytest.param("sari", "2026-03-18T16:00+07:00", "2026-03-19T17:00+07:00", 1, id="Nyepi"),
        pytest.param("mads", "2026-03-27T08:00+01:00", "2026-03-30T16:00+02:00", 16, id="clocks go forward in between"),
        pytest.param("mads", "2026-10-23T08:00+02:00", "2026-10-26T16:00+01:00", 16, id="clocks go back in between"),
        pytest.param("ana", "2026-03-05T10:00-03:00", "2026-03-09T11:00-03:00", 9, id="Fridays off"),
        pytest.param("ana", "2026-07-08T10:00-03:00", "2026-07-09T18:00-03:00", 8, id="a holiday of one state"),
        pytest.param("noor", "2026-03-02T00:00+01:00", "2026-03-03T12:00+01:00", 8, id="past midnight"),
        pytest.param("noor", "2026-03-27T12:00+01:00", "2026-03-28T12:00+01:00", 8, id="a night of Friday's"),
        pytest.param("kim", "2026-03-01T00:00+00:00", "2026-03-03T00:00+00:00", 48, id="the whole day, all days"),
        pytest.param("lee", "2026-03-01T00:00+00:00", "2026-06-01T00:00+00:00", 0, id="never"),
        pytest.param("eve", "2026-03-02T09:00+00:00", "2026-03-09T17:00+00:00", 24, id="away a day, and a few"),
        pytest.param("eve", "2026-03-09T17:00+00:00", "2026-03-02T09:00+00:00", 0, id="backwards"),
    ],
)
def test_working_time_between_two_moments(who, since, until, expected):
    worked = hours.of(who, POLICY_IN_FORCE).worked(at(since), at(until))

    assert worked == timedelta(hours=expected)


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter():
    policy = load("people: {noor: {timezone: Europe/Copenhagen, hours: 22:00-06:00, days: [sat]}}").policy

    worked = hours.of("noor", policy).worked(at("2026-03-28T12:00+01:00"), at("2026-03-29T12:00+02:00"))

    assert worked == timedelta(hours=7)


@pytest.mark.parametrize(
    ("who", "moment", "expected"),
    [
        pytest.param("dana", "2026-03-02T10:00+08:00", "2026-03-02T10:00+08:00", id="at work"),
        pytest.param("dana", "2026-03-06T19:00+08:00", "2026-03-09T09:00+08:00", id="after a weekend"),
        pytest.param("mads", "2026-03-27T17:00+01:00", "2026-03-30T08:00+02:00", id="after the clocks went forward"),
        pytest.param("mads", "2026-04-01T17:00+02:00", "2026-04-07T08:00+02:00", id="after Easter"),
        pytest.param("lee", "2026-03-02T10:00+00:00", None, id="never"),
    ],
)
def test_the_next_moment_of_work(who, moment, expected):
    assert hours.of(who, POLICY_IN_FORCE).next_work(at(moment)) == (expected and at(expected))


@pytest.mark.parametrize(
    ("who", "moment", "expected"),
    [
        pytest.param("sari", "2026-03-02T10:00+07:00", "2026-03-02T17:00+07:00", id="today"),
        pytest.param("sari", "2026-03-02T17:00+07:00", "2026-03-03T17:00+07:00", id="it is over"),
        pytest.param("noor", "2026-03-02T23:00+01:00", "2026-03-03T06:00+01:00", id="tomorrow, past midnight"),
        pytest.param("lee", "2026-03-02T10:00+00:00", None, id="never"),
    ],
)
def test_the_end_of_a_working_day(who, moment, expected):
    assert hours.of(who, POLICY_IN_FORCE).end_of_work(at(moment)) == (expected and at(expected))


def test_who_works_at_a_moment():
    works = [
        who
        for who in ("dana", "sari", "mads", "ana")
        if hours.of(who, POLICY_IN_FORCE).works_at(at("2026-03-02T08:30Z"))
    ]

    assert works == ["dana", "sari", "mads"]


def test_whose_time_zone_nobody_said_is_not_known():
    assert hours.of("dana", POLICY_IN_FORCE).is_known
    assert not hours.of("dana", load("").policy).is_known
    assert hours.of("pat", load("people: {pat: {timezone: Europe/Copenhagen}}").policy).is_known


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001 - drawn without a zone, read as UTC
WHO = st.sampled_from(["dana", "sari", "mads", "ana", "noor", "kim", "eve"])


@given(WHO, st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_working_time_adds_up_and_is_never_longer_than_time(who, moments):
    first, second, third = moments
    worked = hours.of(who, POLICY_IN_FORCE).worked

    assert worked(first, second) + worked(second, third) == worked(first, third)
    assert timedelta() <= worked(first, third) <= third - first


@given(WHO, MOMENTS)
def test_no_work_is_done_before_the_next_moment_of_work(who, moment):
    theirs = hours.of(who, POLICY_IN_FORCE)
    begin = theirs.next_work(moment)
    assert begin

    assert theirs.worked(moment, begin) == timedelta()
    assert theirs.works_at(begin)
