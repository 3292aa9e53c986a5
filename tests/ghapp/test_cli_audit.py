"""`ghapp audit`: who overruled what, when, until when and why."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from ghapp import database, store
from ghapp.overrides import Override, Word
from ghapp.store import Overruled
from ghapp.subjects import Kind, Subject
from tests.ghapp.told import sentences

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PULL = Subject(kind=Kind.PULL, installation=5, repository=70, repository_node="R_1", number=12)
ISSUE = Subject(kind=Kind.ISSUE, installation=6, repository=71, repository_node="R_2", number=3)
SAID = Override(word=Word.EXEMPT, by="dana", reason="vendored \x1b[31m[bold] @all", at=NOON, comment=7)
END = replace(SAID, word=Word.UNEXEMPT, by="eli", reason="", at=NOON + timedelta(hours=1), comment=8)
READY = replace(SAID, word=Word.READY, by="eli", reason="agreed", until=date(2026, 3, 31), comment=9)


@pytest.fixture
def url(monkeypatch, tmp_path) -> str:
    """A database that is up to date, and named by DATABASE_URL."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    address = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(address)
    monkeypatch.setenv("DATABASE_URL", address)
    return address


@pytest.fixture
def staged(url):
    async def keep() -> None:
        known = await store.open(url)
        for subject, repository, override in (
            (PULL, "acme/billing", SAID),
            (PULL, "acme/billing", END),
            (ISSUE, "acme/web", READY),
        ):
            await known.keep_override(Overruled(subject=subject, repository=repository, override=override))
        await known.close()

    asyncio.run(keep())
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        yield


@pytest.mark.usefixtures("staged")
@pytest.mark.parametrize("arguments", [[], ["acme/billing"], ["Acme/Web"], ["acme/nothing"]], ids=" ".join)
class TestWhatIsPrinted:
    def test_it_reads_well_in_a_terminal(self, ghapp, snapshot, arguments):
        ended = ghapp("audit", *arguments)
        assert (ended.exit_code, ended.stdout) == (0, snapshot)
        assert "\x1b" not in ended.stdout  # what people wrote drives no terminal

    def test_programs_get_json(self, ghapp, snapshot, arguments):
        ended = ghapp("audit", *arguments, "--json")
        assert ended.exit_code == 0
        assert json.loads(ended.stdout) == snapshot


@pytest.mark.usefixtures("staged")
def test_a_name_stays_whole_in_a_narrow_terminal_and_the_reason_is_folded(ghapp, monkeypatch):
    monkeypatch.setenv("COLUMNS", "76")
    assert "  acme/billing#12  " in ghapp("audit").stdout


@pytest.mark.usefixtures("url")
def test_that_nothing_was_ever_said_is_said(ghapp):
    assert ghapp("audit").stdout == "Nothing was ever exempt or declared ready.\n"


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("name", ["acme", "acme/", "https://github.com/acme/web", "acme/web/issues"])
def test_what_is_no_repository_is_one_sentence(ghapp, name):
    ended = ghapp("audit", name)
    assert (ended.exit_code, sentences(ended)) == (2, f"ghapp: a repository is written OWNER/REPO, not {name!r}.\n")
