"""Pull requests: what their check run says, and how few calls that takes."""

import asyncio

import pytest

from ghapp import handlers
from ghapp.github import events
from tests.fakes import US, Response, delivery

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
    await world.deliver("installation", "created")
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


async def test_a_re_run_is_written_anew_on_the_same_run(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    await world.pull("opened")
    run = {
        "head_sha": "a" * 40,
        "external_id": world.github.repository.runs[0].sent["external_id"],
        "app": {"id": US.id},
    }
    await world.deliver("check_run", "rerequested", check_run=run)
    [run] = world.github.repository.runs
    assert world.github.writes[1:] == [f"PATCH /repos/acme/billing/check-runs/{run.id}"]


async def test_a_re_run_of_a_run_that_github_no_longer_has_is_posted(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    await world.pull("opened")
    world.github.refusals.append(("PATCH .*check-runs", Response(404, {"message": "Not Found"})))
    await world.deliver("check_suite", "rerequested")
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
    assert [run.conclusion for run in world.github.repository.runs] == ["success"]
    assert len(world.github.writes) == 2


async def test_a_run_on_another_commit_than_the_head_is_never_taken_for_the_heads(world):
    pull = world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    pull.head, pull.last_commit, pull.body = "d" * 40, "a" * 40, WHAT_AND_WHY
    await world.pull("synchronize")
    await world.pull("edited")
    found = [(run.sha, run.conclusion) for run in world.github.repository.runs]
    assert found == [("a" * 40, "failure"), ("d" * 40, "success")]


async def test_when_one_of_two_that_share_a_head_is_closed_the_check_is_about_the_other(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    other = world.github.pull(6, body=WHAT_ONLY, base="stable")
    await world.pull("opened", 6)
    other.state = "CLOSED"
    await world.deliver("pull_request", "closed")
    [run] = world.github.repository.runs
    assert (run.conclusion, run.sent["external_id"]) == ("success", "pr:5")
    assert "number" not in run.summary


async def test_a_closed_pull_request_costs_one_call(world):
    world.github.pull(5, state="CLOSED")
    assert await world.calls_of(world.deliver("pull_request", "closed")) == 1
    assert world.github.writes == []


async def test_a_pull_request_that_comes_to_a_head_while_its_check_is_written_is_not_forgotten(world):
    world.github.pull(5, body=WHAT_AND_WHY)

    async def another_is_opened():
        world.github.pull(6, body=WHAT_ONLY, base="stable")
        await world.pull("opened", 6)

    world.github.meanwhile.append(("POST .*/check-runs", another_is_opened))
    await world.pull("opened", 5)
    newest = world.github.repository.runs[-1]
    assert (newest.conclusion, newest.sent["external_id"]) == ("failure", "pr:6")


async def test_two_edits_on_one_head_at_once_end_in_what_both_say_now(world):
    pull = world.github.pull(5, body=WHAT_ONLY)
    other = world.github.pull(6, body=WHAT_ONLY, base="stable")
    await world.pull("opened", 5)

    async def the_other_is_edited():
        other.body = WHAT_AND_WHY
        await world.pull("edited", 6)

    pull.body = WHAT_AND_WHY
    world.github.meanwhile.append(("PATCH .*/check-runs", the_other_is_edited))
    await world.pull("edited", 5)
    [run] = world.github.repository.runs
    assert (run.conclusion, run.sent["external_id"]) == ("success", "pr:5")


async def test_a_pull_request_that_moves_on_while_its_commit_is_looked_at_has_no_say_there(world):
    world.github.pull(5, body=WHAT_AND_WHY)
    other = world.github.pull(6, body=WHAT_ONLY, base="stable")

    async def nothing_happens():
        pass

    async def the_other_gets_a_push():
        other.head = "d" * 40

    world.github.meanwhile += [("graphql", nothing_happens), ("graphql", the_other_gets_a_push)]
    await world.deliver("check_suite", "rerequested")
    [run] = world.github.repository.runs
    assert (run.conclusion, run.sent["external_id"]) == ("success", "pr:5")
    assert "number" not in run.summary


async def test_an_edit_that_changes_nothing_on_a_shared_head_ends_without_a_write(world):
    for number in (5, 6, 7):
        world.github.pull(number, body=WHAT_ONLY, base=f"line-{number}")
        await world.pull("opened", number)
    before = len(world.github.writes)
    assert await world.calls_of(world.pull("edited", 5)) == 1 + 1 + 3
    assert len(world.github.writes) == before


async def test_a_re_run_of_a_shared_check_is_written_anew_once(world):
    world.github.pull(5, body=WHAT_ONLY)
    world.github.pull(6, body=WHAT_ONLY, base="stable")
    await world.pull("opened", 5)
    before = len([call for call in world.github.writes if "check-runs" in call])
    await world.deliver("check_suite", "rerequested")
    assert len(world.github.repository.runs) == 1
    assert len([call for call in world.github.writes if "check-runs" in call]) == before + 1


async def test_a_pull_request_that_github_does_not_find_yet_is_looked_for_again(world):
    world.github.pull(5, body=WHAT_ONLY)
    world.github.repository.late[5] = 2
    await world.pull("opened")
    assert len(world.github.repository.runs) == 1
    assert world.github.paused == [0.5, 1.5]


async def test_linked_issues_out_of_sight_do_not_keep_the_check_from_being_posted(world):
    world.github.pull(5, body=WHAT_ONLY, closes=[404])
    await world.pull("opened")
    assert len(world.github.repository.runs) == 1


async def test_long_linked_issues_are_read_in_part_and_the_check_says_so(world):
    world.github.issue(7, body="- [ ] answers 404\n" * 8_000)
    world.github.pull(5, body=WHAT_AND_WHY, closes=[7])
    await world.pull("opened")
    [run] = world.github.repository.runs
    assert "Of the linked issues only the first 128 KiB were read." in run.summary


async def test_a_comment_on_every_pull_request_says_what_holds_and_nothing_of_the_past(world):
    world.github.repository.policy = "rationale:\n  comment: always\n"
    world.github.pull(5, body=WHAT_AND_WHY)
    world.github.pull(6, author="dependabot[bot]", head="d" * 40)
    for action in ("opened", "edited"):
        await world.pull(action, 5)
        await world.pull(action, 6)
    [good], [skipped] = world.github.ours(5), world.github.ours(6)
    assert good.text.splitlines()[1] == "Nothing required is missing."
    assert skipped.text.splitlines()[1].startswith("Not judged: Written by a bot")


async def test_an_exempted_pull_request_is_not_called_resolved(world):
    world.github.repository.policy = "rationale:\n  exempt:\n    labels: [skip]\n"
    pull = world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    pull.labels.append("skip")
    await world.pull("labeled")
    [comment] = world.github.ours(5)
    assert comment.text.splitlines()[1] == "Not judged: The label skip exempts it."


async def test_a_failure_of_ours_is_said_on_the_check_without_blaming_the_author(world):
    world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    [job] = events.jobs("pull_request", delivery("pull_request"), app=US)
    await handlers.failed(world.context(), job)
    await handlers.failed(world.context(), job)
    [run] = world.github.repository.runs
    assert (run.conclusion, run.title) == ("neutral", "Could not judge: Handoff had a fault")
    assert world.github.writes.count(f"PATCH /repos/acme/billing/check-runs/{run.id}") == 1


async def test_a_failure_of_ours_on_a_closed_pull_request_is_not_said_there(world):
    world.github.pull(5, state="MERGED")
    [job] = events.jobs("pull_request", delivery("pull_request"), app=US)
    await handlers.failed(world.context(), job)
    assert world.github.writes == []


async def test_a_failure_of_ours_at_an_issue_is_for_the_log_alone(world):
    world.github.issue(1)
    [job] = events.jobs("issues", delivery("issues"), app=US)
    await handlers.failed(world.context(), job)
    assert world.github.calls == []


@pytest.mark.parametrize("deed", ["pull", "issue"])
async def test_judging_a_long_text_leaves_the_server_free_for_others(world, deed):
    text = "- [ ] answers 404 when the invoice is paid\n" * 500
    world.github.pull(5, body=text)
    world.github.issue(1, body=text, labels=["handoff"])
    turns = 0

    async def serve_others():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    others = asyncio.create_task(serve_others())
    await getattr(world, deed)("opened")
    others.cancel()
    assert turns > 10
