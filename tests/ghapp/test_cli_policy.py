"""`ghapp policy`: what is wrong with a file, the schema, and what holds in a repository."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from config import schema
from config.load import PATH
from ghapp import database, store
from ghapp.store import LastGood
from ghapp.subjects import Kind, Subject
from tests import fakes, process
from tests.fake_state import FakeRepository
from tests.ghapp.told import sentences

MANY = """\
lock: [language]
readiness:
  treshold: 5
  comment: "läut 変 loud"
\tlabels: {ready: 2026}
"""
VALUES = """\
treshold: 5
readiness:
  threshold: many
  comment: "läut"   # "変", a wide letter to the left of the next mistake
  labels: {ready: "変変", not-ready: 2026, gray: x}
  since: 2026-13-01
rationale: {exempt: {paths: docs}}
"""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with nothing of the machine's own settings in reach."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.mark.usefixtures("here")
class TestValidate:
    @pytest.mark.parametrize("text", [VALUES, MANY], ids=["values", "a tab"])
    def test_every_mistake_is_shown_with_its_line_and_a_mark(self, ghapp, snapshot, text):
        ended = ghapp("policy", "validate", "-", text=text)
        assert (ended.exit_code, ended.stdout) == (1, snapshot)

    def test_the_file_is_named_as_it_was_given(self, ghapp, here):
        (here / "some.yml").write_text("x: 1", encoding="utf-8")
        assert ghapp("policy", "validate", "some.yml").stdout.startswith("some.yml:1:1: x\n  1 | x: 1\n")

    @pytest.mark.parametrize(
        ("arguments", "text", "said"),
        [
            ([], "", "-: no mistakes; it sets 0 values.\n"),
            ([], "readiness: {threshold: 60}", "-: no mistakes; it sets 1 value.\n"),
            (["--owner"], "lock: [language, rationale]", "-: no mistakes; it sets 0 values and locks 2 keys.\n"),
        ],
    )
    def test_a_file_without_mistakes_ends_with_0(self, ghapp, arguments, text, said):
        ended = ghapp("policy", "validate", *arguments, "-", text=text)
        assert (ended.exit_code, ended.stdout) == (0, said)

    def test_a_lock_is_a_mistake_unless_the_file_is_an_owners(self, ghapp):
        ended = ghapp("policy", "validate", "-", text="lock: [language]")
        assert ended.exit_code == 1
        assert "in the owner's `.github` repository only" in ended.stdout
        assert ended.stdout.endswith("1 mistake. Is it the file of a `.github` repository? Then give --owner.\n")
        assert ghapp("policy", "validate", "--owner", "-", text="lock: [languag]").stdout.endswith("\n1 mistake.\n")

    @pytest.mark.parametrize("text", [b"\xff\xfe", b"a\0b"], ids=["no UTF-8", "NUL"])
    def test_what_is_no_text_ends_with_2(self, ghapp, text):
        ended = ghapp("policy", "validate", "-", text=text)
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert ended.stderr.startswith("ghapp: standard input is not")
        assert "Markdown" not in ended.stderr

    def test_a_file_that_is_not_there_ends_with_2(self, ghapp):
        ended = ghapp("policy", "validate", "nowhere.yml")
        assert ended.exit_code == 2
        assert sentences(ended) == (
            "ghapp: nowhere.yml cannot be read (No such file or directory): give a policy file, or - for standard "
            "input.\n"
        )


def test_the_schema_is_printed_as_it_is_served(ghapp):
    ended = ghapp("policy", "schema")
    assert (ended.exit_code, ended.stdout) == (0, schema.as_text())


OWN = "readiness:\n  threshold: 80\nrationale: {size: 50}\n"
OWNERS = "lock: [rationale]\nlanguage: de\n"


class TestShow:
    @pytest.fixture
    def url(self, here, monkeypatch) -> str:
        address = f"sqlite:///{here}/handoff.db"
        database.migrate(address)
        monkeypatch.setenv("DATABASE_URL", address)
        return address

    @pytest.fixture
    async def github(self, url, monkeypatch):
        fake = fakes.FakeGitHub()
        async with TestServer(fakes.serve(fake)) as server:
            for name, value in process.app_settings(str(server.make_url("")).rstrip("/")).items():
                monkeypatch.setenv(name, value)
            yield fake

    @pytest.fixture
    def owners(self, github):
        github.others.append(FakeRepository(id=13, node_id="R_acme_github", name="acme/.github", policy=OWNERS))

    @pytest.mark.usefixtures("owners")
    async def test_each_value_is_shown_with_where_it_comes_from(self, ghapp, github, snapshot):
        github.repository.policy = OWN
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        assert (ended.exit_code, ended.stdout) == (0, snapshot)

    @pytest.mark.usefixtures("owners")
    async def test_the_same_as_json(self, ghapp, github, snapshot):
        github.repository.policy = OWN
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing", "--json")
        shown = json.loads(ended.stdout)
        values = {each.pop("key"): each for each in shown.pop("values")}
        assert shown == snapshot
        assert [values[key] for key in ("language", "readiness.threshold", "rationale.size")] == snapshot

    async def test_a_repository_without_any_file_has_the_defaults(self, ghapp, github):
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        assert ended.stdout.startswith(
            "acme/billing: The defaults hold: no policy file sets anything.\n"
            "No owner's policy: Handoff sees no repository acme/.github. Either there is none, or it is private and "
            "the App is not installed on it.\n"
        )

    async def test_an_owners_repository_without_a_file_is_told_apart(self, ghapp, github):
        github.public.append(FakeRepository(id=13, node_id="R_acme_github", name="acme/.github"))
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        assert f"No owner's policy: acme/.github has no {PATH} that Handoff may read.\n" in ended.stdout

    async def test_of_a_broken_file_the_last_good_version_is_shown(self, ghapp, github, url):
        github.repository.policy = "readiness: {threshold: x}"
        known = await store.open(url)
        subject = Subject(kind=Kind.POLICY, installation=fakes.INSTALLATION, repository=12)
        await known.keep_policy(subject, LastGood(oid="o", text="readiness: {threshold: 61}"))
        await known.close()
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        assert "its last version without mistakes stays in force" in ended.stdout
        assert f"{PATH}:1:24: readiness.threshold: found the text `x`" in ended.stdout
        assert " 61 " in ended.stdout

    async def test_showing_changes_nothing(self, ghapp, github, url):
        github.repository.policy = OWN
        await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        known = await store.open(url)
        assert await known.policy(Subject(kind=Kind.POLICY, installation=99, repository=12)) is None
        await known.close()
        assert github.writes == ["POST /app/installations/99/access_tokens"]

    @pytest.mark.usefixtures("github")
    async def test_a_repository_without_the_app_is_one_sentence(self, ghapp):
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/nowhere")
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert sentences(ended) == "ghapp: Handoff is not installed on acme/nowhere, or there is no such repository.\n"

    @pytest.mark.parametrize("name", ["acme", "", "acme/", "acme/..", "acme/../x", "a b/c?d", "https://github.com/a/b"])
    async def test_what_is_no_name_of_a_repository_is_one_sentence(self, ghapp, github, name):
        ended = await asyncio.to_thread(ghapp, "policy", "show", name)
        assert ended.exit_code == 2
        assert sentences(ended) == f"ghapp: {name!r} is no repository's name: give OWNER/REPO, as in acme/billing.\n"
        assert github.calls == []

    async def test_a_refusal_is_one_sentence(self, ghapp, github):
        github.refusals.append(("billing/installation", fakes.Response(403, {"message": "No"})))
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        assert ended.exit_code == 2
        assert sentences(ended).splitlines()[-1].startswith("ghapp: GitHub does not let us ask (403")

    @pytest.mark.usefixtures("url")
    async def test_without_credentials_github_cannot_be_asked(self, ghapp):
        ended = await asyncio.to_thread(ghapp, "policy", "show", "acme/billing")
        assert ended.exit_code == 2
        assert ended.stderr.startswith("ghapp: GITHUB_APP_ID is not set")
