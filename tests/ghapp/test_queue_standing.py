import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.queue.standing import STEP, Standing

counts = st.integers(0, STEP - 1)


@given(st.booleans(), counts, counts)
def test_a_standing_is_read_back_from_its_number(is_backlog, failures, waits):
    standing = Standing(is_backlog=is_backlog, failures=failures, waits=waits)
    assert Standing.of(standing.priority) == standing


@given(st.booleans(), st.integers(0, 10**7), st.integers(0, 10**7))
def test_the_number_fits_where_procrastinate_keeps_it(is_backlog, failures, waits):
    assert -(2**31) <= Standing(is_backlog=is_backlog, failures=failures, waits=waits).priority <= 0


@pytest.mark.parametrize("failed", [True, False], ids=["failed", "waits"])
def test_a_job_that_was_put_off_stands_behind_new_ones_and_before_the_backlog(failed):
    off = Standing().after(failed=failed)
    assert Standing(is_backlog=True).priority < off.priority < Standing().priority


def test_only_failures_count_as_attempts():
    assert Standing().after(failed=False).after(failed=True).after(failed=False) == Standing(failures=1, waits=2)
