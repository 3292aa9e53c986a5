"""Many texts at once, where GitHub limits what is written: checks come at once, comments below the limits."""

from datetime import timedelta

import pytest

from ghapp.subjects import Job, Kind, Subject
from tests.fakes import INSTALLATION
from tests.ghapp.stories.stage import staged

WHAT_ONLY = "Adds a retry table and a worker that walks it."
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def stage(tmp_path):
    async with staged(tmp_path) as opened:
        yield opened


def pulls(stage, numbers):
    for number in numbers:
        stage.github.pull(number, body=WHAT_ONLY, head=f"{number:040x}")


def unchecked(number):
    subject = Subject(
        kind=Kind.PULL,
        installation=INSTALLATION,
        repository=1000 + INSTALLATION,
        repository_node="R_acme_billing",
        number=number,
    )
    return Job(subject=subject, why="sweep.unchecked")


def times(stage, of):
    """When calls came, after the prologue."""
    return [
        time for time, call in zip(stage.github.times[stage.ours.since :], stage.ours.calls, strict=True) if call == of
    ]


async def test_a_burst_of_comments_stays_below_githubs_limit_and_no_check_waits_for_it(stage):
    numbers = range(1, 101)
    pulls(stage, numbers)
    await stage.grow_old()
    start = stage.time()
    for number in numbers:
        await stage.deliver("pull_request", "opened", pull_request={"number": number})
    await stage.settle()
    assert [len(stage.github.ours(number)) for number in numbers] == [1] * 100
    assert len(stage.github.repository.runs) == 100
    assert max(times(stage, "run+")) < start + MINUTE
    comments = times(stage, "comment+")
    assert max(sum(at <= other < at + MINUTE for other in comments) for at in comments) <= 70
    assert stage.ours.calls.count("read") <= 100 + 30
    assert await stage.queue.dead_letters() == ()


async def test_a_backlog_is_looked_at_bit_by_bit_and_a_person_meanwhile_at_once(stage):
    pulls(stage, range(1, 121))
    await stage.grow_old()
    start = stage.time()
    await stage.queue.ring(*(unchecked(number) for number in range(1, 101)))
    await stage.deliver("pull_request", "opened", pull_request={"number": 120})
    await stage.settle()
    looks = times(stage, "read")
    assert stage.waited(120) == 0
    assert max(sum(at <= other < at + MINUTE for other in looks) for at in looks) <= 41
    assert 2 * MINUTE <= max(looks) - start < 3 * MINUTE
    assert len(stage.github.repository.runs) == 101
    assert await stage.queue.dead_letters() == ()
