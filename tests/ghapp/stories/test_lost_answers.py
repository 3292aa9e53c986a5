"""Writes that took effect though their answer was lost: nothing stands twice, and everything stands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import US, Response
from tests.ghapp.stories.stage import NEIGHBOUR, Stage, staged

WHAT_ONLY = "Adds a retry table and a worker that walks it."
WHAT_AND_WHY = (
    "Adds a retry table and a worker that walks it every minute.\n\n"
    "Invoices that failed on a bank timeout were lost because nobody tried them again; finance sent them by hand."
)
THIN = "Invoices should be better."
COMPLETE = (Path(__file__).parents[2] / "cases" / "good-feature" / "issue.md").read_text(encoding="utf-8")

RESET, TIMEOUT, BROKEN = ConnectionResetError(), TimeoutError(), Response(502, {"message": "Bad Gateway"})
RUN, COMMENT = "POST .*/check-runs", "POST .*/issues/./comments"


@pytest.fixture
async def stage(tmp_path):
    async with staged(tmp_path) as opened:
        opened.github.pull(5, body=WHAT_AND_WHY)
        opened.neighbour.github.pull(5, body=WHAT_AND_WHY)
        yield opened


@pytest.fixture
async def unharmed(tmp_path):
    """The same, where no answer is lost."""
    folder = tmp_path / "unharmed"
    folder.mkdir()
    async with staged(folder) as opened:
        opened.github.pull(5, body=WHAT_AND_WHY)
        yield opened


async def a_pull(stage):
    await stage.deliver("pull_request", "opened", pull_request={"number": 5})


async def a_thin_pull(stage):
    stage.github.pull(5, body=WHAT_ONLY)
    await a_pull(stage)


async def a_mended_pull(stage):
    await a_thin_pull(stage)
    await stage.settle()
    stage.github.repository.issues[5].body = WHAT_AND_WHY
    await stage.deliver("pull_request", "edited", pull_request={"number": 5})


async def a_re_run(stage):
    await a_pull(stage)
    await stage.settle()
    run = {"head_sha": "a" * 40, "external_id": "pr:5", "app": {"id": US.id}}
    await stage.deliver("check_run", "rerequested", check_run=run)


async def an_issue(stage):
    stage.github.issue(1, body=THIN, labels=["handoff"])
    await stage.deliver("issues", "labeled", issue={"number": 1})


async def a_mended_issue(stage):
    await an_issue(stage)
    await stage.settle()
    stage.github.repository.issues[1].body = COMPLETE
    await stage.deliver("issues", "edited", issue={"number": 1})


async def a_command(stage):
    stage.github.issue(1)
    said = stage.github.comment(1, "/handoff help")
    person = {"login": "dana", "type": "User"}
    comment = {"id": said.id, "body": said.text, "user": person}
    await stage.deliver("issue_comment", "created", issue={"number": 1}, comment=comment, sender=person)


@dataclass(frozen=True)
class Lost:
    """What is done, which of its writes loses its answer, and all the calls that it takes."""

    deed: Callable[[Stage], Awaitable[None]]
    write: str
    calls: list[str]


ISSUE_LOOK = ["read"]
COMMAND_LOOK = ["read", "look", "react"]  # at the conversation, and at the comment
WRITES = {
    "a new check run": Lost(a_pull, RUN, ["read", "run+", "read"]),
    "a check run changed": Lost(a_mended_pull, "PATCH .*/check-runs", ["read", "run~", "read", "comment~"]),
    "a check run asked for again": Lost(a_re_run, "PATCH .*/check-runs", ["read", "run~", "read", "run~"]),
    "a new comment on a pull request": Lost(a_thin_pull, COMMENT, ["read", "run+", "comment+", "read"]),
    "a comment changed": Lost(a_mended_pull, "PATCH .*/comments", ["read", "run~", "comment~", "read"]),
    "a new comment on an issue": Lost(an_issue, COMMENT, [*ISSUE_LOOK, "comment+", "read", "label!", "label+"]),
    "a label made": Lost(an_issue, "billing/labels", [*ISSUE_LOOK, "comment+", "label!", "read", "label+"]),
    "a label set": Lost(an_issue, "issues/1/labels", [*ISSUE_LOOK, "comment+", "label!", "label+", "read"]),
    "a reaction": Lost(a_command, "reactions", [*COMMAND_LOOK, *COMMAND_LOOK, "comment+", "react"]),
    "an answer to a command": Lost(a_command, COMMENT, [*COMMAND_LOOK, "comment+", *COMMAND_LOOK, "react"]),
}
REMOVAL = ["read", "comment~", "label-"]
REMOVED = Lost(a_mended_issue, "DELETE .*/labels", [*REMOVAL, "read", "label!", "label+"])
# A call that may be repeated blindly is repeated at once by aiohttp, when the connection was an old one.
REMOVED_TWICE = Lost(a_mended_issue, "DELETE .*/labels", [*REMOVAL, "label-", "label!", "label+"])
CASES = [
    *(pytest.param(lost, BROKEN, id=f"{name}, 502") for name, lost in WRITES.items()),
    *(pytest.param(lost, RESET, id=f"{name}, reset") for name, lost in WRITES.items()),
    pytest.param(WRITES["a new check run"], TIMEOUT, id="a new check run, time-out"),
    pytest.param(WRITES["a new comment on an issue"], TIMEOUT, id="a new comment on an issue, time-out"),
    pytest.param(REMOVED, BROKEN, id="a label removed, 502"),
    pytest.param(REMOVED_TWICE, RESET, id="a label removed, reset"),
]


def state(github):
    """What people see: check runs, our comments, labels and reactions."""
    return (
        [(run.sha, run.conclusion, run.title) for run in github.repository.runs],
        [(each.number, each.text.splitlines()[:3]) for number in (1, 5) for each in github.ours(number)],
        {number: issue.labels for number, issue in github.repository.issues.items()},
        github.repository.reactions,
    )


@pytest.mark.parametrize(("lost", "fault"), CASES)
async def test_a_write_whose_answer_was_lost_is_seen_and_not_repeated(stage, unharmed, lost, fault):
    await lost.deed(unharmed)
    await unharmed.settle()
    await stage.grow_old()
    stage.fault(lost.write, fault, lost=True)
    await lost.deed(stage)
    await stage.deliver("pull_request", "opened", pull_request={"number": 5}, to=stage.neighbour)
    await stage.settle()
    assert state(stage.github) == state(unharmed.github)
    assert stage.ours.calls[-len(lost.calls) :] == lost.calls
    assert stage.github.losses == []
    assert stage.waited(5, NEIGHBOUR) == 0
    assert await stage.queue.dead_letters() == ()
