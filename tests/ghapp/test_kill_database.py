"""`ghapp serve` whose database fails under it: refusals that say why, and all that was accepted done afterwards."""

import asyncio
import resource
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from itertools import count

import pytest

from bench.fake_github import GitHub, answering
from tests import fakes, process

PULLS = 12


class Story:
    """A server, its GitHub, and the pull requests whose deliveries it accepted."""

    def __init__(self, server: process.Server, github: GitHub) -> None:
        self.server = server
        self.github = github
        self.accepted: list[str] = []
        self.refusals: list[tuple[int, str]] = []
        self._numbers = count(1)
        self.reading = asyncio.create_task(self._read_log())

    async def open_pull(self) -> bool:
        """Let somebody open a pull request and GitHub deliver it; whether that was accepted."""
        number = next(self._numbers)
        self.github.opened(number, "Adds a table.")
        recorded = fakes.delivery("pull_request")
        pull = recorded["pull_request"] | {"number": number}
        status, text = await self.server.answer("pull_request", recorded | {"pull_request": pull})
        if status == 202:
            self.accepted.append(self.github.repository.issues[number].head)
        else:
            self.refusals.append((status, text))
        return status == 202

    def reasons(self) -> set[str]:
        """Why deliveries were refused; each refusal has to be a 503."""
        assert {status for status, _ in self.refusals} == {503}
        lines = (text.partition("\n")[0] for _, text in self.refusals)  # the next one links to the manual
        return {line.removeprefix("The store cannot take it now: ") for line in lines}

    async def until(self, *, accepted: bool) -> None:
        async with asyncio.timeout(process.PATIENCE):
            while await self.open_pull() is not accepted:
                pass

    async def checked(self) -> None:
        """Wait until every accepted pull request has its check run."""
        async with asyncio.timeout(2 * process.PATIENCE):
            while not set(self.accepted) <= {run.sha for run in self.github.repository.runs}:
                await self.github.posted.get()

    def looks(self) -> int:
        """How often GitHub was asked about a pull request."""
        asked = (call.body["query"] for call in self.github.calls if call.path.endswith("/graphql"))
        return sum("query Pull(" in query for query in asked)

    def each_is_written_once(self) -> bool:
        return set(Counter(run.sha for run in self.github.repository.runs).values()) == {1}

    async def _read_log(self) -> None:
        while await self.server.process.stderr.read(1 << 16):
            pass


@asynccontextmanager
async def story(folder, url: str) -> AsyncIterator[Story]:
    github = GitHub()
    async with AsyncExitStack() as stack:
        api_url = await stack.enter_async_context(answering(github))
        settings = process.app_settings(api_url, DATABASE_URL=url)
        server = await stack.enter_async_context(process.serving(folder, **settings))
        told = Story(server, github)
        stack.callback(told.reading.cancel)
        yield told
        assert await server.stop() == 0


@contextmanager
def no_room(server: process.Server, size: int):
    """Let a process write no file beyond this size, which is what a full disk looks like to it."""
    pid, before = server.process.pid, resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform != "linux", reason="another process's limits can be set on Linux only")
async def test_a_full_disk_is_a_refusal_until_there_is_room(tmp_path):
    async with story(tmp_path, f"sqlite:///{tmp_path}/handoff.db") as told:
        await told.until(accepted=True)
        await told.checked()
        with no_room(told.server, (tmp_path / "handoff.db-wal").stat().st_size + 20_000):
            await told.until(accepted=False)
            await asyncio.gather(*(told.open_pull() for _ in range(PULLS)))
        looks = told.looks()
        await told.until(accepted=True)
        await told.checked()
    assert told.reasons() == {"the database cannot be used now (disk I/O error)"}
    assert looks <= len(told.accepted) + 1
    assert told.each_is_written_once()


async def test_a_file_locked_by_another_process_is_a_refusal_until_it_is_free(tmp_path):
    async with story(tmp_path, f"sqlite:///{tmp_path}/handoff.db?timeout=0.05") as told:
        await told.until(accepted=True)
        with closing(sqlite3.connect(tmp_path / "handoff.db", isolation_level=None)) as other:
            await asyncio.gather(*(told.open_pull() for _ in range(PULLS)))  # jobs at hand
            other.execute("BEGIN EXCLUSIVE")
            await told.until(accepted=False)
            looks = told.looks()
            other.execute("ROLLBACK")
        await told.until(accepted=True)
        await told.checked()
    assert told.reasons() == {"the database cannot be used now (database is locked)"}
    assert looks <= len(told.accepted) + 1
    assert told.each_is_written_once()


@pytest.mark.postgres
async def test_a_server_that_is_stopped_is_a_refusal_until_it_is_back(tmp_path, postgres_server):
    async with story(tmp_path, postgres_server.fresh()) as told:
        await told.until(accepted=True)
        await asyncio.gather(*(told.open_pull() for _ in range(PULLS)))  # jobs at hand
        with postgres_server.stopped():
            assert not await told.open_pull()
            looks = told.looks()
        await told.until(accepted=True)
        await told.checked()
    assert all(reason.startswith("the database cannot be used now (") for reason in told.reasons())
    assert looks <= len(told.accepted) + 1
    assert told.each_is_written_once()
