import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from ghapp import clock, queue
from ghapp.errors import Again, Gone
from ghapp.queue.retry import BackOff
from ghapp.subjects import Delivery, Job, Kind, Subject
from tests.ghapp.runs import NEVER, PATIENCE, Runs, delivery, issue, look, opened, working


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
        assert await ours.depth() == 0

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
        assert await ours.depth() == 0

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
        assert await ours.depth() == 1
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
        assert await ours.depth() == 0

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
        assert await ours.depth() == 0

    async def test_again_is_tried_again(self, ours, runs):
        runs.fail(look(), Again("not yet"), ValueError("a hiccup"))
        async with working(ours, runs):
            await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=3)
        assert await ours.dead_letters() == ()
        assert await ours.ring(look(), delivery=delivery("a")) is False

    async def test_again_waits_for_its_time(self, ours, runs):
        at = clock.now() + timedelta(seconds=1.2)
        runs.fail(look(), Again("wait", at=at))
        async with working(ours, runs):
            await ours.ring(look())
            await runs.until(ended=2)
        assert runs.times[0] < at <= runs.times[1]

    async def test_gone_ends_quietly(self, ours, runs):
        runs.fail(look(), Gone("deleted"))
        async with working(ours, runs):
            await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=1)
        assert len(runs.began) == 1
        assert await ours.dead_letters() == ()
        assert await ours.depth() == 0
        assert await ours.ring(look(), delivery=delivery("a")) is False

    async def test_after_the_last_attempt_a_job_is_a_dead_letter(self, ours, runs):
        runs.fail(look(), Again("one"), Again("two"), RuntimeError("three\n" + "x" * 600))
        before = clock.now()
        async with working(ours, runs):
            await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=3)
        [letter] = await ours.dead_letters()
        assert (letter.job, letter.attempts) == (look(), 3)
        assert letter.reason == ("RuntimeError: three " + "x" * 600)[:500]
        assert before <= letter.died_at <= clock.now()
        assert await ours.depth() == 0

    async def test_the_delivery_of_a_dead_letter_is_not_done(self, url, runs):
        runs.fail(look(), ValueError("no"))
        async with opened(url, backoff=BackOff(attempts=1)) as ours:
            async with working(ours, runs):
                await ours.ring(look(), delivery=delivery("a"))
                await runs.until(ended=1)
            assert await ours.ring(look(), delivery=delivery("a"))

    async def test_a_dead_letter_that_is_replayed_is_done_with_its_delivery(self, url, runs):
        runs.fail(look(), ValueError("no"))
        async with opened(url, backoff=BackOff(attempts=1)) as ours, working(ours, runs):
            await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=1)
            [letter] = await until_dead(ours)
            assert await ours.replay(letter.id)
            await runs.until(ended=2)
            assert await ours.replay(letter.id) is False
            await ours.stop()
            assert await ours.dead_letters() == ()
            assert await ours.ring(look(), delivery=delivery("a")) is False

    async def test_a_replayed_dead_letter_has_all_its_attempts(self, ours, runs):
        runs.fail(look(), *(ValueError(str(n)) for n in range(6)))
        async with working(ours, runs):
            await ours.ring(look())
            await runs.until(ended=3)
            [letter] = await until_dead(ours)
            await ours.replay(letter.id)
            await runs.until(ended=6)
        [letter] = await ours.dead_letters()
        assert (letter.reason, letter.attempts) == ("ValueError: 5", 3)

    async def test_a_later_success_makes_a_dead_letter_moot(self, url, runs):
        runs.fail(look(), ValueError("no"))
        async with opened(url, backoff=BackOff(attempts=1)) as ours, working(ours, runs):
            await ours.ring(look())
            await runs.until(ended=1)
            await until_dead(ours)
            await ours.ring(look(), delivery=delivery("b"))
            await runs.until(ended=2)
            await ours.stop()
            assert await ours.dead_letters() == ()

    async def test_dead_letters_are_listed_oldest_first(self, url, runs):
        for number in range(3):
            runs.fail(look(number), ValueError("no"))
        async with opened(url, backoff=BackOff(attempts=1), concurrency=1) as ours:
            async with working(ours, runs):
                for number in range(3):
                    await ours.ring(look(number))
                    await runs.until(ended=number + 1)
            assert [letter.job for letter in await ours.dead_letters()] == [look(number) for number in range(3)]

    async def test_a_job_that_waits_out_a_pause_runs_when_it_is_rung(self, url, runs):
        await fail_once(url, look(), runs)
        async with opened(url) as ours, working(ours, runs):
            await ours.ring(look())
            await runs.until(ended=2)
        assert runs.ended == [look(), look()]

    async def test_a_run_that_fails_is_not_missed_when_it_was_rung_meanwhile(self, url, runs):
        gate = runs.hold(look())
        runs.fail(look(), ValueError("no"))
        async with opened(url, backoff=NEVER) as ours, working(ours, runs):
            await ours.ring(look())
            await runs.until(began=1)
            await ours.ring(look(), delivery=delivery("b"))
            gate.set()
            await runs.until(ended=2)
            await ours.stop()
            assert await ours.depth() == 0
            assert await ours.ring(look(), delivery=delivery("b")) is False

    async def test_a_job_that_waits_out_a_pause_does_not_hold_its_subject(self, url, runs):
        command = Job(subject=issue(1), why="issue_comment.created", command=9)
        await fail_once(url, look(), runs)
        async with opened(url) as ours, working(ours, runs):
            await ours.ring(command)
            await runs.until(ended=2)
            assert await ours.depth() >= 1
        assert runs.ended == [look(), command]

    async def test_a_limit_parks_its_installation_and_no_other(self, url, runs):
        at = clock.now() + timedelta(seconds=1.5)
        await fail_once(url, look(1), runs, Again("limited", at=at, installation=5))
        async with opened(url, concurrency=1, backoff=BackOff(attempts=1)) as ours, working(ours, runs):
            await ours.ring(look(1), look(2), look(3, installation=6))
            await runs.until(ended=4)
            await ours.stop()
            assert await ours.dead_letters() == ()  # parking is no failure of the job
        assert runs.ended[1] == look(3, installation=6)
        assert runs.times[1] < at <= min(runs.times[2:])

    async def test_a_limit_parks_what_waits_already(self, url, runs):
        at = clock.now() + timedelta(seconds=1.5)
        gate = runs.hold(look(1))
        runs.fail(look(1), Again("limited", at=at, installation=5))
        async with opened(url, concurrency=1) as ours, working(ours, runs):
            await ours.ring(look(1))
            await runs.until(began=1)
            await ours.ring(look(2))
            gate.set()
            await runs.until(ended=3)
        assert min(runs.times[1:]) >= at

    async def test_a_job_that_is_cancelled_is_put_back(self, ours, runs):
        runs.hold(look())
        work = asyncio.create_task(ours.work(runs))
        await ours.ring(look(), delivery=delivery("a"))
        await runs.until(began=1)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert await ours.depth() == 1

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
            assert await ours.depth() == 1

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

    async def test_deliveries_done_a_fortnight_ago_are_forgotten(self, url, runs):
        long_ago = clock.now() - timedelta(days=14, minutes=1)
        recently = clock.now() - timedelta(days=13)
        for guid, then in (("old", long_ago), ("new", recently)):
            async with opened(url, now=lambda then=then: then) as ours:
                await ours.ring(delivery=delivery(guid))
        async with opened(url) as ours, working(ours, runs):
            async with asyncio.timeout(PATIENCE):
                while not await ours.ring(look(), delivery=delivery("old")):
                    await ours.depth()
            assert await ours.ring(delivery=delivery("new")) is False
            await runs.until(ended=1)


async def until_dead(ours: queue.Queue) -> tuple[queue.DeadLetter, ...]:
    """The run's end is seen before it is written."""
    async with asyncio.timeout(PATIENCE):
        while not (letters := await ours.dead_letters()):
            pass
        return letters


async def fail_once(url: str, job: Job, runs: Runs, error: Exception | None = None) -> None:
    """Let a job fail and its pause, an hour if the failure names no time, be written."""
    runs.fail(job, error or ValueError("no"))
    async with opened(url, backoff=NEVER) as ours, working(ours, runs):
        await ours.ring(job)
        await runs.until(ended=1)
