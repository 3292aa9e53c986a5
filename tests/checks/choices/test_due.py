from datetime import date

import pytest

from checks.choices.due import due, without_due

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2026-03-20", date(2026, 3, 20)),
        ("by Friday", date(2026, 3, 6)),
        ("by Wed", date(2026, 3, 4)),
        ("until next Monday", date(2026, 3, 9)),
        ("by next Friday", date(2026, 3, 13)),
        ("by tomorrow", date(2026, 3, 5)),
        ("due today", date(2026, 3, 4)),
        ("by the end of the week", date(2026, 3, 6)),
        ("by end of next week", date(2026, 3, 13)),
        ("by end of month", date(2026, 3, 31)),
        ("before March 10", date(2026, 3, 10)),
        ("by 15 Apr", date(2026, 4, 15)),
        ("by the 1st of May, 2027", date(2027, 5, 1)),
        ("by 2 March", date(2027, 3, 2)),
        ("by Feb 30", None),
        ("by 2026-13-01", None),
        ("on Friday I am away", None),
        ("by Dana", None),
    ],
)
def test_a_day_is_read_as_its_writer_means_it(text, day):
    assert due(text, WEDNESDAY) == day


def test_the_words_of_a_day_are_taken_out():
    assert without_due("CSV or XLSX, by Friday?") == "CSV or XLSX, ?"
