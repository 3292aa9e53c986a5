import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from ghapp import clock, metrics, queue
from ghapp.queue.retry import BackOff
from ghapp.subjects import Delivery, Job, Kind, Subject
from tests.ghapp.runs import PATIENCE, Runs, delivery, depth, execute, issue, look, opened, until_dead, working


@pytest.fixture
async def ours(url):
    async with opened(url) as opening:
        yield opening


@pytest.fixture
def runs() -> Runs:
    return Runs()


class TestQueue:
    async def test_a_ring_is_run(self, ours, runs):
        async with working(ours, runs):
            assert await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=1)
        assert runs.ended == [look()]
        assert await depth(ours) == 0

    async def test_a_job_comes_back_whole(self, ours, runs):
        subject = Subject(kind=Kind.COMMIT, installation=5, repository=7, repository_node="R_7", sha="c0ffee")
        job = Job(subject=subject, why="check_suite.rerequested", command=4_000_000_000, again=True)
        await ours.ring(job)
        async with working(ours, runs):
            await runs.until(ended=1)
        assert runs.ended == [job]

    async def test_what_a_database_cannot_store_does_not_stop_a_ring(self, ours, runs):
        odd = Delivery(guid="g\ud800", event="issues", action="\0edited")
        async with working(ours, runs):
            assert await ours.ring(look(why="issues.\0\ud800"), delivery=odd)
            await runs.until(ended=1)
        assert runs.ended == [look(why="issues.?")]

    async def test_a_delivery_that_is_done_is_not_rung_again(self, ours, runs):
        async with working(ours, runs):
            await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=1)
        assert await ours.ring(look(), delivery=delivery("a")) is False
        assert await depth(ours) == 0

    async def test_a_delivery_that_is_known_but_not_done_rings_again(self, ours, runs):
        assert await ours.ring(look(), delivery=delivery("a"))
        assert await ours.ring(look(), delivery=delivery("a"))
        async with working(ours, runs):
            await runs.until(ended=1)
        assert runs.ended == [look()]

    async def test_a_delivery_without_jobs_is_done_at_once(self, ours):
        assert await ours.ring(delivery=delivery("a"))
        assert await ours.ring(delivery=delivery("a")) is False

    async def test_a_delivery_with_two_jobs_is_done_when_both_are(self, ours, runs):
        gate = runs.hold(look(2))
        async with working(ours, runs):
            await ours.ring(look(1), look(2), delivery=delivery("a"))
            await runs.until(began=2, ended=1)
            assert await ours.ring(look(1), look(2), delivery=delivery("a"))
            gate.set()
            await runs.until(ended=4)
        assert await ours.ring(look(1), look(2), delivery=delivery("a")) is False

    async def test_rings_fold_while_they_wait(self, ours, runs):
        for turn in range(10):
            await ours.ring(look(), delivery=delivery(str(turn)))
        assert await depth(ours) == 1
        async with working(ours, runs):
            await runs.until(ended=1)
        assert len(runs.ended) == 1
        assert not any([await ours.ring(look(), delivery=delivery(str(turn))) for turn in range(10)])

    async def test_rings_during_a_run_fold_into_exactly_one_more(self, ours, runs):
        gate = runs.hold(look())
        async with working(ours, runs):
            await ours.ring(look())
            await runs.until(began=1)
            for turn in range(10):
                await ours.ring(look(), delivery=delivery(str(turn)))
            gate.set()
            await runs.until(ended=2)
        assert len(runs.began) == 2
        assert await depth(ours) == 0

    async def test_the_run_after_a_run_begins_at_once(self, url, runs):
        gate = runs.hold(look())
        async with opened(url, poll=60) as ours, working(ours, runs):
            await ours.ring(look())
            await runs.until(began=1)
            await ours.ring(look())
            async with asyncio.timeout(2):  # less than what else wakes a worker: procrastinate's rescue, every 5 s
                gate.set()
                await runs.until(ended=2)

    async def test_work_on_one_subject_is_serial(self, ours, runs):
        again = Job(subject=issue(1), why="check_run.rerequested", again=True)
        commands = [Job(subject=issue(1), why="issue_comment.created", command=n) for n in range(1, 9)]
        async with working(ours, runs):
            await ours.ring(look(), again, *commands)
            await runs.until(ended=10)
        assert runs.most[issue(1).key] == 1
        assert len(runs.ended) == 10

    async def test_different_subjects_run_side_by_side_up_to_the_concurrency(self, url, runs):
        jobs = [look(number) for number in range(6)]
        gates = [runs.hold(job) for job in jobs]
        async with opened(url, concurrency=3) as ours, working(ours, runs):
            await ours.ring(*jobs)
            await runs.until(began=3)
            for gate in gates:
                gate.set()
            await runs.until(ended=6)
        assert runs.most["all"] == 3

    async def test_many_rings_at_once_are_each_run(self, ours, runs):
        jobs = [look(number) for number in range(200)]
        async with working(ours, runs):
            rung = await asyncio.gather(
                *(ours.ring(job, delivery=delivery(str(n))) for n, job in enumerate(jobs)),
                *(ours.ring(job, delivery=delivery(str(n))) for n, job in enumerate(jobs)),
            )
            await runs.until(ended=200)
        assert rung[:200] == [True] * 200
        assert {job.fold for job in runs.ended} == {job.fold for job in jobs}
        assert await depth(ours) == 0

    async def test_a_job_that_is_cancelled_is_put_back(self, ours, runs):
        runs.hold(look())
        work = asyncio.create_task(ours.work(runs))
        await ours.ring(look(), delivery=delivery("a"))
        await runs.until(began=1)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert await depth(ours) == 1

    async def test_a_job_that_was_put_back_runs_at_the_next_start(self, url, runs):
        gate = runs.hold(look())
        async with opened(url) as first:
            work = asyncio.create_task(first.work(runs))
            await first.ring(look(), delivery=delivery("a"))
            await runs.until(began=1)
            work.cancel()
            await asyncio.wait([work])
        gate.set()
        async with opened(url) as second, working(second, runs):
            await runs.until(began=2, ended=2)
            await second.stop()
            assert await second.ring(look(), delivery=delivery("a")) is False

    async def test_stop_waits_for_the_jobs_at_hand_and_takes_no_more(self, url, runs):
        gate = runs.hold(look(1))
        async with opened(url, concurrency=1) as ours:
            work = asyncio.create_task(ours.work(runs))
            await ours.ring(look(1))
            await runs.until(began=1)
            await ours.ring(look(2))
            stop = asyncio.create_task(ours.stop())
            gate.set()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(stop, work)
            assert runs.ended == [look(1)]
            assert await depth(ours) == 1

    async def test_work_that_begins_after_a_stop_returns(self, ours, runs):
        await ours.stop()
        async with asyncio.timeout(PATIENCE):
            await ours.work(runs)

    async def test_a_ring_of_another_process_is_found(self, url, runs):
        async with opened(url) as web, opened(url) as worker, working(worker, runs):
            await web.ring(look())
            await runs.until(ended=1)

    async def test_two_working_processes_run_each_job_once_and_each_subject_serially(self, url, runs):
        jobs = [Job(subject=issue(n % 10), why="x", command=n + 1) for n in range(60)]
        async with opened(url) as one, opened(url) as two, working(one, runs), working(two, runs):
            await asyncio.gather(*(one.ring(job) for job in jobs[:30]), *(two.ring(job) for job in jobs[30:]))
            await runs.until(ended=60)
        assert Counter(job.fold for job in runs.ended) == Counter(job.fold for job in jobs)
        assert {runs.most[issue(number).key] for number in range(10)} == {1}

    async def test_another_process_takes_over_when_one_stops(self, url, runs):
        async with opened(url) as one, opened(url) as two, working(two, runs):
            async with working(one, runs):
                await one.ring(look(1))
                await runs.until(ended=1)
            await two.ring(look(2))
            await runs.until(ended=2)

    async def test_the_backlog_says_how_much_waits_since_when_and_what_was_given_up(self, url, runs):
        runs.fail(look(1), ValueError("no"))
        start, second = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
        async with opened(url, backoff=BackOff(attempts=1)) as ours:
            assert await ours.backlog() == queue.Backlog(jobs=0, dead=0, oldest=None)
            async with working(ours, runs):
                await ours.ring(look(1), delivery=delivery("given up"))
                await until_dead(ours)
        for guid, then in (("second", second), ("first", start)):
            async with opened(url, now=lambda then=then: then) as ours:
                await ours.ring(look(2), delivery=delivery(guid))
        async with opened(url) as ours:
            assert await ours.backlog() == queue.Backlog(jobs=1, dead=1, oldest=start)
            await queue.measure(ours.backlog(), now=start + timedelta(minutes=3))
        assert gauges() == (1, 180, 1)

    async def test_dead_letters_of_a_quarter_ago_are_forgotten_with_their_deliveries(self, url, runs):
        for number, (fold, year) in enumerate((("old", 2020), ("new", 2120))):
            then = f"'{year}-03-01 12:00:00.000000'"
            execute(url, f"INSERT INTO dead_letters VALUES ({number}, '{fold}', '{{}}', '', 1, {then})")
            execute(url, f"INSERT INTO deliveries VALUES ('{fold}', '{fold}', 'issues', 'edited', {then}, NULL)")
        async with opened(url) as ours, working(ours, runs), asyncio.timeout(PATIENCE):
            while len(await ours.dead_letters()) > 1:
                pass
        assert execute(url, "SELECT fold FROM dead_letters") == [("new",)]
        assert execute(url, "SELECT guid FROM deliveries") == [("new",)]

    async def test_deliveries_done_a_fortnight_ago_are_forgotten(self, url, runs):
        long_ago = clock.now() - timedelta(days=14, minutes=1)
        recently = clock.now() - timedelta(days=13)
        for guid, then in (("old", long_ago), ("new", recently)):
            async with opened(url, now=lambda then=then: then) as ours:
                await ours.ring(delivery=delivery(guid))
        async with opened(url) as ours, working(ours, runs):
            async with asyncio.timeout(PATIENCE):
                while not await ours.ring(look(), delivery=delivery("old")):
                    await depth(ours)
            assert await ours.ring(delivery=delivery("new")) is False
            await runs.until(ended=1)


def gauges() -> tuple[float, ...]:
    names = ("handoff_queue_depth", "handoff_queue_age_seconds", "handoff_dead_letters")
    return tuple(metrics.REGISTRY.get_sample_value(name) for name in names)
