import asyncio

import pytest

from ghapp.database.commits import Commits
from ghapp.errors import Again


class Disk:
    """Writes when it is let, and notes what it wrote together."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.free = asyncio.Event()
        self.free.set()

    async def write(self, changes):
        await self.free.wait()
        if "unreachable" in changes:
            raise Again("gone")
        if "bad" in changes:
            raise ValueError("bad")
        self.batches.append(list(changes))
        return [change.upper() for change in changes]


@pytest.fixture
def disk() -> Disk:
    return Disk()


async def test_a_change_alone_is_written_alone(disk):
    assert await Commits(disk.write).write("a") == "A"
    assert disk.batches == [["a"]]


async def test_changes_that_arrive_during_a_write_share_the_next(disk):
    commits = Commits(disk.write)
    disk.free.clear()
    first = asyncio.create_task(commits.write("a"))
    await asyncio.sleep(0)  # lets the writer begin with what is there
    await asyncio.sleep(0)
    others = [asyncio.create_task(commits.write(name)) for name in "bcd"]
    await asyncio.sleep(0)
    disk.free.set()
    assert await asyncio.gather(first, *others) == ["A", "B", "C", "D"]
    assert disk.batches == [["a"], ["b", "c", "d"]]


async def test_a_bad_change_does_not_harm_those_written_with_it(disk):
    commits = Commits(disk.write)
    answers = await asyncio.gather(*(commits.write(name) for name in ("a", "bad", "b")), return_exceptions=True)
    assert [answers[0], answers[2]] == ["A", "B"]
    assert isinstance(answers[1], ValueError)


async def test_a_database_that_is_away_is_asked_once_for_all(disk):
    commits = Commits(disk.write)
    answers = await asyncio.gather(*(commits.write(name) for name in ("a", "unreachable")), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Again, Again]
    assert disk.batches == []


async def test_who_stopped_waiting_does_not_keep_the_others_from_their_answers(disk):
    commits = Commits(disk.write)
    disk.free.clear()
    gone, stays = asyncio.create_task(commits.write("a")), asyncio.create_task(commits.write("b"))
    await asyncio.sleep(0)
    gone.cancel()
    disk.free.set()
    assert await stays == "B"
    assert disk.batches == [["a", "b"]]


async def test_close_waits_for_what_is_being_written(disk):
    commits = Commits(disk.write)
    writing = asyncio.create_task(commits.write("a"))
    await asyncio.sleep(0)
    await commits.close()
    assert disk.batches == [["a"]]
    assert await writing == "A"


async def test_who_waits_for_a_database_that_is_busy_is_told_so_in_time_and_what_was_not_begun_is_dropped(disk):
    commits = Commits(disk.write)
    disk.free.clear()
    begun = asyncio.create_task(commits.write("a", within=0.01))
    await asyncio.sleep(0)  # lets the writer begin
    await asyncio.sleep(0)
    waiting = asyncio.create_task(commits.write("b", within=0.01))
    patient = asyncio.create_task(commits.write("c"))
    refused = await asyncio.gather(begun, waiting, return_exceptions=True)
    disk.free.set()
    assert await patient == "C"
    assert [str(error) for error in refused] == ["the database is busy"] * 2
    assert disk.batches == [["a"], ["c"]]
