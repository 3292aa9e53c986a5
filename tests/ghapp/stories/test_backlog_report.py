"""The report that the App makes by itself after it was installed: of each repository, without a word there."""

from datetime import timedelta

import pytest
import structlog

from checks.subject import Kind as Judged
from ghapp import handlers
from ghapp.errors import Again
from ghapp.store import LastGood
from ghapp.subjects import Job, Kind, Subject
from tests.fake_state import NOON, FakeIssue, FakeRepository
from tests.fakes import INSTALLATION, Response


@pytest.fixture
def ledger(world) -> FakeRepository:
    """Another repository that the App was installed on."""
    made = FakeRepository(id=14, node_id="R_acme_ledger", name="acme/ledger")
    made.issues[3] = FakeIssue(3)
    world.github.others.append(made)
    return made


def scan_calls(world) -> list[str]:
    """The repositories whose pages were read, in their order."""
    return [
        call.body["variables"]["repository"]
        for call in world.github.calls
        if call.path == "/graphql" and "query Scan" in call.body["query"]
    ]


@pytest.mark.usefixtures("ledger")
async def test_each_repository_is_scanned_once_the_app_is_installed(world):
    world.github.issue(1)
    world.github.pull(5)
    await world.deliver("installation", "created")
    found = await world.store.scan("acme/billing")
    assert [(row.kind, row.number) for row in found.rows] == [(Judged.ISSUE, 1), (Judged.PULL, 5)]
    assert [row.number for row in (await world.store.scan("acme/ledger")).rows] == [3]


async def test_nobody_is_told_of_it(world):
    world.github.issue(1)
    await world.deliver("installation", "created")
    assert world.github.writes == []
    assert world.github.ours(1) == []


BILLING = Subject(kind=Kind.BACKLOG_REPORT, installation=INSTALLATION, repository=12, repository_node="R_acme_billing")


async def calls_by_job(world) -> list[int]:
    """How many calls each job of a scan takes."""
    calls = []

    async def run(job):
        calls.append(await world.calls_of(handlers.handle(world.context(), job)))

    await world.queue.ring(Job(subject=BILLING, why="scan.first"))
    await world.queue.drain(run)
    return calls


async def test_it_is_made_a_page_at_a_time_so_that_no_job_is_long(world):
    for number in range(1, 251):
        world.github.issue(number, created_at=NOON + timedelta(minutes=number))
    assert await calls_by_job(world) == [1, 1, 1, 1]
    assert len((await world.store.scan("acme/billing")).rows) == 250


def test_its_jobs_are_backlog_that_gives_way_to_people():
    assert Job(subject=BILLING, why="scan.first").is_backlog


async def test_what_was_scanned_is_not_scanned_again_and_what_joins_is(world, ledger):
    world.github.others.remove(ledger)
    await world.deliver("installation", "created")
    before = await world.store.scan("acme/billing")
    world.github.others.append(ledger)
    await world.deliver("installation_repositories", "added")
    assert await world.store.scan("acme/billing") is before
    assert await world.store.scan("acme/ledger") is not None


@pytest.mark.usefixtures("ledger")
async def test_archived_repositories_are_left_alone(world):
    world.github.repository.archived = True
    await world.deliver("installation", "created")
    assert set(scan_calls(world)) == {"R_acme_ledger"}


async def test_a_suspended_installation_is_not_read(world):
    world.github.suspended.add(INSTALLATION)
    await world.deliver("installation", "suspend")
    assert scan_calls(world) == []


async def test_a_repository_without_issues_has_an_empty_report(world):
    await world.deliver("installation", "created")
    assert (await world.store.scan("acme/billing")).rows == ()


async def test_one_that_was_stopped_goes_on_with_the_next_job(world):
    for number in range(1, 151):
        world.github.issue(number, created_at=NOON + timedelta(minutes=number))
    world.github.refusals.append(("graphql", Response(502, {"message": "Something went wrong"})))
    await world.queue.ring(Job(subject=BILLING, why="scan.first"))
    with pytest.raises(Again):
        await world.queue.drain(lambda job: handlers.handle(world.context(), job))
    assert await calls_by_job(world) == [1, 1, 1]
    assert len((await world.store.scan("acme/billing")).rows) == 150


async def test_the_policy_in_force_is_the_databases_where_a_file_is_broken(world):
    world.github.issue(1)
    world.github.repository.policy = "treshold: 80"
    kept = Subject(kind=Kind.POLICY, installation=INSTALLATION, repository=12, repository_node="R_acme_billing")
    await world.store.keep_policy(kept, LastGood(oid="1", text="readiness: {threshold: 90}"))
    await calls_by_job(world)
    found = await world.store.scan("acme/billing")
    assert (found.asked.threshold, found.asked.broken) == (90, True)


async def test_one_that_was_given_up_is_left_to_its_dead_letter(world):
    world.store.buried.add(BILLING.key)
    await world.deliver("installation", "created")
    await world.tick(minutes=5)
    assert scan_calls(world) == []


async def test_an_app_that_was_installed_before_it_could_report_does_so_at_the_next_sweep(world):
    await world.deliver("installation", "created")
    world.store.scans.clear()
    world.github.calls.clear()
    await world.tick(minutes=5)
    assert scan_calls(world) == ["R_acme_billing"] * 2
    await world.tick(minutes=5)
    assert len(scan_calls(world)) == 2


async def test_its_end_is_a_line_in_the_log(world):
    world.github.issue(1)
    with structlog.testing.capture_logs() as lines:
        await calls_by_job(world)
    assert lines == [{"event": "scan.ended", "log_level": "info", "repository": "acme/billing", "issues": 1}]
