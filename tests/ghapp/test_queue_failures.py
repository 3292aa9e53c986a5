import asyncio
from datetime import timedelta

import pytest
import structlog

from ghapp import clock
from ghapp.errors import Again, Gone, Refused
from ghapp.queue.retry import BackOff
from ghapp.subjects import Job
from tests.ghapp.runs import NEVER, PATIENCE, Runs, delivery, depth, execute, issue, look, opened, until_dead, working


@pytest.fixture
async def ours(url):
    async with opened(url) as opening:
        yield opening


@pytest.fixture
def runs() -> Runs:
    return Runs()


# A row whose reference is looked at only at the commit, and is not there: all is well until then.
COMMIT_FAILS = (
    "CREATE TABLE held (id INTEGER PRIMARY KEY)",
    "ALTER TABLE dead_letters ADD COLUMN held INTEGER DEFAULT 1 REFERENCES held (id) DEFERRABLE INITIALLY DEFERRED",
)


async def hold_to_references(ours, url: str) -> None:
    """SQLite looks at references where it is told to."""
    if url.startswith("sqlite"):
        await ours._thread.call(lambda connection: connection.exec_driver_sql("PRAGMA foreign_keys=ON").close())


def given_up(logs) -> list[tuple[str, str]]:
    return [(line["subject"], line["reason"]) for line in logs if line["event"] == "job.dead"]


class TestFailures:
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
        assert await depth(ours) == 0
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
        assert await depth(ours) == 0

    async def test_a_refusal_is_run_twice_and_then_a_dead_letter(self, url, runs):
        runs.fail(look(), Refused("403: a permission is missing"), Refused("403: a permission is missing"))
        async with opened(url, backoff=BackOff(attempts=8, first=0.01)) as ours, working(ours, runs):
            await ours.ring(look())
            [letter] = await until_dead(ours)
        assert (letter.reason, letter.attempts) == ("Refused: 403: a permission is missing", 2)
        assert len(runs.ended) == 2

    async def test_a_cancellation_that_nobody_asked_for_is_a_failure(self, ours, runs):
        runs.fail(look(), *(asyncio.CancelledError() for _ in range(3)))
        async with working(ours, runs):
            await ours.ring(look())
            [letter] = await until_dead(ours)
        assert (letter.reason, letter.attempts) == ("RuntimeError: what the job waited for was cancelled", 3)

    async def test_a_job_whose_end_cannot_be_written_runs_again_until_it_can(self, url, runs):
        runs.fail(look(), *(ValueError("no") for _ in range(100)))
        execute(
            url,
            "INSERT INTO dead_letters VALUES (99, 'other', '{}', 'ValueError: no', 1, '2126-03-01 12:00:00.000000')",
        )
        execute(url, "CREATE UNIQUE INDEX never ON dead_letters (reason)")
        async with opened(url, backoff=BackOff(attempts=1, first=0.01, growth=1)) as ours, working(ours, runs):
            await ours.ring(look(), delivery=delivery("a"))
            await runs.until(ended=3)
            assert await depth(ours) == 1
            execute(url, "DROP INDEX never")
            async with asyncio.timeout(PATIENCE):
                while await depth(ours):
                    pass
            assert [letter.fold for letter in await ours.dead_letters()] == [look().fold, "other"]

    async def test_a_job_is_said_to_be_given_up_once_that_is_written_and_once(self, url, runs):
        runs.fail(look(), *(ValueError("no") for _ in range(100)))
        for statement in COMMIT_FAILS:
            execute(url, statement)
        with structlog.testing.capture_logs() as logs:
            async with opened(url, backoff=BackOff(attempts=1, first=0.01, growth=1)) as ours:
                await hold_to_references(ours, url)
                async with working(ours, runs):
                    await ours.ring(look(), delivery=delivery("a"))
                    await runs.until(ended=3)
                    assert given_up(logs) == []
                    execute(url, "INSERT INTO held VALUES (1)")
                    await until_dead(ours)
        assert given_up(logs) == [(look().subject.key, "ValueError: no")]

    async def test_a_dead_letter_that_this_version_cannot_read_is_listed_and_stays(self, url, runs):
        runs.fail(look(), ValueError("no"))
        async with opened(url, backoff=BackOff(attempts=1)) as ours:
            async with working(ours, runs):
                await ours.ring(look())
                await runs.until(ended=1)
            execute(url, "UPDATE dead_letters SET job = '{}'")
            [letter] = await ours.dead_letters()
            assert (letter.job, letter.fold) == (None, look().fold)
            assert await ours.replay(letter.id) is False
            assert await ours.dead_letters() == (letter,)

    async def test_a_job_that_nobody_can_read_becomes_a_dead_letter_and_holds_nothing(self, url, runs):
        table, column = ("procrastinate_jobs", "args") if url.startswith("postgresql") else ("jobs", "job")
        unread = '{"job": {}}' if url.startswith("postgresql") else "{}"
        async with opened(url) as ours:
            await ours.ring(look(1))
            execute(url, f"UPDATE {table} SET {column} = '{unread}'")
            async with working(ours, runs):
                await ours.ring(look(2))
                await runs.until(ended=1)
                [letter] = await until_dead(ours)
        assert (letter.fold, letter.reason) == (look(1).fold, "KeyError: 'subject'")

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
            assert await depth(ours) == 0
            assert await ours.ring(look(), delivery=delivery("b")) is False

    async def test_a_job_that_waits_out_a_pause_does_not_hold_its_subject(self, url, runs):
        command = Job(subject=issue(1), why="issue_comment.created", command=9)
        await fail_once(url, look(), runs)
        async with opened(url) as ours, working(ours, runs):
            await ours.ring(command)
            await runs.until(ended=2)
            assert await depth(ours) >= 1
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

    async def test_a_shorter_limit_does_not_end_a_longer_one(self, url, runs):
        gates = [runs.hold(look(1)), runs.hold(look(2))]
        long, short = clock.now() + timedelta(seconds=2.5), clock.now() + timedelta(seconds=1.2)
        for number, at in ((1, long), (2, short)):
            runs.fail(look(number), Again("limited", at=at, installation=5))
        async with opened(url) as ours, working(ours, runs):
            await ours.ring(look(1), look(2))
            await runs.until(began=2)
            gates[0].set()
            await runs.until(ended=1)
            while not execute(url, "SELECT 1 FROM parked"):
                await depth(ours)
            gates[1].set()
            await runs.until(ended=2)
        async with opened(url) as ours, working(ours, runs):
            await ours.ring(look(3))
            await runs.until(ended=5)
        assert min(runs.times[2:]) >= long


async def fail_once(url: str, job: Job, runs: Runs, error: Exception | None = None) -> None:
    """Let a job fail and its pause, an hour if the failure names no time, be written."""
    runs.fail(job, error or ValueError("no"))
    async with opened(url, backoff=NEVER) as ours, working(ours, runs):
        await ours.ring(job)
        await runs.until(ended=1)
