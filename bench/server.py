"""What a running `ghapp serve` holds, beside a fake GitHub on the same machine: answers, calls and memory."""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bench import queue
from bench.fake_github import GitHub, answering
from ghapp import database
from tests import fakes, process

SECONDS = 30
PULLS = 300  # open pull requests, so that each is edited once a second
TIMES = 50
PAYLOAD = "x" * 20_000  # GitHub's deliveries of pull requests have this size; the App reads the text elsewhere
QUIET = 0.5  # seconds without a call after which no more is expected
REAL = 0.2  # seconds that GitHub takes for a call on an ordinary day
PASSES = "Invoices that fail are tried again, because customers were billed twice last week."
FAILS = "Adds a table."


async def main(*urls: str) -> None:
    """Measure with SQLite, and with the databases at these addresses."""
    if sys.platform != "linux":
        print("ghapp serve: memory and processor time are read from /proc, so it is measured on Linux only")
        return
    with tempfile.TemporaryDirectory() as folder:
        for url in (f"sqlite:///{folder}/handoff.db", *urls):
            print(f"ghapp serve with {database.engine(url)}:")
            bare = await asyncio.to_thread(queue.disk, Path(folder) / "plain")
            print(f"  the disk alone, {queue.RATE} times a second 16 KiB and fsync: {queue.spread(bare)}")
            async with _serving(Path(folder), url) as (server, github):
                idle = _memory(server, "VmRSS")
                await _first_check_run(server, github)
                await _calls(server, github)
                await _load(server, github, bare)
                most = _memory(server, "VmHWM")
                print(f"  memory: idle {idle} MB (goal 120), at most under load {most} MB (goal 250)")
                print(f"  jobs that ended badly, and cost calls again: {await _unwell(server)} (goal 0)")
            async with _serving(Path(folder), url, "--only", "web") as (server, github):
                print("  the same with --only web:")
                await _load(server, github, bare)


@asynccontextmanager
async def _serving(folder: Path, url: str, *arguments: str) -> AsyncIterator[tuple[process.Server, GitHub]]:
    github = GitHub()
    async with answering(github) as api_url:
        settings = process.app_settings(api_url, DATABASE_URL=url)
        async with process.serving(folder, *arguments, **settings) as server:
            reading = asyncio.create_task(_read_log(server))  # else the pipe fills, and the server waits for us
            yield server, github
            reading.cancel()


async def _read_log(server: process.Server) -> None:
    assert server.process.stderr is not None
    while await server.process.stderr.read(1 << 16):
        pass


async def _deliver(server: process.Server, action: str, number: int) -> int:
    recorded: dict[str, Any] = fakes.delivery("pull_request")
    pull = recorded["pull_request"] | {"number": number, "body": PAYLOAD}
    return await server.deliver("pull_request", recorded | {"action": action, "number": number, "pull_request": pull})


async def _first_check_run(server: process.Server, github: GitHub) -> None:
    """One pull request after the other, on a server that has nothing else to do."""
    seconds: list[float] = []
    for number in range(1, TIMES + 2):
        github.opened(number)
        began = time.perf_counter()
        await _deliver(server, "opened", number)
        seconds.append(await github.posted.get() - began)
        await asyncio.sleep(0.05)
    print(f"  delivery in to check run posted, idle: {queue.spread(seconds[1:])} (goal: p50 40 ms)")


async def _calls(server: process.Server, github: GitHub) -> None:
    """What a pull request costs of GitHub's limits, once there is a token."""

    async def edit(turn: int) -> None:
        github.repository.issues[number].body = (PASSES, FAILS)[turn % 2]
        await _deliver(server, "edited", number)

    number = TIMES + 2
    github.opened(number, PASSES)
    passes = await _cost(github, _deliver(server, "opened", number))
    same = await _cost(github, _deliver(server, "edited", number))
    github.opened(number + 1, FAILS)
    fails = await _cost(github, _deliver(server, "opened", number + 1))
    print(f"  calls to GitHub: a new pull request {passes}, one with gaps, which gets a comment, {fails} (goal 2)")
    print(f"  calls for an edit that changes nothing: {same} (goal 1)")
    for first, takes in enumerate((REAL, 0.0)):
        github.takes = takes
        burst = await _cost(github, asyncio.gather(*(edit(turn) for turn in range(first, first + TIMES))))
        print(f"  calls for {TIMES} edits in a burst, GitHub answering in {takes * 1000:.0f} ms: {burst} (goal 6)")


async def _cost(github: GitHub, deed: Awaitable[object]) -> int:
    before = len(github.calls)
    await deed
    seen = -1
    while seen != len(github.calls):
        seen = len(github.calls)
        await asyncio.sleep(QUIET)
    return seen - before


async def _load(server: process.Server, github: GitHub, bare: list[float]) -> None:
    """Edits at a steady rate, and the ratio of their answers to what the disk alone took."""
    for number in range(1, PULLS + 1):
        github.opened(number)
    statuses: Counter[int] = Counter()

    async def send(turn: int) -> None:
        statuses[await _deliver(server, "edited", turn % PULLS + 1)] += 1

    before, busy = len(github.calls), _processor(server)
    answers = await queue.steady(send, seconds=SECONDS)
    busy = _processor(server) - busy
    refused = statuses.total() - statuses[202]
    ratio = _p99(answers) / _p99(bare)
    print(f"  {queue.RATE} deliveries a second for {SECONDS} s, {len(PAYLOAD) // 1000} kB each:")
    print(f"    answered {queue.spread(answers)} (goal: p99 25 ms), {ratio:.1f}x the disk's p99")
    print(
        f"    {refused} refused (goal 0); the server's processor time {busy / len(answers) * 1000:.1f} ms a delivery;"
    )
    print(f"    {len(github.calls) - before} calls to GitHub meanwhile; load of the machine {os.getloadavg()[0]:.1f}")


async def _unwell(server: process.Server) -> int:
    async with server.session.get(f"{server.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    ends = [line for line in lines if line.startswith("handoff_jobs_total{") and 'end="done"' not in line]
    return sum(int(float(line.split()[-1])) for line in ends)


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100, method="inclusive")[98]


def _memory(server: process.Server, what: str) -> int:
    """Resident memory in MB as Linux counts it: `VmRSS` now, `VmHWM` at most so far."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what)) // 1024


def _processor(server: process.Server) -> float:
    """Seconds of processor time so far, in user and kernel mode (fields 14 and 15 of proc(5))."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url", nargs="*", help="a PostgreSQL address to measure as well")
    asyncio.run(main(*arguments.parse_args().url))
