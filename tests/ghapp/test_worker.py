"""The worker: what it logs and counts, and that no failure hides another."""

from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from ghapp import metrics, worker
from ghapp.errors import Again, Gone, Refused
from ghapp.github import events
from tests.fakes import NOON, US, Response, delivery
from tests.memory import MemoryStore
from tests.world import World

BODY = "Adds a retry table.\n\nInvoices that failed on a bank timeout were lost, since nobody tried them again."


class OneJob:
    """A queue with one job; what it raises is kept."""

    def __init__(self, job):
        self.job = job
        self.raised = None

    async def work(self, run):
        try:
            await run(self.job)
        except Exception as error:
            self.raised = error


class BrokenStore(MemoryStore):
    """A fault of our own."""

    async def keep_verdict(self, subject, verdict, *, at):
        raise ZeroDivisionError("our own")


class Look:
    """One look of the worker at something in a world."""

    def __init__(self, world, event="pull_request", **context):
        self.world = world
        self.context = context
        [job] = events.jobs(event, delivery(event), app=US)
        self.queue = OneJob(job)

    async def contexts(self, _job):
        return replace(self.world.context(), **self.context)

    async def run(self):
        with structlog.testing.capture_logs() as logs:
            await worker.work(self.queue, self.contexts)
        self.logs = logs
        return self.queue.raised


def counted(end, kind="pull"):
    return metrics.REGISTRY.get_sample_value("handoff_jobs_total", {"kind": kind, "end": end}) or 0


@pytest.fixture
def world():
    made = World()
    made.github.pull(5, body=BODY)
    return made


async def test_a_job_that_is_done_is_told_in_one_line(world):
    look = Look(world)
    before = counted("done")
    assert await look.run() is None
    [line] = look.logs
    assert line.pop("score") > 0
    assert line == {
        "event": "job.done",
        "log_level": "info",
        "repository": "acme/billing",
        "number": 5,
        "outcome": "ready",
        "writes": 1,
    }
    assert counted("done") == before + 1


async def test_what_there_is_not_is_not_told(world):
    [merge_group, installation] = Look(world, "merge_group"), Look(world, "installation")
    await merge_group.run()
    await installation.run()
    assert [*merge_group.logs, *installation.logs] == [
        {"event": "job.done", "log_level": "info", "repository": "acme/billing", "writes": 1},
        {"event": "installation.new", "log_level": "info", "account": "acme"},
        {"event": "job.done", "log_level": "info", "writes": 0},
    ]


async def test_a_failure_of_ours_is_logged_and_excused(world):
    look = Look(world, store=BrokenStore())
    raised = await look.run()
    assert isinstance(raised, ZeroDivisionError)
    assert [line["event"] for line in look.logs] == ["job.failed"]
    [run] = world.github.repository.runs
    assert run.title == "Could not judge: Handoff had a fault"


async def test_a_payload_that_cannot_be_read_is_excused_too(world):
    world.github.repository.issues[5].labels = None
    look = Look(world)
    assert isinstance(await look.run(), TypeError)
    [run] = world.github.repository.runs
    assert run.conclusion == "neutral"


@pytest.mark.parametrize("status", [403, 404, 422, 502])
async def test_an_excuse_that_fails_hides_nothing(world, status):
    world.github.refusals.append(("check-runs", Response(status, {"message": "No"})))
    look = Look(world, store=BrokenStore())
    assert isinstance(await look.run(), ZeroDivisionError)
    assert [line["event"] for line in look.logs] == ["job.failed", "job.unexcused"]
    assert look.logs[0]["exc_info"]


async def test_a_context_that_fails_is_logged(world):
    look = Look(world)

    async def contexts(_job):
        raise ZeroDivisionError

    look.contexts = contexts
    assert isinstance(await look.run(), ZeroDivisionError)
    assert [line["event"] for line in look.logs] == ["job.failed"]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (Again("limited"), {"event": "job.again", "reason": "limited"}),
        (
            Again("limited", at=NOON + timedelta(minutes=1)),
            {"event": "job.again", "reason": "limited", "at": "2026-03-02T12:01:00+00:00"},
        ),
        (Gone("deleted"), {"event": "job.gone", "reason": "deleted"}),
    ],
    ids=["later", "at a time", "gone"],
)
async def test_what_nobody_has_to_mend_is_one_quiet_line(world, error, line):
    look = Look(world)

    async def contexts(_job):
        raise error

    look.contexts = contexts
    assert await look.run() is error
    assert look.logs == [line | {"log_level": "info"}]


async def test_a_refusal_is_left_to_the_queue_to_name_and_excused_nowhere(world):
    refusal = Response(403, {"message": "Resource not accessible"}, {"x-accepted-github-permissions": "checks=write"})
    world.github.refusals.append(("check-runs", refusal))
    look = Look(world)
    before = counted("refused")
    raised = await look.run()
    assert isinstance(raised, Refused)
    assert "checks=write" in str(raised)
    assert look.logs == []
    assert world.github.writes == ["POST /repos/acme/billing/check-runs"]
    assert counted("refused") == before + 1
