import asyncio
from dataclasses import replace

import psycopg
import pytest

from ghapp.errors import Again
from tests.ghapp.runs import NEVER, PATIENCE, Runs, delivery, look, opened, working

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres_server) -> str:
    return postgres_server.fresh()


@pytest.fixture
def runs() -> Runs:
    return Runs()


def put(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def one(url: str, statement: str):
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchone()[0]


async def test_a_ring_that_cannot_be_written_is_refused(postgres_server, url):
    async with opened(url) as ours:
        await ours.ring(look(1))
        with postgres_server.gone(url), pytest.raises(Again, match="the database cannot be used now"):
            await ours.ring(look(2), delivery=delivery("a"))
        assert await ours.ring(look(2), delivery=delivery("a"))
        assert await ours.depth() == 2


async def test_work_goes_on_when_the_server_is_back(postgres_server, url, runs):
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look(1))
        await runs.until(ended=1)
        with postgres_server.gone(url):
            pass
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await ours.ring(look(2))
                    break
                except Again:
                    continue
        await runs.until(ended=2)


async def test_a_job_of_a_worker_that_was_killed_is_taken_over(url, runs):
    async with opened(url) as ours:
        await ours.ring(look(), delivery=delivery("a"))
        put(url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '11 seconds')")
        put(url, "SELECT procrastinate_fetch_job_v2(NULL, max(id)) FROM procrastinate_workers")
        assert one(url, "SELECT status FROM procrastinate_jobs") == "doing"
        async with working(ours, runs):
            await runs.until(ended=1)
        assert await ours.ring(look(), delivery=delivery("a")) is False


async def test_a_job_of_a_killed_worker_that_was_rung_again_runs_once(url, runs):
    async with opened(url) as ours:
        await ours.ring(look())
        put(url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '11 seconds')")
        put(url, "SELECT procrastinate_fetch_job_v2(NULL, max(id)) FROM procrastinate_workers")
        await ours.ring(look())
        async with working(ours, runs):
            await runs.until(ended=1)
        assert await ours.depth() == 0
    assert len(runs.ended) == 1


async def test_a_ring_just_before_a_waiting_jobs_end_is_marked_as_done_by_the_tidying(url, runs):
    async with opened(url) as ours:
        await ours.ring(look(), delivery=delivery("a"))
        put(url, "DELETE FROM procrastinate_jobs")  # its end, which did not see the delivery
        async with working(ours, runs), asyncio.timeout(PATIENCE):
            while not one(url, "SELECT count(done_at) FROM deliveries"):
                await ours.depth()
        assert await ours.ring(look(), delivery=delivery("a")) is False


async def test_a_reinstalled_apps_ring_replaces_a_job_of_the_installation_before(url, runs):
    before = look()
    after = replace(before, subject=replace(before.subject, installation=9))
    async with opened(url) as ours:
        await ours.ring(before)
        await ours.ring(after)
        async with working(ours, runs):
            await runs.until(ended=1)
    assert runs.ended == [after]


async def test_rings_of_two_processes_for_the_same_subjects_do_not_fail(url, runs):
    async with opened(url) as one_process, opened(url) as other:
        for turn in range(20):
            jobs = [look(turn * 10 + number) for number in range(10)]
            rung = await asyncio.gather(*(q.ring(job) for job in jobs for q in (one_process, other)))
            assert all(rung)
        assert await one_process.depth() == 200


async def test_nothing_is_left_of_jobs_that_succeeded(url, runs):
    async with opened(url, backoff=NEVER) as ours, working(ours, runs):
        await ours.ring(look())
        await runs.until(ended=1)
        await ours.stop()
        assert one(url, "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'look'") == 0
