"""A hand-over through a real server and a real database, which is killed in the middle."""

from datetime import timedelta

from aiohttp.test_utils import TestServer

from ghapp import clock
from tests import process
from tests.fake_handover import FakeDeed
from tests.fakes import FakeGitHub, delivery, serve
from tests.handover_texts import READY

POLICY = "people: {sari: {role: contractor}}"
DANA = {"login": "dana", "type": "User"}


async def shown(running: process.Server, github: FakeGitHub, words: str) -> None:
    """Wait until the comment on the issue holds these words, one job after the other."""
    while not any(words in each.text for each in github.ours(1)):
        await running.said('"job.done"')


async def say(running: process.Server, github: FakeGitHub, text: str, author: str) -> None:
    github.now += timedelta(minutes=10)
    comment = github.comment(1, text, author)
    account = {"login": author, "type": "User"}
    payload = delivery("issue_comment") | {
        "issue": {"number": 1},
        "comment": {"id": comment.id, "body": text, "user": account},
        "sender": account,
    }
    assert await running.deliver("issue_comment", payload) == 202


async def test_the_next_move_is_the_same_after_a_kill(tmp_path, url):
    github = FakeGitHub()
    github.repository.policy = POLICY
    issue = github.issue(1, title="Retry failed invoices at the bank", body=READY)
    github.now = clock.now() - timedelta(hours=1)  # the server has a clock of its own
    async with TestServer(serve(github)) as stub:
        settings = process.app_settings(str(stub.make_url("")).rstrip("/"), DATABASE_URL=url)
        async with process.serving(tmp_path, **settings) as running:
            issue.assignees.append("sari")
            issue.assigned_by = "dana"
            github.repository.timeline.append(FakeDeed("AssignedEvent", 1, github.now, "dana", to="sari"))
            assigned = delivery("issues") | {"action": "assigned", "issue": {"number": 1}, "sender": DANA}
            assert await running.deliver("issues", assigned) == 202
            await shown(running, github, "Next: `sari`, to start")
            await say(running, github, "Does a retry by hand count as an attempt?", "sari")
            await shown(running, github, "Next: `dana`, to answer")
            running.process.kill()
            await running.process.wait()
        async with process.serving(tmp_path, **settings) as running:
            await say(running, github, "Yes, it counts as an attempt.", "dana")
            await shown(running, github, "Next: `sari`, to go on")

    [comment] = github.ours(1)
    assert "1 answered, not in the spec (Q1)" in comment.text
