"""How long a scan of a whole backlog takes, and how many calls: `ghapp scan` by itself, GitHub a fake over HTTP."""

import asyncio
import os
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.fake_github import CASES as PULLS
from bench.fake_github import GitHub, answering
from bench.figures import Figure, load
from tests.fake_state import NOON

ISSUES = 10_000
CASES = sorted((Path(__file__).parent.parent / "tests" / "cases").glob("*/issue.md"))


@dataclass(frozen=True, slots=True)
class Scanned:
    """One run: its time, the most memory that one of its processes had, and what it read."""

    seconds: float
    megabytes: float
    calls: int
    writes: int


async def figures() -> AsyncIterator[Figure]:
    """The scan with GitHub answering at once, which leaves our own time."""
    github = filled(ISSUES)
    async with answering(github) as address:
        found = await scanned(github, address)
    yield Figure(
        what=f"backlog scan of {ISSUES:,} issues",
        goal="105 GraphQL calls",
        measured=f"{found.calls} calls, {found.seconds:.0f} s",
        beside=(
            f"GitHub answering in 0 ms; {found.seconds * 1000 / ISSUES:.1f} ms an issue, "
            f"{os.cpu_count()} processors; {found.megabytes:.0f} MB at most; {found.writes} writes; {load()}"
        ),
    )


def filled(issues: int) -> GitHub:
    """A GitHub with so many open issues, and 200 pull requests, with the texts of our cases."""
    github = GitHub()
    texts = [case.read_text(encoding="utf-8") for case in CASES]
    for number in range(1, issues + 1):
        opened = NOON + timedelta(minutes=number)
        github.issue(number, title=f"Work {number}", body=texts[number % len(texts)], created_at=opened)
    for number in range(issues + 1, issues + 201):
        github.opened(number, PULLS[number % len(PULLS)].read_text(encoding="utf-8"))
    return github


async def scanned(github: GitHub, address: str) -> Scanned:
    """Scan the backlog with a token, as a person would."""
    before, start = len(github.calls), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GH_"))}
        ours = {"GITHUB_TOKEN": "ghp_made.up", "GITHUB_API_URL": address, "XDG_CACHE_HOME": folder}
        program = Path(sys.executable).with_name("ghapp")
        running = await asyncio.create_subprocess_exec(
            program,
            "scan",
            github.repository.name,
            "--json",
            cwd=folder,
            env=env | ours,
            stdout=asyncio.subprocess.PIPE,
        )
        await running.communicate()
    assert running.returncode == 0, "the scan failed"
    calls = github.calls[before:]
    return Scanned(
        seconds=time.perf_counter() - start,
        megabytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        calls=sum(call.path == "/graphql" for call in calls),
        writes=sum(call.method != "GET" and call.path != "/graphql" for call in calls),
    )
