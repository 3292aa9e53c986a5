"""`ghapp report`: what it prints, and one sentence where it cannot."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from ghapp import database, store
from ghapp.cli.report import day
from ghapp.errors import UserError
from ghapp.subjects import Kind, Subject
from ghapp.trends.weeks import Week
from tests.ghapp.told import sentences
from tests.ghapp.trends.handed import NOW, some, week


@pytest.fixture
def url(monkeypatch, tmp_path) -> str:
    """A database that is up to date, and named by DATABASE_URL."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    address = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(address)
    monkeypatch.setenv("DATABASE_URL", address)
    return address


def keep(url: str, *weeks: Week) -> None:
    async def go() -> None:
        known = await store.open(url)
        for each in {(one.repository, one.number) for one in weeks}:
            ours = [one for one in weeks if (one.repository, one.number) == each]
            repository = 70 + len(each[0])
            await known.keep_weeks(
                Subject(kind=Kind.HANDOVER, installation=5, repository=repository, number=each[1]), ours
            )
        await known.close()

    asyncio.run(go())


@pytest.fixture
def staged(url):
    keep(url, *some())
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("staged")
class TestWhatIsPrinted:
    def test_it_reads_well_in_a_terminal(self, ghapp, snapshot):
        ended = ghapp("report", "Acme/Billing", "--since", "5w")
        assert (ended.exit_code, ended.stdout) == (0, snapshot)

    def test_an_owner_has_all_of_their_repositories(self, ghapp):
        assert (
            ghapp("report", "acme").stdout.splitlines()[0] == "acme  2025-12-22 to 2026-03-18 04:00 UTC, 2 repositories"
        )

    def test_programs_get_json_and_nothing_else(self, ghapp):
        found = json.loads(ghapp("report", "acme/billing", "--json", "--html", "report.html").stdout)
        assert (found["schema"], found["name"], found["whole"]["handed_over"]) == (1, "acme/billing", 13)

    def test_spreadsheets_get_csv(self, ghapp):
        lines = ghapp("report", "acme/billing", "--csv", "--since", "2026-03-09").stdout.splitlines()
        assert [line.split(",")[4] for line in lines] == ["week of", "2026-03-09", "2026-03-16"]

    def test_the_page_is_written_too(self, ghapp, tmp_path):
        ended = ghapp("report", "acme", "--html", "report.html")
        assert ended.stdout.endswith("\nThe page is in report.html.\n")
        assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_it_costs_the_database_nothing(self, ghapp, tmp_path):
        before = (tmp_path / "handoff.db").read_bytes()
        ghapp("report", "acme")
        assert (tmp_path / "handoff.db").read_bytes() == before


@pytest.mark.usefixtures("staged")
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["acme/nothing"], id="a repository without hand-overs"),
        pytest.param(["other"], id="an owner without hand-overs"),
        pytest.param(["acme/billing/issues"], id="no name"),
        pytest.param(["https://github.com/acme"], id="an address"),
        pytest.param([""], id="nothing"),
        pytest.param(["acme", "--since", "2026-03-20"], id="a day to come"),
        pytest.param(["acme", "--since", "soon"], id="no day"),
        pytest.param(["acme", "--since", "99999999999w"], id="before the first year"),
        pytest.param(["acme/web", "--since", "1w"], id="after the last hand-over"),
        pytest.param(["acme", "--html", "nowhere/report.html"], id="a folder that is not there"),
        pytest.param(["acme", "--html", "."], id="a folder for a file"),
    ],
)
def test_what_cannot_be_told_is_one_sentence_with_its_remedy(ghapp, snapshot, arguments):
    ended = ghapp("report", *arguments)
    assert (ended.exit_code, ended.stdout, sentences(ended)) == (2, "", snapshot)


@pytest.mark.usefixtures("url")
def test_where_nothing_was_ever_handed_over_it_says_how(ghapp, snapshot):
    ended = ghapp("report", "acme")
    assert (ended.exit_code, sentences(ended)) == (2, snapshot)


def test_of_many_repositories_ten_are_named(ghapp, url):
    keep(url, *(week(number, "2026-01-05", repository=f"acme/{number:02}") for number in range(12)))
    assert sentences(ghapp("report", "other")).endswith("acme/09 and 2 more.\n")


def test_json_and_csv_at_once_are_refused(ghapp):
    assert ghapp("report", "acme", "--json", "--csv").exit_code == 2


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("2026-03-02", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("0d", "2026-03-18"),
        ("30d", "2026-02-16"),
        ("12w", "2025-12-24"),
        ("2026-03-19", "2026-03-19"),  # somewhere it is tomorrow
    ],
)
def test_a_day_is_read_as_people_write_it(word, found):
    assert day(word, now=NOW) == date.fromisoformat(found)


@pytest.mark.parametrize(
    "word", ["", "w", "-1w", "1.5w", "\u0661w", "12", "12m", "2026-13-01", "2026-02-30", "9" * 5000 + "d"]
)
def test_what_is_no_day_is_refused(word):
    with pytest.raises(UserError, match="--since takes a day"):
        day(word, now=datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=1))
