"""How long a ring takes to be on disk, and a job to begin, at a steady rate of deliveries."""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from ghapp import database, queue
from ghapp.subjects import Delivery, Job, Kind, Subject

RATE = 300  # deliveries a second
SECONDS = 10
WORK = 0.005  # seconds a job takes


async def main(*urls: str) -> None:
    """Measure SQLite and the databases at these addresses, after the disk that all of them wait for."""
    with tempfile.TemporaryDirectory() as folder:
        plain = await asyncio.to_thread(disk, Path(folder) / "plain")
        print(f"the disk alone, {RATE} times a second 16 KiB and fsync for {SECONDS} s: {spread(plain)}")
        for url in (f"sqlite:///{folder}/handoff.db", *urls):
            database.migrate(url)
            await measure(url)


async def measure(url: str) -> None:
    """Ring one subject after the other at a steady rate, work on them beside it, and print the figures."""
    ours = await queue.open(url)
    rung: dict[int, float] = {}
    begun: dict[int, float] = {}

    over = asyncio.Event()

    async def run(job: Job) -> None:
        begun.setdefault(job.subject.number, time.perf_counter())
        await asyncio.sleep(WORK)
        if len(begun) == RATE * SECONDS:
            over.set()

    work = asyncio.create_task(ours.work(run))
    answers = await _ring(ours, rung)
    await over.wait()
    await ours.stop()
    await work
    await ours.close()
    starts = [begun[number] - rung[number] for number in rung]
    print(f"{database.engine(url)}, {RATE} deliveries a second for {SECONDS} s, jobs of {WORK * 1000:.0f} ms:")
    print(f"  ring answered {spread(answers)}; work begun {spread(starts)}; {len(begun)} of {len(rung)} run")


async def _ring(ours: queue.Queue, rung: dict[int, float]) -> list[float]:
    async def one(number: int) -> None:
        subject = Subject(kind=Kind.ISSUE, installation=1, repository=1, number=number)
        job = Job(subject=subject, why="issues.edited")
        rung[number] = began = time.perf_counter()
        await ours.ring(job, delivery=Delivery(guid=f"{began}-{number}", event="issues", action="edited"))

    return await steady(one, seconds=SECONDS)


async def steady(send: Callable[[int], Awaitable[object]], *, seconds: int) -> list[float]:
    """Send at a steady rate, whether or not those before are answered; how long each answer took."""
    answers: list[float] = []

    async def one(turn: int) -> None:
        began = time.perf_counter()
        await send(turn)
        answers.append(time.perf_counter() - began)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for turn in range(RATE * seconds):
            await asyncio.sleep(max(0, began + turn / RATE - time.perf_counter()))
            group.create_task(one(turn))
    return answers


def disk(path: Path) -> list[float]:
    """Append and fsync at the same rate, as long: what nobody who waits for this disk can be faster than."""
    seconds: list[float] = []
    start = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for turn in range(RATE * SECONDS):
            time.sleep(max(0, start + turn / RATE - time.perf_counter()))
            began = time.perf_counter()
            file.write(bytes(16384))
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - began)
    return seconds


def spread(seconds: list[float]) -> str:
    """Median, 99th percentile and maximum in words."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms, longest {max(seconds) * 1000:.0f} ms"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url", nargs="*", help="a PostgreSQL address to measure as well")
    asyncio.run(main(*arguments.parse_args().url))
