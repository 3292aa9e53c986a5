"""The clock: when it rings, and that any number of processes ring once."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
import time_machine

from ghapp import clock, schedule
from ghapp.errors import Again
from ghapp.subjects import SWEEP, Job
from tests.ghapp.runs import Runs, depth, execute, opened, working

START = datetime(2026, 3, 2, 12, 3, 20, tzinfo=UTC)


class Rung:
    """Notes the minutes of the ticks; the database may be away for some."""

    def __init__(self, *, away: int = 0) -> None:
        self.away = away
        self.minutes: list[str] = []

    async def ring(self, *jobs, delivery):
        if self.away:
            self.away -= 1
            raise Again("the database is busy")
        assert [job.subject for job in jobs] == [SWEEP]
        self.minutes.append(delivery.guid.removeprefix("clock:sweep:2026-03-02T"))


async def keep(rung, traveller, *, turns: int) -> None:
    """Keep the time for so many waits, each of which goes by at once."""
    waits = iter(range(turns))

    async def ended(seconds: float) -> bool:
        traveller.shift(timedelta(seconds=seconds))
        return next(waits, None) is None

    await schedule.keep(rung, ended=ended, now=clock.now)


async def test_it_rings_at_the_start_a_minute_later_and_at_every_fifth_minute():
    rung = Rung()
    with time_machine.travel(START, tick=False) as traveller:
        await keep(rung, traveller, turns=4)
    assert rung.minutes == ["12:03Z", "12:04Z", "12:05Z", "12:10Z", "12:15Z"]


async def test_a_tick_that_the_database_could_not_take_is_said_and_the_next_comes():
    rung = Rung(away=1)
    with time_machine.travel(START, tick=False) as traveller, structlog.testing.capture_logs() as logs:
        await keep(rung, traveller, turns=1)
    assert rung.minutes == ["12:04Z"]
    assert [(line["event"], line["reason"]) for line in logs] == [("clock.late", "the database is busy")]


async def test_processes_that_start_at_once_make_one_sweep(url):
    async with opened(url) as one, opened(url) as two:
        with time_machine.travel(START, tick=False) as traveller:
            await asyncio.gather(*(keep(ours, traveller, turns=0) for ours in (one, two) * 5))
        assert await depth(one) == 1
        assert execute(url, "SELECT count(DISTINCT guid) FROM deliveries") == [(1,)]


async def test_a_minute_that_is_being_swept_is_not_swept_again(url):
    runs = Runs()
    gate = runs.hold(Job(subject=SWEEP, why="clock.sweep"))
    with time_machine.travel(START) as traveller:
        async with opened(url) as ours:
            await keep(ours, traveller, turns=0)
            async with working(ours, runs):
                await runs.until(began=1)
                traveller.move_to(START + timedelta(seconds=1))
                await keep(ours, traveller, turns=0)
                gate.set()
                await runs.until(ended=1)
            assert (len(runs.began), await depth(ours)) == (1, 0)


async def test_a_minute_that_was_swept_is_not_swept_again(url):
    runs = Runs()
    with time_machine.travel(START) as traveller:
        async with opened(url) as ours:
            await keep(ours, traveller, turns=0)
            async with working(ours, runs):
                await runs.until(ended=1)
            traveller.move_to(START + timedelta(seconds=20))
            await keep(ours, traveller, turns=0)
            assert await depth(ours) == 0
