"""Who goes first when more waits than can run: people before the backlog, which does not starve; on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from ghapp import clock
from ghapp.errors import Again, Paced
from ghapp.queue import waiting
from ghapp.queue.retry import LONGEST_BEHIND, BackOff
from ghapp.subjects import Job
from tests.ghapp.runs import NEVER, PATIENCE, Runs, delivery, depth, execute, issue, look, opened, working


@pytest.fixture
def runs() -> Runs:
    return Runs()


def found(number: int) -> Job:
    """A job of the backlog."""
    return look(number, why="sweep.unchecked")


async def test_people_go_before_the_backlog_that_came_earlier(url, runs):
    async with opened(url, concurrency=1) as ours:
        await ours.ring(*(found(number) for number in range(1, 6)))
        await ours.ring(look(11))
        await ours.ring(look(12))
        async with working(ours, runs):
            await runs.until(ended=7)
    assert [job.is_backlog for job in runs.ended] == [False, False, *[True] * 5]


async def test_the_backlog_that_has_waited_for_a_day_goes_first(url, runs):
    await ring_yesterday(url, found(1))
    async with opened(url, concurrency=1) as ours:
        await ours.ring(*(look(number) for number in range(2, 6)))
        if url.startswith("postgresql"):
            async with ours._engine.begin() as connection:
                await connection.run_sync(lambda it: waiting.call_up(it, rung_before=clock.now() - LONGEST_BEHIND))
        async with working(ours, runs):
            await runs.until(ended=5)
    assert runs.ended[0] == found(1)


@pytest.mark.postgres
async def test_the_tidying_calls_up_what_has_waited_for_a_day_and_leaves_the_rest(postgres_server, runs):
    url = postgres_server.fresh()
    await ring_yesterday(url, found(1))
    async with opened(url) as ours:
        await ours.ring(found(2))
        execute(url, "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
        async with working(ours, runs), asyncio.timeout(PATIENCE):
            while not execute(url, "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'look' AND priority = 0"):
                await depth(ours)
        [(name,)] = execute(url, "SELECT queueing_lock FROM procrastinate_jobs WHERE priority < 0")
    assert name == found(2).fold


async def test_a_person_who_rings_what_the_backlog_has_found_takes_it_to_the_front(url, runs):
    async with opened(url, concurrency=1) as ours:
        await ours.ring(found(1), found(2), found(3))
        await ours.ring(look(3), delivery=delivery("a"))
        assert await depth(ours) == 3
        async with working(ours, runs):
            await runs.until(ended=3)
        assert await ours.ring(look(3), delivery=delivery("a")) is False
    assert [job.subject.number for job in runs.ended] == [3, 1, 2]


async def test_the_backlog_takes_no_place_from_a_person_who_waits_already(url, runs):
    async with opened(url, concurrency=1) as ours:
        await ours.ring(look(1))
        await ours.ring(found(2), found(1))
        async with working(ours, runs):
            await runs.until(ended=2)
    assert runs.ended == [look(1), found(2)]


async def test_the_backlog_neither_wakes_nor_forgives_a_job_that_waits_out_a_pause(url, runs):
    runs.fail(look(1), ValueError("no"))
    async with opened(url, backoff=NEVER) as ours, working(ours, runs):
        await ours.ring(look(1))
        await runs.until(ended=1)
        async with asyncio.timeout(PATIENCE):
            while (await ours.pending(most=1))[0].attempts != 1:
                pass
        await ours.ring(found(1))
        [still] = await ours.pending(most=9)
        assert (still.job, still.attempts) == (look(1), 1)
        assert still.due is not None
        assert still.due > clock.now() + timedelta(minutes=20)


async def test_a_reinstalled_apps_backlog_replaces_a_job_of_the_installation_before(url, runs):
    after = replace(found(1), subject=replace(issue(1), installation=9))
    async with opened(url) as ours:
        await ours.ring(look(1))
        await ours.ring(after)
        async with working(ours, runs):
            await runs.until(ended=1)
    assert runs.ended == [after]


async def test_to_wait_for_a_turn_is_no_failure_and_holds_up_nobody(url, runs):
    command = Job(subject=issue(1), why="issue_comment.created", command=9)
    turns = [Paced("enough for now", at=clock.now() + timedelta(seconds=1.2 + turn * 0.01)) for turn in range(3)]
    runs.fail(look(1), *turns, ValueError("a first failure"))
    async with opened(url, concurrency=1, backoff=BackOff(attempts=2, first=0.01)) as ours, working(ours, runs):
        await ours.ring(look(1))
        await runs.until(ended=1)
        await ours.ring(look(2), command)
        await runs.until(ended=7)
        await ours.stop()
        assert await ours.dead_letters() == ()
    assert {job.fold for job in runs.ended[1:3]} == {look(2).fold, command.fold}
    assert runs.ended[3:] == [look(1)] * 4


async def test_a_limits_end_lets_people_go_before_the_backlog(url, runs):
    end = clock.now() + timedelta(seconds=1.5)
    gate = runs.hold(look(1))
    runs.fail(look(1), Again("limited", at=end, installation=5))
    async with opened(url, concurrency=1) as ours, working(ours, runs):
        await ours.ring(look(1))
        await runs.until(began=1)
        await ours.ring(found(2), found(3), look(4))
        gate.set()
        await runs.until(ended=5)
    assert min(runs.times[1:]) >= end
    assert [job.is_backlog for job in runs.ended[1:]] == [False, False, True, True]


async def ring_yesterday(url: str, job: Job) -> None:
    async with opened(url, now=lambda: clock.now() - timedelta(hours=25)) as ours:
        await ours.ring(job)
