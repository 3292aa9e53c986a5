import asyncio
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.ghapp import burst
from tests.ghapp.runs import PATIENCE, Runs, depth, opened, working

KILLS = 3
RINGS = 150  # before each kill


async def test_what_was_rung_before_kill_9_is_run_after_it(url):
    said: list[str] = []
    for turn in range(KILLS):
        said += kill_in_mid_burst(url, first=turn * 1_000_000)
    rang, ran = numbers("rang", said), numbers("ran", said)
    runs = Runs()
    forget_heartbeats(url)
    async with opened(url) as ours, working(ours, runs), asyncio.timeout(PATIENCE):
        while await depth(ours):
            pass
    ran |= {job.subject.number for job in runs.ended}
    assert len(rang) >= KILLS * RINGS
    assert rang - ran == set()


def kill_in_mid_burst(url: str, *, first: int) -> list[str]:
    """Start a process that rings and works, kill it without warning, and return what it had said."""
    command = [sys.executable, burst.__file__, url, str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if len(numbers("rang", said)) == RINGS:
                process.kill()
        assert process.wait() == -9
    return said


def forget_heartbeats(url: str) -> None:
    """Spare the ten seconds after which a silent worker is taken for dead."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '11 seconds'")


def numbers(what: str, said: list[str]) -> set[int]:
    return {int(line.split()[1]) for line in said if line.startswith(f"{what} ") and line.endswith("\n")}
