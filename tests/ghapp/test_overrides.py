"""A person's word over a verdict: what is read of it, and how long it stands."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.errors import UserError
from ghapp.overrides import Override, Word, asked

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEW_YEARS_EVE = date(2026, 12, 31)
LAST = "The day comes last: write `REASON until YYYY-MM-DD`."


@pytest.mark.parametrize(
    ("text", "reason", "until"),
    [
        pytest.param("vendored as it is", "vendored as it is", None, id="a reason"),
        pytest.param("vendored until 2026-12-31", "vendored", NEW_YEARS_EVE, id="with a day"),
        pytest.param("vendored, until: 2026-12-31", "vendored", NEW_YEARS_EVE, id="with a colon"),
        pytest.param("vendored (until 2026-12-31)", "vendored", NEW_YEARS_EVE, id="in brackets"),
        pytest.param("vendored, UNTIL 2026-12-31.", "vendored", NEW_YEARS_EVE, id="as people write"),
        pytest.param("vendored  \t until\t2026-12-31", "vendored", NEW_YEARS_EVE, id="wide spaces"),
        pytest.param("vendored till **2026-12-31**!", "vendored", NEW_YEARS_EVE, id="with marks"),
        pytest.param("until 2026-12-31", "", NEW_YEARS_EVE, id="a day alone"),
        pytest.param("", "", None, id="nothing"),
        pytest.param(
            "until we knew it was made by hand", "until we knew it was made by hand", None, id="until at the start"
        ),
        pytest.param("wait until the bank answers", "wait until the bank answers", None, id="until no day"),
        pytest.param(
            "frozen until 2026-01-01 was agreed with the vendor",
            "frozen until 2026-01-01 was agreed with the vendor",
            None,
            id="a day in the middle that is over",
        ),
        pytest.param(
            "waits until release until 2026-12-31", "waits until release", NEW_YEARS_EVE, id="the last until counts"
        ),
        pytest.param("vendored until 2026-03-02", "vendored", date(2026, 3, 2), id="today"),
        pytest.param("vendored until 9999-12-31", "vendored", date.max, id="the last day there is"),
    ],
)
def test_reason_and_day_are_read(text, reason, until):
    assert asked(text, now=NOON) == (reason, until)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("x until", "The day after `until` is missing; write it as `until YYYY-MM-DD`.", id="no day"),
        pytest.param("x until .", "The day after `until` is missing; write it as `until YYYY-MM-DD`.", id="a stop"),
        pytest.param("until 2026-12-31 the file stays as the vendor made it", LAST, id="a day to come at the start"),
        pytest.param("x until 2026-12-31, then it goes for good", LAST, id="a day to come in the middle"),
        pytest.param("x until 2026-03-02 12:00", LAST, id="a time of the day"),
        pytest.param("x until 2026-03-01", "`2026-03-01` is in the past; it is 2026-03-02 in UTC.", id="yesterday"),
        pytest.param("x until 2026-02-30", "`2026-02-30` is no day of the calendar.", id="30 February"),
        pytest.param("x until 0000-01-01", "`0000-01-01` is no day of the calendar.", id="year 0"),
        pytest.param("x until soon", "`soon` is not read as a date; write it as `until YYYY-MM-DD`.", id="a word"),
        pytest.param(
            "x until next Friday", "`next Friday` is not read as a date; write it as `until YYYY-MM-DD`.", id="weekday"
        ),
        pytest.param(
            "x until 31 December 2026",
            "`31 December 2026` is not read as a date; write it as `until YYYY-MM-DD`.",
            id="in words",
        ),
        pytest.param(
            "x until the end of March",
            "`the end of March` is not read as a date; write it as `until YYYY-MM-DD`.",
            id="a month",
        ),
        pytest.param(
            "x until 20261231", "`20261231` is not read as a date; write it as `until YYYY-MM-DD`.", id="no dashes"
        ),
        pytest.param(
            "x until 2026-12-3\u0661",
            "`2026-12-3\u0661` is not read as a date; write it as `until YYYY-MM-DD`.",
            id="digits of another script",
        ),
        pytest.param(
            "x until `" + "y" * 99, f"`{'y' * 40}` is not read as a date; write it as `until YYYY-MM-DD`.", id="long"
        ),
    ],
)
def test_what_is_meant_as_a_day_and_is_none_is_one_sentence(text, sentence):
    with pytest.raises(UserError) as caught:
        asked(text, now=NOON)
    assert str(caught.value) == sentence


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    with suppress(UserError):
        reason, until = asked(text, now=NOON)
        assert until is None or until >= NOON.date()
        assert reason.split() == text.split()[: len(reason.split())] or until is not None


def word(**parts) -> Override:
    return Override(**{"word": Word.EXEMPT, "by": "dana", "reason": "vendored", "at": NOON, "comment": 7} | parts)


@pytest.mark.parametrize(
    ("override", "stands"),
    [
        pytest.param(word(), True, id="for good"),
        pytest.param(word(until=date(2026, 3, 2)), True, id="on its last day"),
        pytest.param(word(until=date(2026, 3, 1)), False, id="a day later"),
        pytest.param(word(word=Word.UNEXEMPT), False, id="an end"),
    ],
)
def test_a_word_stands_to_the_end_of_its_last_day(override, stands):
    assert override.stands(NOON) is stands


def test_the_last_day_ends_at_midnight_in_utc():
    override = word(until=date(2026, 3, 2))
    midnight_in_oslo = datetime(2026, 3, 3, tzinfo=timezone(timedelta(hours=1)))
    assert override.stands(midnight_in_oslo)
    assert not override.stands(midnight_in_oslo + timedelta(hours=1))


def test_what_was_said_later_is_greater():
    first, second, third = word(), word(place=1), word(comment=8)
    assert first.order < second.order < third.order
