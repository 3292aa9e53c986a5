import asyncio
from itertools import count

import pytest

from ghapp import database, queue
from ghapp.database import address, engines
from ghapp.errors import Again
from tests.ghapp.runs import Runs, delivery, look, opened, working


@pytest.fixture
def url(tmp_path) -> str:
    where = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(where)
    return where


@pytest.fixture
def other(url):
    """Another process's connection."""
    with engines.sqlite_engine(address.read(url)).connect() as connection:
        yield connection


async def test_a_ring_that_cannot_be_written_is_refused(url, other):
    async with opened(f"{url}?timeout=0.01") as ours:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(Again, match="database is locked"):
            await ours.ring(look(), delivery=delivery("a"))
        other.exec_driver_sql("ROLLBACK")
        assert await ours.ring(look(), delivery=delivery("a"))
        assert await ours.depth() == 1


async def test_a_full_disk_refuses_rings_and_loses_none_that_it_took(url, other):
    pages = other.exec_driver_sql("PRAGMA page_count").scalar()
    async with opened(url) as ours:
        await ours._in_thread(lambda: ours._connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}"))
        taken: list[int] = []
        with pytest.raises(Again, match="database or disk is full"):
            await until_refused(ours, taken)
        assert [await ours.depth()] == taken[-1:]


async def test_an_end_that_cannot_be_written_is_written_later_and_not_run_twice(url, other):
    runs = Runs()
    gate = runs.hold(look())
    async with opened(f"{url}?timeout=0.01") as ours:
        async with working(ours, runs):
            await ours.ring(look())
            await runs.until(began=1)
            other.exec_driver_sql("BEGIN IMMEDIATE")
            gate.set()
            await runs.until(ended=1)
            with pytest.raises(Again):  # the end has been refused by now
                await ours.ring(look(2))
            other.exec_driver_sql("ROLLBACK")
        assert await ours.depth() == 0
    assert runs.ended == [look()]


async def test_a_job_that_nobody_can_read_becomes_a_dead_letter_and_holds_nothing(url, other):
    runs = Runs()
    async with opened(url) as ours:
        await ours.ring(look(1))
        other.exec_driver_sql("UPDATE jobs SET job = '{}'")
        async with working(ours, runs):
            await ours.ring(look(2))
            await runs.until(ended=1)
            async with asyncio.timeout(10):
                while not other.exec_driver_sql("SELECT count(*) FROM dead_letters").scalar():
                    await ours.depth()
        assert await ours.depth() == 0
    assert other.exec_driver_sql("SELECT reason FROM dead_letters").scalar() == "KeyError: 'subject'"
    other.rollback()


async def until_refused(ours: queue.Queue, taken: list[int]) -> None:
    for number in count(1):
        await ours.ring(look(number, why="x" * 1000))
        taken.append(number)
