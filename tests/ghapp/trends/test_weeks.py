"""Weeks: where they begin in a zone, how a span is cut by them, and that they come back as they were kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ghapp.trends.weeks import as_json, from_json, monday, split
from tests.ghapp.trends import handed


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        pytest.param("2026-03-02T00:00+08:00", "Asia/Taipei", "2026-03-02", id="the first minute of a Monday"),
        pytest.param("2026-03-01T23:59+08:00", "Asia/Taipei", "2026-02-23", id="the last one of a Sunday"),
        pytest.param("2026-03-01T23:00Z", "Asia/Taipei", "2026-03-02", id="Monday in Taipei, Sunday in UTC"),
        pytest.param("2026-03-02T01:00Z", "America/Sao_Paulo", "2026-02-23", id="Sunday in Sao Paulo, Monday in UTC"),
        pytest.param("2026-01-01T12:00Z", "UTC", "2025-12-29", id="across a new year"),
    ],
)
def test_a_week_begins_on_the_teams_monday(at, zone, day):
    assert monday(moment(at), ZoneInfo(zone)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        pytest.param("2026-03-02T09:00+01:00", "2026-03-02T09:00+01:00", [0], id="no time at all is one part"),
        pytest.param("2026-03-02T09:00+01:00", "2026-03-04T09:00+01:00", [48], id="within a week"),
        pytest.param("2026-03-08T12:00+01:00", "2026-03-09T06:00+01:00", [12, 6], id="over a Sunday night"),
        pytest.param("2026-03-08T12:00+01:00", "2026-03-09T00:00+01:00", [12], id="until a Sunday night"),
        pytest.param("2026-03-29T00:00+01:00", "2026-03-30T06:00+02:00", [23, 6], id="over the night of summer time"),
        pytest.param("2026-03-08T23:00+01:00", "2026-03-23T01:00+01:00", [1, 168, 168, 1], id="over several weeks"),
    ],
)
def test_a_span_is_cut_where_weeks_begin(begin, end, hours):
    parts = list(split(moment(begin), moment(end), ZoneInfo("Europe/Copenhagen")))

    assert [(stop - start) / timedelta(hours=1) for _, start, stop in parts] == hours
    assert [day.weekday() for day, _, _ in parts] == [0] * len(parts)
    assert (parts[0][1], parts[-1][2]) == (moment(begin), moment(end))


@pytest.mark.parametrize("week", handed.some(), ids=lambda week: f"{week.number} {week.monday}")
def test_a_week_comes_back_as_it_was_kept(week):
    assert from_json(as_json(week)) == week


@pytest.mark.parametrize("kept", [None, {}, [], {"repository": 7}, "a week"], ids=repr)
def test_what_another_version_kept_is_none(kept):
    assert from_json(kept) is None
