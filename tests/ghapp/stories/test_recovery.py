"""What never arrived: found in GitHub's log of its deliveries and on the heads of open pull requests."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import structlog

from ghapp.errors import Again
from ghapp.subjects import SWEEP
from tests.fake_state import FakePull, FakeRepository
from tests.fakes import INSTALLATION, NOON, Response
from tests.ghapp import backlogs

BODY = "Adds a retry table.\n\nInvoices that failed on a bank timeout were lost, since nobody tried them again."
MISSED = NOON - timedelta(hours=1)


@pytest.fixture
def logs():
    with structlog.testing.capture_logs() as lines:
        yield lines


def said(logs, event: str) -> list[dict[str, object]]:
    return [line for line in logs if line["event"] == event]


def reads(world, path: str) -> int:
    return sum(call.path == path for call in world.github.calls)


class TestTheLogOfDeliveries:
    async def test_what_github_could_not_hand_over_is_asked_for(self, world):
        world.github.log.add("lost", MISSED)
        await world.tick()
        assert world.github.log.sent_again == ["lost"]

    async def test_what_we_took_though_github_thinks_it_failed_is_not_asked_for(self, world):
        world.github.log.add("taken", MISSED, status=504)
        world.store.taken.add("taken")
        await world.tick()
        assert world.github.log.sent_again == []

    async def test_what_came_well_is_not_asked_for(self, world):
        world.github.log.add("fine", MISSED, status=202)
        await world.tick()
        assert world.github.log.sent_again == []

    async def test_what_was_asked_for_and_came_is_forgotten(self, world):
        world.github.log.add("late", MISSED)
        await world.tick()
        world.store.taken.add("late")
        await world.tick(hours=2)
        assert (world.github.log.sent_again, world.store.lacking) == (["late"], {})

    async def test_one_that_fails_each_time_is_asked_for_ever_more_seldom_and_then_no_more(self, world, logs):
        world.github.log.add("hopeless", NOON)
        asked: list[datetime] = []
        for _ in range(4 * 24 * 12):
            known = len(world.github.log.sent_again)
            await world.tick(minutes=5)
            if len(world.github.log.sent_again) > known:
                asked.append(world.now)
                world.github.log.add("hopeless", world.now)
        pauses = [(after - before).total_seconds() / 60 for before, after in pairwise(asked)]
        assert pauses == [10, 60, 360, 1440, 1440]
        [lost] = said(logs, "delivery.lost")
        assert (lost["delivery"], world.store.lacking) == ("hopeless", {})

    async def test_what_github_has_no_more_is_lost_and_said_once(self, world, logs):
        world.github.log.add("old", MISSED)
        world.github.refusals.append(("attempts", Response(404, {"message": "Not Found"})))
        await world.tick()
        await world.tick(minutes=5)
        assert len(said(logs, "delivery.lost")) == 1
        assert world.github.log.sent_again == []

    async def test_many_are_asked_for_newest_first_and_at_githubs_pace(self, world):
        for number in range(150):
            world.github.log.add(f"lost-{number}", NOON - timedelta(minutes=150 - number))
        await world.tick()
        assert world.github.log.sent_again == [f"lost-{number}" for number in reversed(range(150))]
        assert reads(world, "/app/installations") == 1  # by the first of the jobs that share them
        assert sum(world.github.paused) >= 60 * 150 / 180  # 900 points a minute, five for each

    async def test_the_log_is_read_back_to_the_last_sweep_and_no_further(self, world):
        for number in range(250):
            world.github.log.add(f"lost-{number}", NOON - timedelta(hours=2, seconds=number))
        await world.tick()
        assert reads(world, "/app/hook/deliveries") == 3  # the rest is asked for without another look
        before = reads(world, "/app/hook/deliveries")
        await world.tick(minutes=5)
        assert reads(world, "/app/hook/deliveries") == before + 1

    async def test_a_limit_ends_the_sweep_and_the_next_goes_on(self, world):
        for number in range(3):
            world.github.log.add(f"lost-{number}", MISSED + timedelta(seconds=number))
        limit = Response(403, {"message": "You have exceeded a secondary rate limit"}, {"retry-after": "60"})
        await world.tick()
        world.github.log.sent_again.clear()
        world.github.refusals.append(("attempts", limit))
        world.github.log.add("newer", NOON)
        with pytest.raises(Again):
            await world.tick(minutes=11)
        await world.tick(minutes=5)
        assert world.github.log.sent_again == ["newer", "lost-2", "lost-1", "lost-0"]

    async def test_the_end_of_a_sweep_is_kept(self, world):
        await world.tick(minutes=7)
        assert (await world.store.swept(SWEEP)).at == NOON + timedelta(minutes=7)


class TestOpenPullRequests:
    async def test_one_without_our_check_gets_it(self, world, logs):
        world.github.pull(5, body=BODY)
        await world.tick()
        [run] = world.github.repository.runs
        assert run.conclusion == "success"
        assert [line["pulls"] for line in said(logs, "sweep.unchecked")] == [1]

    async def test_where_nothing_lacks_nothing_is_written_and_little_asked(self, world):
        world.github.pull(5, body=BODY)
        await world.pull("opened")
        await world.tick()
        world.github.calls.clear()
        await world.tick(minutes=5)
        # The log, the installations, the repositories, their open pull requests, what hangs on the heads.
        assert len(world.github.calls) == 5
        assert world.github.writes == []

    @pytest.mark.parametrize(
        ("changes", "runs"),
        [
            pytest.param({"draft": True}, 1, id="draft"),
            pytest.param({"state": "CLOSED"}, 0, id="closed"),
            pytest.param({"created_at": datetime.fromisoformat("2025-12-31T23:00:00Z")}, 0, id="before we came"),
            pytest.param({"last_commit": "b" * 40}, 1, id="GitHub's list lags behind the head"),
        ],
    )
    async def test_which_ones_count(self, world, changes, runs):
        world.github.pull(5, body=BODY, **changes)
        await world.tick()
        assert len(world.github.repository.runs) == runs

    async def test_one_whose_list_of_commits_ends_before_its_head_is_looked_at_once(self, world, logs):
        world.github.pull(5, body=BODY, last_commit="b" * 40)
        await world.tick()
        await world.tick(minutes=5)
        assert [line["pulls"] for line in said(logs, "sweep.unchecked")] == [1]

    async def test_one_that_went_out_of_reach_meanwhile_is_left_out(self, world, logs):
        world.github.pull(5, body=BODY, last_commit="b" * 40)

        async def nothing() -> None:
            """The list of the open ones, and that of what hangs on their heads."""

        async def deleted() -> None:
            del world.github.repository.issues[5]

        world.github.meanwhile = [("graphql", deed) for deed in (nothing, nothing, deleted)]
        await world.tick()
        assert said(logs, "sweep.unchecked") == []

    async def test_an_archived_repository_is_left_alone(self, world):
        world.github.pull(5)
        world.github.repository.archived = True
        await world.tick()
        assert world.github.repository.runs == []

    async def test_more_than_one_answer_holds_are_all_found(self, world):
        for number in range(1, 121):
            world.github.pull(number, body=BODY, head=f"{number:040x}")
        await world.tick()
        assert len(world.github.repository.runs) == 120

    async def test_a_large_account_is_looked_over_in_parts(self, world):
        world.github.others = [FakeRepository(id=n, node_id=f"R_{n}", name=f"acme/r{n}") for n in range(100, 1300)]
        world.github.others[-1].issues[1] = FakePull(1)
        world.store.scans = dict.fromkeys(range(100, 1300), backlogs.scan())
        world.github.meanwhile = []
        await world.tick()
        assert reads(world, "/installation/repositories") == 10
        await world.tick(minutes=5)
        assert reads(world, "/installation/repositories") == 13
        assert "open-pulls:99" in world.store.looked_over

    async def test_one_that_was_given_up_is_left_to_its_dead_letter(self, world):
        world.github.pull(5)
        world.store.buried.add("pull:12:5")
        await world.tick()
        assert world.github.repository.runs == []

    async def test_a_suspended_installation_is_left_alone(self, world):
        world.github.pull(5)
        world.github.suspended.add(INSTALLATION)
        await world.tick()
        await world.tick(minutes=5)
        assert reads(world, "/installation/repositories") == 0

    async def test_without_the_permission_to_write_checks_none_is_tried(self, world, logs):
        world.github.pull(5)
        world.github.installed.permissions["checks"] = "read"
        await world.tick()
        await world.tick(minutes=5)
        assert world.github.writes == []
        assert len(said(logs, "installation.lacks")) == 1

    async def test_a_part_that_is_out_of_reach_is_left_out(self, world):
        world.github.pull(5, body=BODY)
        world.github.others = [FakeRepository(id=13, node_id="R_secret", name="acme/secret")]
        answer = {"type": "NOT_FOUND", "path": ["nodes", 1], "message": "Could not resolve to a node."}
        nodes = [
            {"id": "R_acme_billing", "databaseId": 12, "pullRequests": {"nodes": [], "pageInfo": {}}},
            None,
        ]
        world.github.refusals.append(("graphql", Response(200, {"data": {"nodes": nodes}, "errors": [answer]})))
        await world.tick()
        assert world.github.repository.runs == []


class TestWhereWeAreInstalled:
    async def test_an_installation_that_nobody_told_us_of_is_found(self, world, logs):
        await world.tick()
        assert world.store.known_installations[INSTALLATION].account == "acme"
        assert len(said(logs, "installation.new")) == 1

    async def test_one_that_was_deleted_meanwhile_is_forgotten(self, world, logs):
        await world.tick()
        world.github.installations.clear()
        await world.tick(minutes=5)
        assert world.store.forgotten == [INSTALLATION]
        assert [line["account"] for line in said(logs, "installation.deleted")] == ["acme"]

    async def test_one_whose_account_was_renamed_meanwhile_is_kept_by_its_new_name(self, world, logs):
        await world.tick()
        world.github.installed.account = "acme-inc"
        await world.tick(minutes=5)
        assert world.store.known_installations[INSTALLATION].account == "acme-inc"
        assert [(line["was"], line["account"]) for line in said(logs, "installation.renamed")] == [("acme", "acme-inc")]

    async def test_one_that_is_as_it_was_is_not_spoken_of(self, world, logs):
        await world.tick()
        logs.clear()
        await world.tick(minutes=5)
        assert [line["event"] for line in logs] == []


class TestWhatMoved:
    async def test_a_renamed_repository_is_written_to_by_its_new_name(self, world):
        world.github.pull(5, body=BODY)
        world.github.repository.name = "acme/payments"
        await world.pull("opened")
        assert world.github.writes == ["POST /repos/acme/payments/check-runs"]

    async def test_a_repository_that_went_to_another_account_ends_the_job_quietly(self, world):
        world.github.pull(5, body=BODY)
        world.github.repository.node_id = "R_elsewhere"
        await world.pull("opened")
        assert world.github.writes == []

    async def test_a_transferred_issue_ends_the_job_quietly(self, world):
        await world.issue("edited", 7)
        assert world.github.writes == []

    async def test_an_issue_that_is_transferred_between_look_and_write_ends_at_the_second_look(self, world):
        world.github.issue(1, labels=["handoff"], body="Invoices should be better.")
        moved = Response(301, {"message": "Moved Permanently"}, {"location": "https://api.github.com/moved"})
        world.github.refusals.append(("POST .*/comments", moved))
        with pytest.raises(Again):
            await world.issue("opened")
        del world.github.repository.issues[1]
        await world.issue("edited")
        assert world.github.ours(1) == []
