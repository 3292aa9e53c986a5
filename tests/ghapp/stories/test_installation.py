"""Installations: kept while they are there, forgotten when they go."""

import pytest
import structlog

from tests.fake_state import FakePull, FakeRepository
from tests.fakes import INSTALLATION


async def deliver(world, action):
    await world.deliver("installation", action)


async def test_a_new_installation_is_kept_with_its_day(world):
    await deliver(world, "created")
    kept = world.store.known_installations[INSTALLATION]
    assert (kept.account, kept.suspended, kept.installed_at.year) == ("acme", False, 2026)


async def test_a_suspended_installation_is_known_as_such(world):
    world.github.suspended.add(INSTALLATION)
    await deliver(world, "suspend")
    assert world.store.known_installations[INSTALLATION].suspended


async def test_a_deleted_installation_is_forgotten(world):
    await deliver(world, "created")
    world.github.installations.clear()
    await deliver(world, "deleted")
    assert (world.store.known_installations, world.store.forgotten) == ({}, [INSTALLATION])


@pytest.mark.parametrize("action", ["created", "suspend", "unsuspend", "new_permissions_accepted", "deleted"])
async def test_the_token_is_dropped_because_what_it_may_do_was_fixed_when_it_was_made(world, action):
    await deliver(world, action)
    assert world.dropped_tokens == [INSTALLATION]


class TestWhatIsSaid:
    @pytest.fixture(autouse=True)
    async def known(self, world):
        await deliver(world, "created")

    @pytest.fixture
    def logs(self, known):
        with structlog.testing.capture_logs() as lines:
            yield lines

    async def test_a_suspension_and_its_end_are_a_line_each(self, world, logs):
        world.github.suspended.add(INSTALLATION)
        await deliver(world, "suspend")
        await deliver(world, "suspend")
        world.github.suspended.clear()
        await deliver(world, "unsuspend")
        assert [line["event"] for line in logs] == ["installation.suspended", "installation.unsuspended"]

    async def test_the_end_of_a_suspension_takes_up_what_it_kept_us_from(self, world):
        world.github.suspended.add(INSTALLATION)
        await deliver(world, "suspend")
        world.github.pull(5)
        world.github.suspended.clear()
        await deliver(world, "unsuspend")
        assert world.queue.replayed == [INSTALLATION]
        assert len(world.github.repository.runs) == 1

    async def test_fewer_permissions_are_said_once_with_the_remedy(self, world, logs):
        del world.github.installed.permissions["merge_queues"]
        world.github.installed.permissions["checks"] = "read"
        await deliver(world, "new_permissions_accepted")
        await deliver(world, "new_permissions_accepted")
        assert logs == [
            {
                "event": "installation.lacks",
                "log_level": "warning",
                "account": "acme",
                "permissions": ["checks: write", "merge_queues: read"],
                "remedy": (
                    "ask for them in the App's settings, then let an owner of acme accept them at"
                    " https://github.com/settings/installations/99"
                ),
            }
        ]

    async def test_permissions_that_are_granted_let_refused_jobs_run_again(self, world, logs):
        world.github.installed.permissions["checks"] = "read"
        await deliver(world, "new_permissions_accepted")
        world.github.installed.permissions["checks"] = "write"
        await deliver(world, "new_permissions_accepted")
        assert [line["event"] for line in logs] == ["installation.lacks", "installation.granted"]
        assert world.queue.replayed == [INSTALLATION]

    async def test_a_deletion_is_said_once(self, world, logs):
        world.github.installations.clear()
        await deliver(world, "deleted")
        await deliver(world, "deleted")
        assert [(line["event"], line["account"]) for line in logs] == [("installation.deleted", "acme")]

    async def test_a_new_name_of_the_account_is_said(self, world, logs):
        world.github.installed.account = "acme-inc"
        await deliver(world, "created")
        assert logs == [
            {"event": "installation.renamed", "log_level": "info", "account": "acme-inc", "was": "acme"},
        ]

    async def test_repositories_that_are_added_are_looked_over(self, world):
        added = FakeRepository(id=14, node_id="R_acme_ledger", name="acme/ledger")
        added.issues[3] = FakePull(3)
        world.github.others = [added]
        await world.deliver("installation_repositories", "added")
        assert {"repositories": ["R_acme_billing", "R_acme_ledger"], "after": None} in [
            call.body["variables"] for call in world.github.calls if call.path == "/graphql"
        ]
