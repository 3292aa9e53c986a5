"""`ghapp receive` and `ghapp deliveries replay FILE`: a recorded delivery takes the road of every other."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from ghapp import clock, database
from tests import fakes, process
from tests.ghapp.runs import delivery, opened

PAYLOAD = fakes.delivery("issues") | {"issue": {"number": 1}, "action": "opened"}
KEY = f"issue:{PAYLOAD['repository']['id']}:1"
THIN = "Invoices should be better."
SENT = {"headers": {"X-GitHub-Event": "issues", "X-GitHub-Delivery": "7f3c2a10"}, "payload": PAYLOAD}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a payload, and nothing of the machine's own settings in reach."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "payload.json").write_text(json.dumps(PAYLOAD), encoding="utf-8")
    headers = {"X-GitHub-Event": "issues", "X-GitHub-Delivery": "7f3c2a10"}
    (tmp_path / "whole.json").write_text(json.dumps({"headers": headers, "payload": PAYLOAD}), encoding="utf-8")
    return tmp_path


@pytest.fixture
async def github(here, monkeypatch):
    fake = fakes.FakeGitHub()
    async with TestServer(fakes.serve(fake)) as server:
        for name, value in process.app_settings(str(server.make_url("")).rstrip("/")).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{here}/handoff.db")
        yield fake


class TestReceive:
    async def test_it_does_what_a_delivery_would_and_says_so(self, ghapp, github):
        github.issue(1, body=THIN, labels=["handoff"])
        ended = await asyncio.to_thread(ghapp, "receive", "issues", "payload.json")
        assert (ended.exit_code, ended.stdout) == (0, f"issues.opened asks for a look: {KEY}.\n{KEY} done.\n")
        [comment] = github.ours(1)
        assert "Not ready to hand over" in comment.text
        [call] = [line for line in ended.stderr.splitlines() if "{number}/comments" in line]
        assert "github.called" in call
        assert "answer=201 " in call

    async def test_to_receive_it_twice_writes_nothing_more(self, ghapp, github):
        github.issue(1, body=THIN, labels=["handoff"])
        await asyncio.to_thread(ghapp, "receive", "issues", "whole.json")
        written = len(github.writes)
        ended = await asyncio.to_thread(ghapp, "receive", "issues", "whole.json")
        assert (ended.exit_code, github.writes[written:]) == (0, ["POST /app/installations/99/access_tokens"])

    async def test_what_fails_ends_with_1_and_is_left_to_a_server(self, ghapp, github):
        github.issue(1, body=THIN, labels=["handoff"])
        github.refusals.append(("graphql", fakes.Response(502, {"message": "Bad Gateway"})))
        ended = await asyncio.to_thread(ghapp, "receive", "issues", "payload.json")
        assert ended.exit_code == 1
        assert f"{KEY} waits" in ended.stdout
        assert "job.again" in ended.stderr

    async def test_without_credentials_nothing_is_begun(self, ghapp, here):
        ended = await asyncio.to_thread(ghapp, "receive", "issues", "payload.json")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: GITHUB_APP_ID is not set, and the work is done as the App")
        assert not (here / "data").exists()


@pytest.mark.usefixtures("here")
class TestDryRun:
    def test_it_says_what_is_asked_for_and_touches_nothing(self, ghapp, here):
        before = sorted(here.iterdir())
        ended = ghapp("receive", "issues", "payload.json", "--dry-run")
        assert (ended.exit_code, ended.stdout) == (0, f"issues.opened asks for a look: {KEY}.\n")
        assert sorted(here.iterdir()) == before

    def test_the_payload_may_come_by_standard_input(self, ghapp):
        ended = ghapp("receive", "issues", "-", "--dry-run", text=json.dumps(PAYLOAD | {"action": "pinned"}))
        assert ended.stdout == "issues.pinned asks for nothing: Handoff does not act on it.\n"

    def test_several_looks_are_counted(self, ghapp):
        payload = fakes.delivery("repository") | {"action": "transferred"}
        payload["repository"] |= {"name": ".github"}
        ended = ghapp("receive", "repository", "-", "--dry-run", text=json.dumps(payload))
        assert ended.stdout.startswith("repository.transferred asks for 2 looks: owner-policy:")

    @pytest.mark.parametrize("event", sorted(path.stem for path in fakes.DELIVERIES.glob("*.json")))
    def test_every_recorded_payload_can_be_received(self, ghapp, event):
        ended = ghapp("receive", event, str(fakes.DELIVERIES / f"{event}.json"), "--dry-run")
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert ("asks for nothing" in ended.stdout) is (event == "ping")

    def test_what_cannot_be_read_ends_with_2(self, ghapp):
        ended = ghapp("receive", "issues", "nowhere.json", "--dry-run")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: nowhere.json cannot be read (No such file or directory)")


class TestReplayOfAFile:
    @pytest.fixture
    def url(self, here, monkeypatch):
        address = f"sqlite:///{here}/handoff.db"
        database.migrate(address)
        monkeypatch.setenv("DATABASE_URL", address)
        return address

    async def test_it_waits_for_the_server(self, ghapp, url):
        ended = await asyncio.to_thread(ghapp, "deliveries", "replay", "whole.json")
        assert (ended.exit_code, ended.stdout) == (
            0,
            f"issues.opened asks for a look: {KEY}.\nThe server looks now, and its log says what comes of it.\n",
        )
        async with opened(url) as ours:
            [waits] = await ours.pending(most=5)
        assert (waits.fold, waits.job and waits.job.delivery) == (KEY, "7f3c2a10")

    async def test_one_that_was_done_before_is_done_again(self, ghapp, url):
        async with opened(url) as ours:
            await ours.ring(delivery=delivery("7f3c2a10"))
        await asyncio.to_thread(ghapp, "deliveries", "replay", "whole.json")
        async with opened(url) as ours:
            assert (await ours.backlog()).jobs == 1

    @pytest.mark.usefixtures("url")
    @pytest.mark.parametrize(
        ("file", "said"),
        [
            ("payload.json", "The file has no header X-GitHub-Event: give it with its headers, or to ghapp receive"),
            ("./nowhere", "./nowhere cannot be read (No such file or directory)"),
        ],
        ids=["no headers", "no file"],
    )
    def test_what_cannot_be_replayed_is_refused(self, ghapp, file, said):
        ended = ghapp("deliveries", "replay", file)
        assert (ended.exit_code, ended.stderr.startswith(f"ghapp: {said}")) == (2, True)


class TestRecord:
    async def test_what_github_sent_is_printed_and_can_be_replayed(self, ghapp, github, here):
        github.log.add("7f3c2a10", clock.now(), event="issues")
        github.registered.sent[1] = SENT
        ended = await asyncio.to_thread(ghapp, "deliveries", "record", "7f3c2a10")
        assert (ended.exit_code, json.loads(ended.stdout)) == (0, SENT)

        database.migrate(f"sqlite:///{here}/handoff.db")
        again = await asyncio.to_thread(ghapp, "deliveries", "replay", "-", text=ended.stdout)
        assert (again.exit_code, again.stdout.partition(".\n")[0]) == (0, f"issues.opened asks for a look: {KEY}")

    async def test_one_that_github_does_not_know_ends_with_2(self, ghapp, github):
        ended = await asyncio.to_thread(ghapp, "deliveries", "record", "never")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: GitHub's log has no delivery 'never'")
