"""`ghapp scan`: as a person with a token and as the App, whole, stopped and gone on, and whatever may be wrong."""

import asyncio
import csv
import json
import os
import signal
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from ghapp import clock, database, store
from ghapp.overrides import Override, Word
from ghapp.store import Overruled
from ghapp.subjects import Kind, Subject
from tests import fakes, process
from tests.fake_state import NOON, FakeRepository
from tests.ghapp import backlogs

GOOD = (Path(__file__).parents[1] / "cases" / "good-feature" / "issue.md").read_text(encoding="utf-8")
OURS = ("GITHUB_TOKEN", "GH_TOKEN", "DATABASE_URL", "GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET")
PERSON = "ghp_made.up"


@pytest.fixture
def here(monkeypatch, tmp_path) -> Path:
    """A folder with nothing of the machine's own settings in reach."""
    monkeypatch.chdir(tmp_path)
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
async def github(here, monkeypatch):
    fake = fakes.FakeGitHub()
    fake.issue(1, title="Let customers revoke an API key", body=GOOD)
    fake.issue(2, title=backlogs.HOSTILE, body="", created_at=NOON + timedelta(hours=1))
    fake.pull(5, body="", created_at=NOON + timedelta(hours=2))
    async with TestServer(fakes.serve(fake)) as server:
        monkeypatch.setenv("GITHUB_API_URL", str(server.make_url("")).rstrip("/"))
        yield fake


@pytest.fixture
def token(github, monkeypatch):
    """A person's token in the environment."""
    monkeypatch.setenv("GITHUB_TOKEN", PERSON)


@pytest.fixture
def app(here, github, monkeypatch) -> str:
    """The App's settings; the address of its database."""
    for name, value in process.app_settings(os.environ["GITHUB_API_URL"]).items():
        monkeypatch.setenv(name, value)
    address = f"sqlite:///{here}/handoff.db"
    database.migrate(address)
    monkeypatch.setenv("DATABASE_URL", address)
    return address


@pytest.fixture
def scan(ghapp):
    """Run the command beside the fake, which answers in this event loop."""

    async def run(*arguments: str, repository: str = "acme/billing"):
        return await asyncio.to_thread(ghapp, "scan", repository, *arguments)

    return run


async def _nothing() -> None:
    """Let a call pass."""


def queries(github) -> int:
    return sum(call.path == "/graphql" for call in github.calls)


@pytest.mark.usefixtures("token")
class TestByToken:
    async def test_the_report_is_printed(self, scan):
        ended = await scan()
        assert ended.exit_code == 0, ended.stderr
        assert "50 % could be handed over today: 1 of 2 open issues\n" in ended.stdout
        assert "#1  100  ready    Let customers revoke an API key\n" in ended.stdout
        assert "0 % say why: 0 of 1; 1 do not\n" in ended.stdout

    async def test_it_takes_two_queries_and_writes_nothing(self, scan, github):
        await scan()
        assert [call.path for call in github.calls] == ["/repos/acme/billing", "/graphql", "/graphql"]
        assert github.writes == []

    async def test_json_is_json_alone(self, scan):
        ended = await scan("--json")
        found = json.loads(ended.stdout)
        assert (found["schema"], found["issues"]["ready"], found["pulls"]["silent"]) == (1, 1, 1)
        assert ended.stderr == ""

    async def test_csv_has_a_row_for_each_subject(self, scan):
        rows = list(csv.reader(StringIO((await scan("--csv")).stdout)))
        assert [(row[0], row[1]) for row in rows[1:]] == [("issue", "1"), ("issue", "2"), ("pull", "5")]
        assert rows[2][3].startswith("'=HYPERLINK")

    async def test_a_page_is_written_beside_the_report(self, scan, here):
        ended = await scan("--html", "report.html")
        assert ended.stdout.endswith("The page is in report.html.\n")
        text = (here / "report.html").read_text(encoding="utf-8")
        assert 'href="https://github.com/acme/billing/issues/1"' in text
        assert "<script" not in text

    async def test_hostile_titles_leave_the_terminal_alone(self, scan):
        assert "\x1b" not in (await scan()).stdout

    async def test_what_is_kept_is_shown_without_asking_github(self, scan, github):
        first = await scan()
        github.calls.clear()
        again = await scan("--last", repository="Acme/Billing")
        assert (again.exit_code, again.stdout, github.calls) == (0, first.stdout, [])

    async def test_the_other_name_of_the_variable_serves_too(self, scan, monkeypatch):
        monkeypatch.delenv("GITHUB_TOKEN")
        monkeypatch.setenv("GH_TOKEN", PERSON)
        assert (await scan()).exit_code == 0

    async def test_the_token_is_never_shown(self, scan, github):
        github.refusals.append(("graphql", fakes.Response(500, {"message": f"at fault: {PERSON}"})))
        ended = await scan()
        assert PERSON not in ended.stdout + ended.stderr


@pytest.mark.usefixtures("token")
class TestStopped:
    def limit(self, github) -> None:
        until = int((clock.now() + timedelta(hours=1)).timestamp())
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-limit": "5000", "x-ratelimit-used": "5000"}
        body = {"errors": [{"type": "RATE_LIMITED", "message": "limit"}]}
        refusal = fakes.Response(200, body, {**headers, "x-ratelimit-reset": str(until)})
        github.refusals.append(("graphql", refusal))

    def limit_second(self, github) -> None:
        """Let the first query be answered, and the second one refused."""

        async def limit() -> None:
            self.limit(github)

        github.meanwhile += [("graphql", _nothing), ("graphql", limit)]

    async def test_a_limit_says_until_when_and_the_next_run_goes_on_where_it_was(self, scan, github):
        self.limit_second(github)
        ended = await scan()
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert "GitHub limits our queries. 2 of 2 open issues are read and kept. Run the same command after 20" in (
            ended.stderr
        )
        github.calls.clear()
        ended = await scan()
        assert ended.exit_code == 0
        assert ended.stderr.startswith("Going on where a scan of 20")
        assert queries(github) == 1

    async def test_a_limit_at_the_first_call_says_the_same(self, scan, github):
        self.limit(github)
        ended = await scan()
        assert ended.exit_code == 2
        assert "GitHub limits our queries. Run the same command after 20" in ended.stderr

    async def test_fresh_begins_anew(self, scan, github):
        self.limit_second(github)
        await scan()
        github.calls.clear()
        ended = await scan("--fresh")
        assert (ended.exit_code, ended.stderr, queries(github)) == (0, "", 2)

    async def test_an_interrupted_one_says_so_and_goes_on(self, github, here):
        reached, never = asyncio.Event(), asyncio.Event()

        async def wait() -> None:
            reached.set()
            await never.wait()

        github.meanwhile += [("graphql", _nothing), ("graphql", wait)]
        program = Path(sys.executable).with_name("ghapp")
        running = await asyncio.create_subprocess_exec(
            program, "scan", "acme/billing", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        await asyncio.wait_for(reached.wait(), process.PATIENCE)
        running.send_signal(signal.SIGINT)
        printed, said = await asyncio.wait_for(running.communicate(), process.PATIENCE)
        never.set()
        assert (running.returncode, printed) == (130, b"")
        assert said.decode() == "ghapp: stopped. What was read is kept: the same command goes on there.\n"
        (pages,) = (here / "cache").rglob("pages.jsonl")
        assert len(pages.read_text(encoding="utf-8").strip().splitlines()) == 1


class TestAsTheApp:
    async def test_it_is_kept_in_the_database(self, scan, app, here):
        assert (await scan()).exit_code == 0
        known = await store.open(app)
        assert [row.number for row in (await known.scan("acme/billing")).rows] == [1, 2, 5]
        await known.close()
        assert not (here / "cache").exists()

    async def test_nothing_is_written_but_the_token_asked_for(self, scan, app, github):
        await scan()
        assert github.writes == ["POST /app/installations/99/access_tokens"]

    async def test_what_the_app_made_by_itself_is_shown(self, scan, app, github):
        known = await store.open(app)
        subject = Subject(kind=Kind.BACKLOG_REPORT, installation=99, repository=12)
        await known.end_scan(subject, backlogs.some())
        await known.close()
        ended = await scan("--last")
        assert "50 % could be handed over today: 3 of 6 open issues\n" in ended.stdout
        assert github.calls == []

    async def test_what_people_said_over_a_verdict_counts(self, scan, app):
        known = await store.open(app)
        subject = Subject(kind=Kind.ISSUE, installation=99, repository=12, number=2)
        override = Override(word=Word.READY, by="dana", reason="x", at=NOON, comment=1)
        await known.keep_override(Overruled(subject=subject, repository="acme/billing", override=override))
        await known.close()
        assert json.loads((await scan("--json")).stdout)["issues"]["ready"] == 2
        assert json.loads((await scan("--json", "--last")).stdout)["issues"]["ready"] == 2

    @pytest.mark.usefixtures("token")
    async def test_where_it_is_not_installed_the_token_serves(self, scan, app, github, here):
        github.public.append(FakeRepository(id=20, node_id="R_other", name="other/tool"))
        github.public[0].issues[1] = github.repository.issues[1]
        assert (await scan(repository="other/tool")).exit_code == 0
        assert (here / "cache").exists()


class TestWhatMayBeWrong:
    async def test_nobody_to_ask_as(self, scan, github):
        assert (await scan()).stderr.startswith("ghapp: there is nobody to ask GitHub as: set GITHUB_TOKEN or GH_TOKEN")

    @pytest.mark.usefixtures("app")
    async def test_not_installed(self, scan):
        ended = await scan(repository="other/tool")
        assert ended.exit_code == 2
        assert ended.stderr.startswith(
            "ghapp: Handoff is not installed on other/tool, or there is no such repository: install it there, or set "
            "GITHUB_TOKEN"
        )

    @pytest.mark.usefixtures("app")
    async def test_a_suspended_installation(self, scan, github):
        github.suspended.add(99)
        assert "suspended" in (await scan()).stderr

    async def test_an_app_without_a_database(self, scan, app, here):
        (here / "handoff.db").unlink()
        assert "handoff.db is not there" in (await scan()).stderr

    @pytest.mark.usefixtures("token")
    @pytest.mark.parametrize("name", ["billing", "a/b/c", "acme/..", "acme/.", "https://github.com/a/b", "a b/c", ""])
    async def test_no_name_of_a_repository(self, scan, github, name):
        ended = await scan(repository=name)
        assert (ended.exit_code, github.calls) == (2, [])
        assert "is no repository's name: give OWNER/REPO" in ended.stderr

    @pytest.mark.usefixtures("token")
    async def test_an_unknown_repository_or_one_that_the_token_may_not_read(self, scan):
        ended = await scan(repository="acme/secret")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: there is no acme/secret that this token may read: check the name")

    @pytest.mark.usefixtures("token")
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"archived": True}, "acme/billing is archived, so nothing there can be handed over: unarchive it"),
            ({"has_issues": False}, "the issues of acme/billing are switched off: switch them on in its settings"),
            ({"issues": {}}, "acme/billing has no open issue, so there is nothing to hand over: open one first"),
            ({"hides_issues": True}, "GitHub does not let us read the issues of acme/billing: let the token"),
        ],
        ids=["archived", "issues off", "none open", "issues hidden"],
    )
    async def test_nothing_to_hand_over(self, scan, github, change, said):
        for name, value in change.items():
            setattr(github.repository, name, value)
        ended = await scan()
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert ended.stderr.startswith(f"ghapp: {said}")

    @pytest.mark.parametrize("value", ["gho_x", "ghp_x y", "ghp_\x07", "ghp_ü"])
    async def test_a_token_that_does_not_hold(self, scan, github, monkeypatch, value):
        monkeypatch.setenv("GITHUB_TOKEN", value)
        ended = await scan()
        assert ended.exit_code == 2
        assert "in GITHUB_TOKEN or GH_TOKEN" in ended.stderr or "copy it anew" in ended.stderr
        assert value not in ended.stderr

    @pytest.mark.usefixtures("token")
    async def test_a_token_that_an_organization_does_not_let_in(self, scan, github):
        message = "Resource protected by organization SAML enforcement."
        github.refusals.append(("repos/acme/billing", fakes.Response(403, {"message": message})))
        assert (
            "GitHub does not let us read acme/billing (403 GET /repos/acme/billing: Resource" in (await scan()).stderr
        )

    @pytest.mark.usefixtures("token")
    async def test_github_down_at_the_first_call(self, scan, github):
        github.refusals.append(("repos/acme/billing", fakes.Response(503, {"message": "Unavailable"})))
        ended = await scan()
        assert ended.exit_code == 2
        assert "503 GET /repos/acme/billing" in ended.stderr
        assert "Run the same command again in a while" in ended.stderr

    @pytest.mark.usefixtures("token")
    async def test_no_scan_is_kept(self, scan, github):
        ended = await scan("--last")
        assert ended.stderr.startswith("ghapp: no scan of acme/billing is kept here: make one with `ghapp scan acme/")
        assert github.calls == []

    @pytest.mark.usefixtures("token")
    async def test_a_page_that_cannot_be_written_is_said_before_anything_is_read(self, scan, github):
        ended = await scan("--html", "nowhere/report.html")
        assert (ended.exit_code, github.calls) == (2, [])
        assert "--html nowhere/report.html cannot be written: its folder is not there" in ended.stderr

    @pytest.mark.usefixtures("token")
    async def test_one_that_turns_out_so_at_the_end_costs_no_second_reading(self, scan, here):
        (here / "folder").mkdir()
        ended = await scan("--html", "folder")
        assert ended.exit_code == 2
        assert "with --last to read nothing again" in ended.stderr
        assert (await scan("--last", "--html", "page.html")).exit_code == 0

    @pytest.mark.usefixtures("token")
    async def test_a_cache_that_cannot_be_written(self, scan, here):
        (here / "cache").write_text("no folder", encoding="utf-8")
        ended = await scan()
        assert ended.exit_code == 2
        assert "set XDG_CACHE_HOME to a folder that can be written" in ended.stderr

    @pytest.mark.parametrize("flags", [("--json", "--csv"), ("--fresh", "--last")])
    async def test_flags_that_exclude_each_other(self, scan, here, flags):
        ended = await scan(*flags)
        assert ended.exit_code == 2
        assert "not both" in ended.stderr


@pytest.mark.usefixtures("token")
async def test_a_terminal_sees_how_far_it_is_and_the_report_stays_clean(github, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    shown, terminal = os.openpty()
    program = Path(sys.executable).with_name("ghapp")
    running = await asyncio.create_subprocess_exec(
        program, "scan", "acme/billing", "--json", stdout=asyncio.subprocess.PIPE, stderr=terminal
    )
    printed, _ = await asyncio.wait_for(running.communicate(), process.PATIENCE)
    os.close(terminal)
    seen = os.read(shown, 65_536).decode()
    os.close(shown)
    assert json.loads(printed)["schema"] == 1
    assert "issues" in seen
    assert "2/2" in seen
    assert "pull requests" in seen
    assert "1/1" in seen
