"""What a running `ghapp serve` holds, beside a fake GitHub on the same machine: answers, calls and memory."""

import asyncio
import json
import os
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import bare
from bench.fake_github import GitHub, answering
from bench.figures import Figure, load, p99, spread
from bench.sender import PULLS, RATE, SECONDS, TEXT
from ghapp import database
from tests import fakes, process

TIMES = 50
QUIET = 0.5  # seconds without a call after which no more is expected
MEMORY = Path("/dev/shm")  # a folder that Linux keeps in memory
REAL = 0.1  # seconds that GitHub takes for a call on an ordinary day
PASSES = "Invoices that fail are tried again, because customers were billed twice last week."
FAILS = "Adds a table."


@dataclass(frozen=True, slots=True)
class Bare:
    """What this machine allows: answers of an aiohttp handler that stores nothing, and the disk's alone."""

    answers: list[float]
    disk: list[float]


async def figures(url: str, folder: Path) -> AsyncIterator[Figure]:
    """Measure with the database at this address."""
    database.migrate(url)
    async with bare.handler() as there:
        alone = Bare((await sent(there, bare.SECONDS))[0], await asyncio.to_thread(bare.disk, folder / "plain"))
    async with _serving(folder, url) as (server, github):
        idle = _memory(server, "VmRSS")
        yield await _first_check_run(server, github)
        async for figure in _calls(server, github):
            yield figure
        github.takes = REAL
        yield await _load(server, github, alone, "`ghapp serve`")
        most = _memory(server, "VmHWM")
        yield Figure(
            what="memory: idle / at most under this load",
            goal="120 / 250 MB",
            measured=f"{idle} / {most} MB",
            beside=f"{await _unwell(server)} jobs ended badly",
        )
    async with _serving(folder, url, "--only", "web") as (server, github):
        yield await _load(server, github, alone, "`ghapp serve --only web`")
    if database.engine(url) == "sqlite" and os.access(MEMORY, os.W_OK):
        yield await _load_in_memory(folder, alone)


async def _load_in_memory(folder: Path, alone: Bare) -> Figure:
    """The same without the disk: what is left is the server's own."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as there:
        url = f"sqlite:///{there}/handoff.db"
        database.migrate(url)
        async with _serving(folder, url) as (server, github):
            github.takes = REAL
            return await _load(server, github, alone, "`ghapp serve`, its database in memory")


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


async def sent(url: str, seconds: float) -> tuple[list[float], dict[str, int]]:
    """Send deliveries from a process of their own: how long each took, and how often each answer came."""
    command = (sys.executable, "-m", "bench.sender", url, "--seconds", str(seconds))
    sender = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    told = json.loads((await sender.communicate())[0])
    return told["seconds"], told["answers"]


async def _deliver(server: process.Server, action: str, number: int) -> int:
    recorded: dict[str, Any] = fakes.delivery("pull_request")
    pull = recorded["pull_request"] | {"number": number, "body": TEXT}
    return await server.deliver("pull_request", recorded | {"action": action, "number": number, "pull_request": pull})


async def _first_check_run(server: process.Server, github: GitHub) -> Figure:
    """One pull request after the other, on a server that has nothing else to do."""
    seconds: list[float] = []
    for number in range(1, TIMES + 2):
        github.opened(number)
        began = time.perf_counter()
        await _deliver(server, "opened", number)
        seconds.append(await asyncio.wait_for(github.posted.get(), process.PATIENCE) - began)
        await asyncio.sleep(0.05)
    return Figure(
        what="delivery in to check run posted, nothing else to do, GitHub answering in 0 ms, p50 / p99",
        goal="p50 40 ms",
        measured=spread(seconds[1:]),
        beside=load(),
    )


async def _calls(server: process.Server, github: GitHub) -> AsyncIterator[Figure]:
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
    bursts = []
    for first, takes in enumerate((REAL, 0.0)):
        github.takes = takes
        burst = await _cost(github, asyncio.gather(*(edit(turn) for turn in range(first, first + TIMES))))
        bursts.append(f"{burst} with GitHub answering in {takes * 1000:.0f} ms")
    yield Figure(what="calls: a new pull request", goal="2", measured=f"{passes}", beside=f"{fails} with a comment")
    yield Figure(what="calls: an edit that changes nothing", goal="1", measured=f"{same}")
    yield Figure(what=f"calls: {TIMES} edits in a burst", goal="at most 6", measured=", ".join(bursts))


async def _cost(github: GitHub, deed: Awaitable[object]) -> int:
    before = len(github.calls)
    await deed
    seen = -1
    while seen != len(github.calls):
        seen = len(github.calls)
        await asyncio.sleep(QUIET + github.takes)
    return seen - before


async def _load(server: process.Server, github: GitHub, alone: Bare, what: str) -> Figure:
    """Edits at a steady rate, and what the machine alone takes beside them."""
    for number in range(1, PULLS + 1):
        github.opened(number)
    before, busy = len(github.calls), _processor(server)
    seconds, answers = await sent(server.url, SECONDS)
    busy = _processor(server) - busy
    refused = sum(answers.values()) - answers.get("202", 0)
    return Figure(
        what=f"{what}, {RATE} deliveries a second for {SECONDS} s, answered, p50 / p99; refused",
        goal="p99 25 ms; 0",
        measured=f"{spread(seconds)}; {refused}",
        beside=(
            f"an aiohttp handler that only answers {spread(alone.answers)}, {p99(seconds) / p99(alone.answers):.1f}x;"
            f" the disk alone {spread(alone.disk)}, at most {1000 * max(alone.disk):.0f} ms;"
            f" {busy / len(seconds) * 1000:.1f} ms of processor a delivery;"
            f" {len(github.calls) - before} calls to GitHub; {load()}"
        ),
    )


async def _unwell(server: process.Server) -> int:
    async with server.session.get(f"{server.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    ends = [line for line in lines if line.startswith("handoff_jobs_total{") and 'end="done"' not in line]
    return sum(int(float(line.split()[-1])) for line in ends)


def _memory(server: process.Server, what: str) -> int:
    """Resident memory in MB as Linux counts it: `VmRSS` now, `VmHWM` at most so far."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what)) // 1024


def _processor(server: process.Server) -> float:
    """Seconds of processor time so far, in user and kernel mode (fields 14 and 15 of proc(5))."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
