"""Pull requests: what their check run says, and how few calls that takes."""

import pytest

from ghapp import handlers
from ghapp.github import events
from ghapp.github.faults import Refused
from tests.fakes import US, delivery

WHAT_ONLY = "Adds a retry table and a worker that walks it."
WHAT_AND_WHY = (
    "Adds a retry table and a worker that walks it every minute.\n\n"
    "Invoices that failed on a bank timeout were lost because nobody tried them again; finance sent them by hand."
)


async def test_a_new_pull_request_without_a_reason_gets_a_failing_check(world):
    world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    [run] = world.github.repository.runs
    assert (run.sha, run.sent["name"], run.conclusion) == ("a" * 40, "handoff", "failure")
    assert "why" in run.title.lower()


async def test_an_edit_that_says_why_makes_the_same_run_pass(world):
    pull = world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    pull.body = WHAT_AND_WHY
    await world.pull("edited")
    [run] = world.github.repository.runs
    assert run.conclusion == "success"


async def test_a_failing_check_is_also_said_in_one_comment_that_ends_as_one_line(world):
    pull = world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    await world.pull("edited")
    [comment] = world.github.ours(5)
    assert "why" in comment.text
    pull.body = WHAT_AND_WHY
    await world.pull("edited")
    [comment] = world.github.ours(5)
    assert "Resolved: nothing required is missing." in comment.text


async def test_a_new_pull_request_costs_two_calls(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    assert await world.calls_of(world.pull("opened")) == 2


@pytest.mark.parametrize("body", [WHAT_ONLY, WHAT_AND_WHY], ids=["failing", "passing"])
async def test_an_edit_that_changes_nothing_costs_one_call(world, body):
    world.github.pull(5, body=body)
    await world.pull("opened")
    assert await world.calls_of(world.pull("edited")) == 1


@pytest.mark.parametrize(
    ("changes", "conclusion"),
    [
        ({"draft": True, "body": WHAT_ONLY}, "neutral"),
        ({"draft": True, "body": WHAT_AND_WHY}, "neutral"),
        ({"author": "dependabot[bot]"}, "success"),
        ({"branch": "release/2.4"}, "success"),
        ({"author": "", "body": WHAT_ONLY}, "failure"),
        ({"locked": True, "body": WHAT_ONLY}, "failure"),
        ({"body": "", "title": ""}, "failure"),
    ],
    ids=["draft", "good draft", "bot", "release branch", "deleted account", "locked", "empty"],
)
async def test_a_conclusion_is_always_posted(world, changes, conclusion):
    world.github.pull(5, **changes)
    await world.pull("opened")
    [run] = world.github.repository.runs
    assert run.conclusion == conclusion


async def test_a_pull_request_from_a_fork_that_is_gone_gets_its_check_too(world):
    world.github.pull(5, body=WHAT_ONLY)
    await world.deliver("pull_request", "edited", pull_request={"number": 5, "head": {"repo": None}, "user": None})
    [run] = world.github.repository.runs
    assert run.conclusion == "failure"


@pytest.mark.parametrize("changes", [{"draft": True}, {"locked": True}], ids=["draft", "locked"])
async def test_nothing_is_said_in_drafts_and_locked_conversations(world, changes):
    world.github.pull(5, body=WHAT_ONLY, **changes)
    await world.pull("opened")
    assert world.github.ours(5) == []


async def test_a_policy_that_switches_the_check_off_still_gets_a_conclusion(world):
    world.github.repository.policy = "rationale:\n  enabled: false\n"
    world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    [run] = world.github.repository.runs
    assert run.conclusion == "success"


async def test_a_push_gets_a_run_on_the_new_head(world):
    pull = world.github.pull(5, body=WHAT_AND_WHY)
    await world.pull("opened")
    pull.head = "d" * 40
    await world.pull("synchronize")
    assert [run.sha for run in world.github.repository.runs] == ["a" * 40, "d" * 40]


async def test_a_re_run_is_posted_anew(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    await world.pull("opened")
    run = {
        "head_sha": "a" * 40,
        "external_id": world.github.repository.runs[0].sent["external_id"],
        "app": {"id": US.id},
    }
    await world.deliver("check_run", "rerequested", check_run=run)
    assert [run.conclusion for run in world.github.repository.runs] == ["success", "success"]


async def test_a_re_run_of_another_app_is_not_ours(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    await world.deliver("check_run", "rerequested", check_run={"head_sha": "a" * 40, "app": {"id": 1}})
    assert world.github.calls == []


async def test_a_re_run_of_the_suite_looks_at_every_pull_request_with_this_head(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    world.github.pull(6, body=WHAT_AND_WHY, head="d" * 40)
    await world.deliver("check_suite", "rerequested")
    assert [run.sent["external_id"] for run in world.github.repository.runs] == ["pr:5"]


async def test_two_pull_requests_with_one_head_show_the_one_that_needs_most(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    world.github.pull(6, body=WHAT_ONLY, base="stable")
    await world.pull("opened", 6)
    await world.pull("edited", 5)
    [run] = world.github.repository.runs
    assert (run.conclusion, run.sent["external_id"]) == ("failure", "pr:6")
    assert "number 6" in run.summary


async def test_a_closed_pull_request_is_left_alone(world):
    world.github.pull(5, body=WHAT_ONLY, state="MERGED")
    await world.pull("edited")
    assert world.github.writes == []


async def test_a_commit_of_the_merge_queue_passes_at_once_and_once(world):
    await world.deliver("merge_group", "checks_requested")
    await world.deliver("merge_group", "checks_requested")
    [run] = world.github.repository.runs
    assert (run.sha, run.sent["name"], run.conclusion) == ("b" * 40, "handoff", "success")


async def test_a_re_run_in_the_merge_queue_passes_again(world):
    await world.deliver("merge_group", "checks_requested")
    [run] = world.github.repository.runs
    part = {"head_sha": run.sha, "external_id": run.sent["external_id"], "app": {"id": US.id}}
    await world.deliver("check_run", "rerequested", check_run=part)
    assert [run.conclusion for run in world.github.repository.runs] == ["success", "success"]


async def test_a_failure_of_ours_is_said_on_the_check_without_blaming_the_author(world):
    world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    [job] = events.jobs("pull_request", delivery("pull_request"), app=US)
    await handlers.failed(world.context(), job, ZeroDivisionError())
    await handlers.failed(world.context(), job, ZeroDivisionError())
    [run] = world.github.repository.runs
    assert (run.conclusion, run.title) == ("neutral", "Could not judge: Handoff had a fault")
    assert world.github.writes.count(f"PATCH /repos/acme/billing/check-runs/{run.id}") == 1


async def test_what_github_does_not_let_us_write_is_not_tried_twice(world):
    world.github.pull(5, body=WHAT_ONLY)
    [job] = events.jobs("pull_request", delivery("pull_request"), app=US)
    await handlers.failed(world.context(), job, Refused("403"))
    assert world.github.calls == []
