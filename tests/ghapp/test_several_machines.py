"""Several worker processes on one PostgreSQL: what one leaves, another takes over, and no two write for one subject."""

import asyncio
import signal
from contextlib import AsyncExitStack

import pytest
from procrastinate.exceptions import ConnectorException

from bench.fake_github import GitHub, answering
from ghapp import queue
from ghapp.queue.lease import Lease
from ghapp.subjects import Job, Kind, Subject
from tests import fakes, process
from tests.ghapp.runs import Runs, delivery, depth, execute, look, opened, working

pytestmark = pytest.mark.postgres

PATIENCE = 60  # seconds: a silent worker is taken for dead after ten, and looked for every five
JOBS = "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'look' ORDER BY id"
PULL = Subject(
    kind=Kind.PULL, installation=fakes.INSTALLATION, repository=12, repository_node="R_acme_billing", number=5
)


class Held(GitHub):
    """A GitHub that keeps the first answer to a question until it is told otherwise: what it says grows old."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.answer = asyncio.Event()

    async def _request(self, method, url, headers, body=b""):
        answered = await super()._request(method, url, headers, body)
        if url.endswith("/graphql") and not self.asked.is_set():
            self.asked.set()
            await self.answer.wait()
        return answered


class Scene:
    """A pull request, and workers that look at it."""

    def __init__(self, stack: AsyncExitStack, folder, url: str) -> None:
        self.github = Held()
        self.pull = self.github.pull(5, body="Adds a table.", title="Retry, edit 1")
        self.ours: queue.Queue
        self._stack = stack
        self._folder = folder
        self._url = url
        self._settings: dict[str, str] = {}

    async def begin(self) -> "Scene":
        self._settings = process.app_settings(
            await self._stack.enter_async_context(answering(self.github)), DATABASE_URL=self._url
        )
        self.ours = await queue.open(self._url)
        self._stack.push_async_callback(self.ours.close)
        return self

    async def worker(self) -> process.Server:
        return await self._stack.enter_async_context(
            process.serving(self._folder, "--only", "worker", **self._settings)
        )

    async def ring(self, guid: str) -> None:
        await self.ours.ring(Job(subject=PULL, why="pull_request.edited"), delivery=delivery(guid))

    async def drained(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while (await self.ours.backlog()).jobs:
                pass

    def shown(self) -> list[str]:
        """The check runs and comments of the pull request, as one text each."""
        runs = [str(run.sent["output"]) for run in self.github.repository.runs]
        return [*runs, *(comment.text for comment in self.github.ours(5))]


@pytest.fixture
async def scene(tmp_path, postgres_server):
    async with AsyncExitStack() as stack:
        yield await Scene(stack, tmp_path, postgres_server.fresh()).begin()


async def test_the_job_of_a_worker_that_was_killed_at_it_is_done_by_the_other(scene):
    first = await scene.worker()
    await scene.ring("a")
    await scene.github.asked.wait()
    await scene.worker()
    first.process.kill()
    await scene.drained()
    scene.github.answer.set()
    assert len(scene.github.repository.runs) == len(scene.github.ours(5)) == 1
    assert await scene.ours.dead_letters() == ()


async def test_of_two_workers_one_is_restarted_and_the_other_takes_what_comes(scene):
    scene.github.answer.set()
    restarted = await scene.worker()
    await scene.worker()
    await scene.ring("a")
    assert await restarted.stop() == 0
    await scene.ring("b")
    await scene.drained()
    assert len(scene.github.repository.runs) == len(scene.github.ours(5)) == 1


async def test_a_worker_that_was_held_up_does_not_write_over_the_one_that_took_over(scene):
    held_up = await scene.worker()
    await scene.ring("a")
    await scene.github.asked.wait()
    held_up.process.send_signal(signal.SIGSTOP)
    await scene.worker()
    await scene.drained()
    scene.pull.title = "Retry, edit 2"
    await scene.ring("b")
    await scene.drained()
    scene.github.answer.set()  # with the facts of before the edit
    held_up.process.send_signal(signal.SIGCONT)
    assert await held_up.stop() == 0
    await scene.drained()
    run, comment = scene.shown()
    assert "edit 2" in run
    assert "edit 2" in comment


@pytest.fixture
def url(postgres_server) -> str:
    return postgres_server.fresh()


async def test_the_end_of_a_job_that_another_worker_has_by_now_is_not_written_and_its_subject_is_looked_at_again(url):
    runs = Runs()
    gate = runs.hold(look())
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look())
        await runs.until(began=1)
        execute(url, "INSERT INTO procrastinate_workers DEFAULT VALUES")
        execute(url, "UPDATE procrastinate_jobs SET worker_id = (SELECT max(id) FROM procrastinate_workers)")
        gate.set()
        async with asyncio.timeout(PATIENCE):
            while len(jobs := execute(url, JOBS)) < 2:
                await depth(ours)
        await ours.stop()
    assert jobs == [("doing",), ("todo",)]


async def test_a_worker_that_is_ending_says_that_it_lives_while_a_job_is_at_hand(url):
    runs = Runs()
    gate = runs.hold(look())
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look())
        await runs.until(began=1)
        ending = asyncio.create_task(ours.stop())
        [(before,)] = execute(url, "SELECT now()")
        async with asyncio.timeout(PATIENCE):
            while execute(url, "SELECT max(last_heartbeat) FROM procrastinate_workers") <= [(before,)]:
                await depth(ours)
        gate.set()
        await ending


async def test_a_worker_that_cannot_say_that_it_lives_breaks_its_jobs_off_and_begins_anew(url):
    runs = Runs()
    runs.hold(look())
    async with opened(url) as ours, working(ours, runs):
        await ours.ring(look())
        await runs.until(began=1)
        ours._jobs._lost()
        await runs.until(began=2)
        runs.gates[look().fold].set()


async def test_a_lease_is_lost_once_when_nothing_was_heard_for_too_long():
    lost = asyncio.Queue[str]()

    async def beat() -> None:
        raise ConnectorException

    lease = Lease(beat, lambda: lost.put_nowait("lost"), ends=0.01)
    async with asyncio.timeout(PATIENCE):
        assert await lost.get() == "lost"
    lease.end()
    assert lost.empty()
