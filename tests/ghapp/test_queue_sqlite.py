import math
from itertools import count
from pathlib import Path

import pytest

from ghapp import clock, database, metrics, queue
from ghapp.database import address, engines
from ghapp.errors import Again
from tests.ghapp.runs import Runs, delivery, depth, execute, look, opened, working


@pytest.fixture
def url(tmp_path) -> str:
    where = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(where)
    return where


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "handoff.db"


@pytest.fixture
def other(url):
    """Another process's connection."""
    with engines.passing_sqlite_engine(address.read(url), busy=5).connect() as connection:
        yield connection


async def test_a_ring_that_cannot_be_written_is_refused(url, other):
    async with opened(f"{url}?timeout=0.01") as ours:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(Again, match="database is locked"):
            await ours.ring(look(), delivery=delivery("a"))
        other.exec_driver_sql("ROLLBACK")
        assert await ours.ring(look(), delivery=delivery("a"))
        assert await depth(ours) == 1


async def test_a_full_disk_refuses_rings_and_loses_none_that_it_took(url, other):
    pages = other.exec_driver_sql("PRAGMA page_count").scalar()
    async with opened(url) as ours:
        await ours._thread.call(lambda it: it.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}"))
        taken: list[int] = []
        with pytest.raises(Again, match="database or disk is full"):
            await until_refused(ours, taken)
        assert [await depth(ours)] == taken[-1:]


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
        assert await depth(ours) == 0
    assert runs.ended == [look()]


async def test_rings_are_refused_while_the_file_is_away_and_taken_when_it_is_back(url, file):
    runs = Runs()
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look(1))
        await runs.until(ended=1)
        away = file.rename(file.with_name("away"))
        with pytest.raises(Again, match="the file is gone"):
            await ours.ring(look(2), delivery=delivery("a"))
        assert not file.exists()
        await queue.measure(ours.backlog(), now=clock.now())
        assert math.isnan(metrics.REGISTRY.get_sample_value("handoff_queue_depth"))
        away.rename(file)
        assert await ours.ring(look(2), delivery=delivery("a"))
        await runs.until(ended=2)


async def test_a_restored_file_is_used_instead_of_the_one_before(url, file, tmp_path):
    database.migrate(f"sqlite:///{tmp_path}/backup.db")
    async with opened(url) as ours:
        await ours.ring(look(1))
        for part in ("-wal", "-shm"):
            file.with_name(f"{file.name}{part}").unlink()
        (tmp_path / "backup.db").rename(file)
        await ours.ring(look(2), look(3))
        assert await depth(ours) == 2
    assert execute(url, "SELECT count(*) FROM jobs") == [(2,)]


async def test_work_waits_while_its_lock_cannot_be_made(url, file):
    lock = file.with_name(f"{file.name}-worker")
    lock.mkdir()
    runs = Runs()
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look())
        assert runs.began == []
        lock.rmdir()
        await runs.until(ended=1)
    assert lock.stat().st_mode & 0o077 == 0


async def until_refused(ours: queue.Queue, taken: list[int]) -> None:
    for number in count(1):
        await ours.ring(look(number, why="x" * 1000))
        taken.append(number)
