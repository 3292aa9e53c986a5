import asyncio
from dataclasses import replace

import psycopg
import pytest

from ghapp.errors import Again
from ghapp.queue.tasks import QUEUE
from tests.ghapp.runs import NEVER, PATIENCE, Runs, delivery, depth, look, opened, working

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
        assert await depth(ours) == 2


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
        assert await depth(ours) == 0
    assert len(runs.ended) == 1


async def test_a_ring_just_before_a_waiting_jobs_end_is_marked_as_done_by_the_tidying(url, runs):
    async with opened(url) as ours:
        await ours.ring(look(), delivery=delivery("a"))
        put(url, "DELETE FROM procrastinate_jobs")  # its end, which did not see the delivery
        async with working(ours, runs), asyncio.timeout(PATIENCE):
            while not one(url, "SELECT count(done_at) FROM deliveries"):
                await depth(ours)
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


async def test_a_rescue_that_was_killed_at_its_work_does_not_keep_others_from_theirs(url, runs):
    async with opened(url) as ours:
        await ours.ring(look())
        await ours._app.open_async()
        await ours._app.tasks["rescue"].defer_async(timestamp=0)
        put(url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '11 seconds')")
        for _ in range(2):
            put(url, "SELECT procrastinate_fetch_job_v2(NULL, max(id)) FROM procrastinate_workers")
        assert one(url, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 2
        async with working(ours, runs):
            await runs.until(ended=1)


async def test_an_end_that_cannot_be_written_is_left_to_another_worker(postgres_server, url, runs):
    postgres_server.execute(f"ALTER DATABASE {postgres_server.name(url)} SET lock_timeout = '50ms'")
    gate = runs.hold(look())
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look())
        await runs.until(began=1)
        with psycopg.connect(url) as other:
            other.execute("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'look' FOR UPDATE")
            gate.set()
            async with asyncio.timeout(PATIENCE):
                while one(url, "SELECT max(id) FROM procrastinate_workers") in (None, 1):
                    await depth(ours)
        await runs.until(ended=2)
        await ours.stop()
        assert await depth(ours) == 0


async def test_a_worker_that_another_was_faster_than_takes_nothing(url):
    async with opened(url) as ours:
        await ours.ring(look())
        put(url, "UPDATE procrastinate_jobs SET priority = -1")  # it failed once
        await ours._app.open_async()
        manager = ours._app.job_manager
        faster, slower = await manager.register_worker(), await manager.register_worker()
        async with await psycopg.AsyncConnection.connect(url) as other:
            await other.execute("SELECT procrastinate_fetch_job_v2(NULL, %s)", [faster])
            await ours.ring(replace(look(), command=9))
            fetching = asyncio.create_task(manager.fetch_job([QUEUE], slower))
            async with asyncio.timeout(PATIENCE):
                while not one(url, "SELECT count(*) FROM pg_locks WHERE NOT granted"):
                    await depth(ours)  # until it waits for the other to commit
        assert await fetching is None


async def test_what_a_clean_up_left_behind_when_it_was_interrupted_is_deleted(url, runs):
    put(
        url,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " SELECT 'handoff', 'rescue', status::procrastinate_job_status FROM unnest(ARRAY['failed', 'aborted']) status",
    )
    async with opened(url) as ours, working(ours, runs), asyncio.timeout(PATIENCE):
        while one(url, "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('failed', 'aborted')"):
            await depth(ours)


async def test_rings_of_two_processes_for_the_same_subjects_do_not_fail(url, runs):
    async with opened(url) as one_process, opened(url) as other:
        for turn in range(20):
            jobs = [look(turn * 10 + number) for number in range(10)]
            rung = await asyncio.gather(*(q.ring(job) for job in jobs for q in (one_process, other)))
            assert all(rung)
        assert await depth(one_process) == 200


async def test_nothing_is_left_of_jobs_that_succeeded(url, runs):
    async with opened(url, backoff=NEVER) as ours, working(ours, runs):
        await ours.ring(look())
        await runs.until(ended=1)
        await ours.stop()
        assert one(url, "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'look'") == 0
