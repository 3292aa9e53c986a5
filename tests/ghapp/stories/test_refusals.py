"""What GitHub refuses until somebody acts: a permission, a suspended account, our signature. Nothing is lost by it."""

from dataclasses import replace

import pytest
import structlog

from ghapp.subjects import SWEEP, Job
from tests.fakes import INSTALLATION
from tests.ghapp.stories.stage import known, staged
from tests.ghapp.stories.test_faults import (
    NOT_READY,
    ONE_LOOK,
    READ,
    RUN,
    THIN,
    TOKEN,
    WHAT_AND_WHY,
    letters,
    neighbour_was_served_at_once,
    open_pulls,
    refusal,
    runs,
)


@pytest.fixture
async def stage(tmp_path):
    async with staged(tmp_path) as opened:
        opened.github.pull(5, body=WHAT_AND_WHY)
        opened.github.pull(6, body=WHAT_AND_WHY, head="c" * 40)
        opened.neighbour.github.pull(5, body=WHAT_AND_WHY)
        yield opened


async def test_a_missing_permission_is_tried_once_with_a_new_token_and_said_once(stage):
    await stage.grow_old()
    message = "Resource not accessible by integration"
    stage.fault(RUN, refusal(403, message, x_accepted_github_permissions="checks=write"), times=5)
    with structlog.testing.capture_logs() as logs:
        await stage.deliver("pull_request", "opened", pull_request={"number": 5})
        await stage.deliver("pull_request", "opened", pull_request={"number": 5}, to=stage.neighbour)
        await stage.settle()
    [reason] = await letters(stage)
    assert reason.startswith("Refused: 403 POST /repos/acme/billing/check-runs: Resource not accessible")
    assert reason.endswith("(it takes the permission checks=write)")
    assert [line["reason"] for line in logs if line["log_level"] == "warning"] == [reason]
    assert stage.ours.calls == [*ONE_LOOK, "token", *ONE_LOOK]
    assert stage.ours.pauses == []
    assert neighbour_was_served_at_once(stage)


def lacking(stage, permission):
    """What the installation's own delivery has told us before."""
    stage.ours.store.known_installations[INSTALLATION] = replace(known(INSTALLATION), lacks=(permission,))


async def test_where_no_check_may_be_written_none_is_tried_and_nobody_else_waits(stage):
    await stage.grow_old()
    lacking(stage, "checks: write")
    await open_pulls(stage)
    assert await letters(stage) == ["Refused: acme does not grant the permission checks: write"] * 2
    assert stage.ours.calls == []
    assert neighbour_was_served_at_once(stage)


async def test_where_no_issue_may_be_written_to_a_command_is_all_that_asks(stage):
    await stage.grow_old()
    lacking(stage, "issues: write")
    stage.github.issue(1, body=THIN, labels=["handoff"])
    await stage.deliver("issues", "edited", issue={"number": 1})
    await stage.settle()
    assert await letters(stage) == ["Refused: acme does not grant the permission issues: write"]
    assert set(stage.ours.calls) == {"read"}


async def test_many_refusals_of_one_account_hold_up_no_other(stage):
    await stage.grow_old()
    numbers = range(10, 34)
    stage.fault(RUN, refusal(403, "Resource not accessible by integration"), times=100)
    for number in numbers:
        stage.github.pull(number, body=WHAT_AND_WHY, head=f"{number:040x}")
        await stage.deliver("pull_request", "opened", pull_request={"number": number})
    await stage.deliver("pull_request", "opened", pull_request={"number": 5}, to=stage.neighbour)
    await stage.settle()
    assert stage.ours.pauses == []
    assert stage.ours.calls.count("run+") == 2 * len(numbers)
    assert neighbour_was_served_at_once(stage)


async def test_what_was_taken_before_a_suspension_is_done_after_it(stage):
    await stage.grow_old()
    issue = stage.github.issue(1, body=THIN, labels=["handoff"])
    stage.fault(READ, refusal(502))
    stage.github.suspended.add(INSTALLATION)
    await stage.deliver("issues", "edited", issue={"number": 1})
    stage.ours.app.drop_token(INSTALLATION)
    await stage.deliver("installation", "suspend")
    await stage.settle()
    [reason] = await letters(stage)
    assert reason.startswith("Refused: 403 POST /app/installations/99/access_tokens: This installation has been")
    stage.github.suspended.clear()
    await stage.deliver("installation", "unsuspend")
    await stage.settle()
    assert (len(stage.github.ours(1)), issue.labels) == (1, ["handoff", NOT_READY])
    assert await letters(stage) == []


async def test_a_suspension_that_was_over_before_it_was_looked_at_loses_nothing_either(stage):
    await stage.grow_old()
    stage.fault(RUN, refusal(403, "This installation has been suspended"), times=2)
    await stage.deliver("pull_request", "opened", pull_request={"number": 5})
    await stage.settle()
    assert len(await letters(stage)) == 1
    await stage.deliver("installation", "unsuspend")
    await stage.settle()
    assert (runs(stage), await letters(stage)) == (["success"], [])


async def test_a_signature_that_is_refused_ends_no_sweep_and_is_waited_out(stage):
    await stage.grow_old()
    stage.fault("GET /app/installations", refusal(401, "A JSON web token could not be decoded"), times=40)
    with structlog.testing.capture_logs() as logs:
        await stage.queue.ring(Job(subject=SWEEP, why="sweep"))
        await stage.settle()
    assert await letters(stage) == []
    assert [line["event"] for line in logs].count("github.refuses-us") == 40
    assert "GITHUB_PRIVATE_KEY" in next(line["reason"] for line in logs if line["event"] == "github.refuses-us")
    assert [line["event"] for line in logs][-1] == "job.done"


async def test_a_key_that_is_not_accepted_stops_the_work_names_the_settings_and_gives_no_job_up(stage):
    await stage.grow_old()
    stage.ours.app.drop_token(INSTALLATION)
    stage.fault(TOKEN, refusal(401, "A JSON web token could not be decoded"), times=12)
    with structlog.testing.capture_logs() as logs:
        await open_pulls(stage)
    said = [line for line in logs if line["log_level"] == "error"]
    assert len(said) == 12
    assert all("GITHUB_PRIVATE_KEY" in line["reason"] for line in said)
    assert stage.ours.calls == [*["token"] * 13, *ONE_LOOK, *ONE_LOOK]
    assert stage.waited(5) >= 12 * 60 - 5
    assert await letters(stage) == []
    assert neighbour_was_served_at_once(stage)
