from datetime import UTC, datetime, timedelta

import pytest

from ghapp.errors import Again, Paced, Refused
from ghapp.queue.retry import BackOff, Dead, Later, Park, outcome, paused

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MIDDLE = 0.0  # the shortest pause is half the whole one


def after(error: Exception, *, failures: int = 1, chance: float = MIDDLE, backoff: BackOff | None = None):
    return outcome(error, failures=failures, now=NOW, backoff=backoff or BackOff(), chance=lambda: chance)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 5), (2, 15), (3, 45), (4, 135), (5, 405), (6, 1215), (7, 3600)],
)
def test_the_pause_grows_with_each_failure_up_to_an_hour(failures, seconds):
    assert after(ValueError(), failures=failures, chance=1) == Later(NOW + timedelta(seconds=seconds))
    assert after(ValueError(), failures=failures, chance=0) == Later(NOW + timedelta(seconds=seconds / 2))


def test_the_last_failure_is_the_death():
    assert after(ValueError("no such thing"), failures=7) != Dead("ValueError: no such thing")
    assert after(ValueError("no such thing"), failures=8) == Dead("ValueError: no such thing")


def test_what_only_time_can_mend_has_a_day():
    assert after(Again("still out"), failures=29) != Dead("Again: still out")
    assert after(Again("still out"), failures=30) == Dead("Again: still out")
    assert sum((BackOff().pause(each, chance=0.5) for each in range(1, 30)), timedelta()) > timedelta(hours=17)


def test_again_comes_at_its_time():
    at = NOW + timedelta(minutes=7)
    assert after(Again("wait", at=at)) == Later(at)


def test_a_time_that_is_past_is_a_second_from_now():
    assert after(Again("wait", at=NOW - timedelta(hours=1))) == Later(NOW + timedelta(seconds=1))
    assert after(Again("limited", at=NOW, installation=5)) == Park(5, NOW + timedelta(seconds=1))


def test_a_limit_parks_the_installation_until_its_time_however_often():
    at = NOW + timedelta(minutes=40)
    assert after(Again("limited", at=at, installation=5), failures=99) == Park(5, at)


def test_a_limit_without_a_time_parks_for_a_minute():
    assert after(Again("limited", installation=5)) == Park(5, NOW + timedelta(minutes=1))


@pytest.mark.parametrize(("seconds", "most"), [(60, 6), (10, 1), (3600, 15)])
def test_a_parking_ends_a_little_later_by_chance_so_that_not_all_come_back_at_once(seconds, most):
    at = NOW + timedelta(seconds=seconds)
    limited = Again("limited", at=at, installation=5)
    assert after(limited, chance=0) == Park(5, at)
    assert after(limited, chance=1) == Park(5, at + timedelta(seconds=most))


def test_to_wait_for_a_turn_is_no_failure_however_often():
    at = NOW + timedelta(minutes=40)
    assert after(Paced("enough for now", at=at), failures=99) == Later(at, failed=False)


def test_a_reason_is_one_line_of_at_most_500_characters():
    ended = after(RuntimeError("first\n  second\t" + "x" * 1000), failures=8)
    assert isinstance(ended, Dead)
    assert ended.reason.startswith("RuntimeError: first second xxx")
    assert len(ended.reason) == 500


def test_a_refusal_is_tried_once_more():
    assert after(Refused("403"), failures=1) == Later(NOW + timedelta(seconds=2.5))
    assert after(Refused("403"), failures=2) == Dead("Refused: 403")


def test_the_pause_is_bounded_however_often_a_job_ran():
    assert paused(10_000, now=NOW, backoff=BackOff(), chance=lambda: 1) == Later(NOW + timedelta(hours=1))
