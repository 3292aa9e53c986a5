"""When content was written, on both databases: what one process keeps, all know."""

from datetime import timedelta

import pytest

from ghapp import store
from ghapp.github.pace import Pace
from tests.ghapp.test_store import AT

HOUR = timedelta(hours=1)


@pytest.fixture
async def ours(url):
    opened = await store.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(url):
    """Another process's."""
    opened = await store.open(url)
    yield opened
    await opened.close()


async def test_what_one_process_wrote_all_know(ours, other):
    await ours.keep_written(5, at=AT, forget=AT - HOUR)
    await other.keep_written(5, at=AT, forget=AT - HOUR)
    await ours.keep_written(6, at=AT, forget=AT - HOUR)
    assert await other.written(5, since=AT - HOUR) == (AT, AT)
    assert await other.written(5, since=AT) == ()


async def test_what_is_old_is_forgotten_whoever_wrote_it(ours):
    await ours.keep_written(5, at=AT, forget=AT - HOUR)
    await ours.keep_written(6, at=AT + 2 * HOUR, forget=AT + HOUR)
    assert await ours.written(5, since=AT - HOUR) == ()
    assert await ours.written(6, since=AT + HOUR) == (AT + 2 * HOUR,)


async def test_a_forgotten_installation_leaves_nothing(ours):
    await ours.keep_written(5, at=AT, forget=AT - HOUR)
    await ours.forget_installation(5)
    assert await ours.written(5, since=AT - HOUR) == ()


async def test_two_processes_write_no_more_than_one_may(ours, other):
    paces = [Pace(5, ours), Pace(5, other)]
    times = [await pace.content(AT, backlog=False) for _ in range(40) for pace in paces]
    assert times.count(AT) == 70
    assert min(at for at in times if at > AT) == AT + timedelta(minutes=1)
