"""`ghapp deliveries`: what it prints, what it does, and how it ends."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from aiohttp.test_utils import TestServer

from ghapp import database
from ghapp.cli.redeliver import moment
from ghapp.errors import UserError
from ghapp.queue.retry import BackOff
from ghapp.subjects import Delivery
from tests import fakes, process
from tests.ghapp.runs import Runs, delivery, execute, look, opened, until_dead, working
from tests.ghapp.told import sentences

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REASON = "403 POST /repos/acme/billing/check-runs: no \x1b[31m[bold] (it takes the permission checks=write)"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with nothing of the machine's own settings in reach."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def url(here: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database that is up to date, and named by DATABASE_URL."""
    address = f"sqlite:///{here}/handoff.db"
    database.migrate(address)
    monkeypatch.setenv("DATABASE_URL", address)
    return address


async def _stage(address: str) -> None:
    """One job that was given up and one that waits, both rung by deliveries of noon."""
    runs = Runs()
    runs.fail(look(1), RuntimeError(REASON))
    async with opened(address, now=lambda: NOON, backoff=BackOff(attempts=1)) as ours:
        await ours.ring(look(1), delivery=delivery("one"))
        async with working(ours, runs):
            await until_dead(ours)
        await ours.ring(look(2, why="issues.opened"), delivery=delivery("two"))


@pytest.fixture
def staged(url: str) -> str:
    asyncio.run(_stage(url))
    return url


@pytest.fixture
def an_hour_later():
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


def letters(address: str) -> list[int]:
    async def ids() -> list[int]:
        async with opened(address) as ours:
            return [letter.id for letter in await ours.dead_letters()]

    return asyncio.run(ids())


@pytest.mark.usefixtures("staged", "an_hour_later")
@pytest.mark.parametrize("arguments", [["list"], ["show", "1"], ["show", "issue:75:2"], ["show", "one"]], ids=" ".join)
class TestWhatIsPrinted:
    def test_it_reads_well_in_a_terminal(self, ghapp, snapshot, arguments):
        ended = ghapp("deliveries", *arguments)
        assert (ended.exit_code, ended.stdout) == (0, snapshot)
        assert "\x1b" not in ended.stdout  # what GitHub said drives no terminal

    def test_programs_get_json(self, ghapp, snapshot, arguments):
        ended = ghapp("deliveries", *arguments, "--json")
        assert ended.exit_code == 0
        assert json.loads(ended.stdout) == snapshot


@pytest.mark.usefixtures("url")
def test_that_there_is_nothing_is_said(ghapp):
    assert ghapp("deliveries", "list").stdout == "Nothing waits, and there are no dead letters.\n"
    assert ghapp("deliveries", "replay", "--all").stdout == "There are no dead letters.\n"


@pytest.mark.parametrize("arguments", [["1"], ["issue:75:1"], ["--all"]], ids=" ".join)
def test_a_replayed_job_waits_again(ghapp, staged, arguments):
    ended = ghapp("deliveries", "replay", *arguments)
    assert (ended.exit_code, ended.stdout) == (0, "issue:75:1 waits to be looked at again.\n")
    assert letters(staged) == []


@pytest.mark.usefixtures("staged")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "7"], "nothing is known of '7'; the dead letters are 1."),
        (["replay", "7"], "'7' was not given up; the dead letters are 1."),
        (["replay", "issue:75:2"], "'issue:75:2' was not given up; the dead letters are 1."),
    ],
)
def test_an_unknown_name_is_answered_with_those_there_are(ghapp, arguments, said):
    ended = ghapp("deliveries", *arguments)
    assert (ended.exit_code, sentences(ended)) == (2, f"ghapp: {said}\n")


def test_a_long_reason_is_shown_whole_with_its_remedy(ghapp, staged):
    execute(staged, f"UPDATE dead_letters SET reason = '{'word ' * 80}(the remedy)'")
    assert "(the remedy)" in ghapp("deliveries", "show", "1").stdout


def test_a_guid_stays_on_one_line_of_a_narrow_terminal(ghapp, staged, monkeypatch):
    guid = "72d3162e-cc78-11e3-81ab-4c9367dc0958"
    execute(staged, f"UPDATE deliveries SET guid = '{guid}', event = 'pull_request', action = 'ready_for_review'")
    monkeypatch.setenv("COLUMNS", "80")
    assert ghapp("deliveries", "show", "1").stdout.count(guid) == 1


async def test_a_job_that_failed_and_waits_says_where_its_reason_is(ghapp, url):
    runs = Runs()
    runs.fail(look(1), RuntimeError("no"))
    async with opened(url, now=lambda: NOON) as ours:
        await ours.ring(look(1), delivery=delivery("one"))
        async with working(ours, runs):
            await runs.until(ended=1)
    ended = await asyncio.to_thread(ghapp, "deliveries", "show", "one")
    assert "last failure  in the log: job.again or job.failed of this subject\n" in ended.stdout


@pytest.mark.usefixtures("url")
def test_an_unknown_id_where_there_are_none(ghapp):
    ended = ghapp("deliveries", "show", "7")
    assert (ended.exit_code, sentences(ended)) == (
        2,
        "ghapp: nothing is known of '7', and there are no dead letters.\n",
    )


def test_a_letter_of_another_version_is_left_where_it_is_and_ends_with_1(ghapp, staged):
    execute(staged, "UPDATE dead_letters SET job = '{\"later\": true}'")
    ended = ghapp("deliveries", "replay", "--all")
    assert (ended.exit_code, ended.stderr) == (
        1,
        "ghapp: 1 cannot be replayed: another version of Handoff wrote it.\n",
    )
    assert letters(staged) == [1]


def test_a_database_that_is_not_there_is_not_made(ghapp, here, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{here}/nowhere.db")
    ended = ghapp("deliveries", "list")
    assert ended.exit_code == 2
    assert sentences(ended) == f"ghapp: DATABASE_URL: {here}/nowhere.db is not there: run this where the server runs.\n"
    assert list(here.iterdir()) == []


def test_a_database_that_is_not_up_to_date_names_the_remedy(ghapp, here, monkeypatch):
    (here / "old.db").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{here}/old.db")
    ended = ghapp("deliveries", "list")
    assert ended.exit_code == 2
    assert "run `ghapp migrate`" in ended.stderr


@pytest.mark.parametrize(
    "arguments", [["replay"], ["replay", "1", "--all"], ["redeliver"], ["redeliver", "a", "--since", "1d"]]
)
def test_half_a_command_is_refused(ghapp, arguments):
    ended = ghapp("deliveries", *arguments)
    assert ended.exit_code == 2
    assert "give a de" in ended.stderr


@pytest.mark.usefixtures("url")
def test_without_credentials_github_cannot_be_asked(ghapp):
    ended = ghapp("deliveries", "redeliver", "lost")
    assert (ended.exit_code, sentences(ended)) == (
        2,
        "ghapp: GITHUB_APP_ID is not set, and GitHub is asked as the App: set its credentials.\n",
    )


class TestRedeliver:
    @pytest.fixture
    async def github(self, url, monkeypatch):
        fake = fakes.FakeGitHub()
        async with TestServer(fakes.serve(fake)) as server:
            for name, value in process.app_settings(str(server.make_url("")).rstrip("/")).items():
                monkeypatch.setenv(name, value)
            with time_machine.travel(NOON):
                yield fake

    async def test_a_delivery_is_sent_again_by_its_guid(self, ghapp, github):
        github.log.add("lost", NOON - timedelta(hours=1), status=202)
        ended = await asyncio.to_thread(ghapp, "deliveries", "redeliver", "lost")
        assert (ended.exit_code, ended.stdout) == (0, "GitHub sends lost again (pull_request).\n")
        assert github.log.sent_again == ["lost"]

    async def test_one_that_github_does_not_know_ends_with_2(self, ghapp, github):
        ended = await asyncio.to_thread(ghapp, "deliveries", "redeliver", "never")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: GitHub's log has no delivery 'never'")

    async def test_all_since_a_time_that_are_not_here_are_sent_again(self, ghapp, github, url):
        async with opened(url) as ours:
            await ours.ring(look(1), delivery=Delivery(guid="here", event="issues"))
        for guid, hours in (("here", 1), ("lost", 2), ("older", 30)):
            github.log.add(guid, NOON - timedelta(hours=hours), status=202)
        ended = await asyncio.to_thread(ghapp, "deliveries", "redeliver", "--since", "1d")
        assert (ended.exit_code, ended.stdout) == (0, "Of 2 deliveries 1 are here; GitHub sends 1 again.\n")
        assert github.log.sent_again == ["lost"]

    async def test_what_was_asked_for_is_noted_for_the_sweep(self, ghapp, github, url):
        github.log.add("lost", NOON - timedelta(hours=1))
        await asyncio.to_thread(ghapp, "deliveries", "redeliver", "--since", "1d")
        assert execute(url, "SELECT guid, asked FROM missed") == [("lost", 1)]

    async def test_what_github_has_no_more_ends_with_1(self, ghapp, github):
        github.log.add("lost", NOON - timedelta(hours=2))
        github.refusals.append(("attempts", fakes.Response(404, {"message": "Not Found"})))
        ended = await asyncio.to_thread(ghapp, "deliveries", "redeliver", "--since", "1d")
        assert (ended.exit_code, ended.stderr) == (1, "ghapp: GitHub has 1 of them no more.\n")

    async def test_a_refusal_is_one_sentence(self, ghapp, github):
        github.refusals.append(("deliveries", fakes.Response(401, {"message": "Bad credentials"})))
        ended = await asyncio.to_thread(ghapp, "deliveries", "redeliver", "lost")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: GitHub does not let us ask (401 GET /app/hook/deliveries")
        assert sentences(ended).count("\n") == 1


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("90m", NOON - timedelta(minutes=90), id="minutes"),
        pytest.param("6h", NOON - timedelta(hours=6), id="hours"),
        pytest.param("2d", NOON - timedelta(days=2), id="days"),
        pytest.param("2026-03-01", NOON - timedelta(hours=36), id="a day"),
        pytest.param("2026-03-02T09:00", NOON - timedelta(hours=3), id="a time, in UTC"),
        pytest.param("2026-03-02T09:00+02:00", NOON - timedelta(hours=5), id="a time with its zone"),
    ],
)
def test_a_time_is_read_as_people_write_it(word, found):
    assert moment(word, now=NOON) == found


@pytest.mark.parametrize("word", ["yesterday", "d", "-1d", "9" * 30 + "d", "1w", "²d", ""])
def test_another_time_is_refused_in_plain_words(word):
    with pytest.raises(UserError, match="takes a span such as 6h or 2d"):
        moment(word, now=NOON)


@pytest.mark.parametrize("arguments", [[], ["list"], ["show"], ["replay"], ["redeliver"]], ids=" ".join)
def test_help_tells_what_to_do(ghapp, monkeypatch, snapshot, arguments):
    monkeypatch.setenv("COLUMNS", "80")
    assert ghapp("deliveries", *arguments, "--help").output == snapshot
