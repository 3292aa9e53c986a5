"""Logs: every line names what it belongs to, and nothing that is or looks like a secret is ever written."""

import asyncio
import json
import logging
import re
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import structlog
from aiohttp.test_utils import TestServer

from ghapp import log
from ghapp.settings import load
from tests import process
from tests.fakes import FakeGitHub, delivery, serve


@pytest.fixture(autouse=True)
def _restore():
    before = sys.excepthook
    yield
    sys.excepthook = before
    logging.captureWarnings(capture=False)
    logging.basicConfig(force=True)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param("ghs_" + "a1" * 18, id="short token"),
        pytest.param("ghs_12_eyJhbGciOi.eyJpc3MiOi.c2lnbmF0dXJl-_", id="long token"),
        pytest.param("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMiJ9.c2lnbmF0dXJl", id="JWT"),
        pytest.param("github_pat_11AAAAAAA0aaaaaaaaaaaaaa", id="personal token"),
        pytest.param("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", id="key"),
    ],
)
def test_a_secret_is_blacked_out(capsys: pytest.CaptureFixture[str], secret: str):
    log.configure(json=True)
    structlog.get_logger("test").info("sent", header=f"token {secret}", error=ValueError(secret))
    logging.getLogger("library").warning("got %s", secret)
    lines = capsys.readouterr().err
    assert secret not in lines
    assert secret[8:30] not in lines
    assert [json.loads(line)["event"] for line in lines.splitlines()] == ["sent", "got [secret]"]


def test_a_password_in_an_address_is_blacked_out(capsys: pytest.CaptureFixture[str]):
    log.configure()
    structlog.get_logger("test").error("no answer", url="postgresql://me:hunter2@db/handoff")
    assert "hunter2" not in capsys.readouterr().err


def test_a_traceback_is_blacked_out(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True)
    try:
        raise ValueError("Bearer " + "s" * 40)
    except ValueError:
        structlog.get_logger("test").exception("failed")
    assert "s" * 40 not in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"answer": {"headers": [{"sent": "token ghs_" + "a1" * 18}]}}, id="a token, nested"),
        pytest.param({"answer": {"access_token": "hidden-by-its-name"}}, id="a name, nested"),
        pytest.param({"headers": {"Authorization": "Basic hidden-by-its-name"}}, id="a header"),
        pytest.param({"webhook_secret": "hidden-by-its-name"}, id="a name"),
        pytest.param({"private_key": ["hidden-by-its-name"]}, id="a list under a name"),
        pytest.param({"seen": ("x", {"ghp_" + "b2" * 18})}, id="a token in a set"),
        pytest.param({"seen": {"ghp_" + "b2" * 18: 1}}, id="a token as a key"),
        pytest.param({"body": b"token ghs_" + b"a1" * 18}, id="a token in bytes"),
        pytest.param({"deep": [[[[[[[["hidden-by-its-name"]]]]]]]]}, id="too deep to look"),
    ],
)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_a_secret_inside_a_value_is_blacked_out(capsys: pytest.CaptureFixture[str], given, as_json):
    log.configure(json=as_json)
    structlog.get_logger("test").info("sent", **given)
    said = capsys.readouterr().err
    assert "[secret]" in said
    assert not any(secret in said for secret in ("hidden-by-its-name", "a1" * 18, "b2" * 18))


def test_what_is_no_secret_is_logged_as_it_is(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True)
    structlog.get_logger("test").info("sent", subject="issue:7:1", at=None, tries=[1, 2.5, {"limited": True}])
    line = json.loads(capsys.readouterr().err)
    assert (line["subject"], line["at"], line["tries"]) == ("issue:7:1", None, [1, 2.5, {"limited": True}])


KEY = process.private_key()
KNOWN = {
    "webhook": "correct horse battery staple",
    "client": "0123456789abcdef0123456789abcdef01234567",
    "database": "p4ss/w0rd of-ours",
}


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(KNOWN["webhook"], id="webhook secret"),
        pytest.param(KNOWN["client"], id="client secret"),
        pytest.param(KNOWN["database"], id="database password"),
        pytest.param("p4ss%2Fw0rd%20of-ours", id="database password, as in its address"),
        pytest.param(KEY, id="key"),
        pytest.param(KEY.replace("\n", "\\n"), id="key on one line"),
        pytest.param(KEY.splitlines()[5], id="a line of the key"),
    ],
)
def test_a_secret_that_was_set_is_blacked_out_whatever_it_looks_like(
    capsys: pytest.CaptureFixture[str], words, as_json
):
    settings = load(
        {
            "GITHUB_APP_ID": "1",
            "GITHUB_PRIVATE_KEY": KEY.replace("\n", "\\n"),
            "GITHUB_WEBHOOK_SECRET": f"another secret that is rotated out, {KNOWN['webhook']}",
            "GITHUB_CLIENT_SECRET": KNOWN["client"],
            "DATABASE_URL": "postgresql://handoff:p4ss%2Fw0rd%20of-ours@db/handoff",
        },
        env_file=None,
    )
    log.configure(json=as_json, secrets=settings.secrets)
    try:
        raise ValueError(f"it was {words}!")
    except ValueError:
        structlog.get_logger("test").exception("failed", seen=[{"it": words}], said=f"<{words}>")
    logging.getLogger("library").error("got %r", words)
    said = capsys.readouterr().err
    assert not set(words.splitlines()) & set(said.splitlines())
    assert max(words.splitlines()[:-1] or [words], key=len) not in said
    assert said.count("[secret]") >= 4


def test_a_secret_that_is_learnt_later_is_blacked_out_by_loggers_that_spoke_before(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True, secrets=["known-from-the-start"])
    logger = structlog.get_logger("x")
    logger.info("first")
    log.hide(["learnt-later-on"])
    logger.info("it is learnt-later-on and known-from-the-start")
    said = capsys.readouterr().err
    assert "it is [secret] and [secret]" in said


def test_a_short_word_of_the_settings_does_not_garble_the_log(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True, secrets=("handoff", ""))
    structlog.get_logger("test").info("sent", subject="handoff")
    assert json.loads(capsys.readouterr().err)["subject"] == "handoff"


def test_a_text_that_only_begins_like_secrets_is_read_in_linear_time():
    redaction = log.Redaction(())
    for hostile in ("eyJ", "ghs_", "-----BEGIN ", "://:", "github_pat_", "Bearer "):
        assert len(str(redaction(None, "", {"said": hostile * 100_000})["said"])) > 0


def test_warnings_and_crashes_are_lines_like_all_others(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True, secrets=(KNOWN["webhook"],))
    logging.getLogger("py.warnings").warning("old: %s", KNOWN["webhook"])
    error = ValueError(KNOWN["webhook"])
    sys.excepthook(ValueError, error, error.__traceback__)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [
        ("old: [secret]", "warning"),
        ("server.crashed", "critical"),
    ]
    assert "ValueError: [secret]" in lines[1]["exception"]


class Watched(FakeGitHub):
    """A GitHub that keeps what the server signed in with."""

    def __init__(self):
        super().__init__()
        self.shown: set[str] = set()

    def make_token(self, body, number):
        response = super().make_token(body, number)
        response.body["token"] += "." + "t" * 36  # as long as real ones
        return response

    async def _request(self, method, url, headers, body=b""):
        self.shown.add(headers["authorization"].split(" ")[-1])
        return await super()._request(method, url, headers, body)


class Confided:
    """A time that is none: what refuses it repeats every secret there is."""

    def __init__(self, github: Watched, *known: str):
        self.github = github
        self.known = known

    def isoformat(self) -> str:
        return " ".join([*self.github.shown, *self.known])


@pytest.mark.parametrize(
    "database",
    [
        "sqlite:///{folder}/handoff.db",
        pytest.param("postgresql://handoff:p4ssw0rd%20of-ours@/{name}?host={server}", marks=pytest.mark.postgres),
    ],
    ids=["sqlite", "postgresql"],
)
async def test_every_line_of_a_delivery_names_it_and_no_line_holds_a_secret(tmp_path: Path, request, database: str):
    if "{name}" in database:
        server = request.getfixturevalue("postgres_server")
        database = database.format(name=server.name(server.fresh()), server=server.folder)
    password = [unquote(found) for found in re.findall(":([^:/@]+)@", database)]
    known = [KNOWN["webhook"], KNOWN["client"], *password]
    github = Watched()
    github.issue(1, body="Invoices should be better.", labels=["handoff"])
    github.issue(2, labels=["handoff"], created_at=Confided(github, *known, KEY))
    settings = {
        "GITHUB_WEBHOOK_SECRET": KNOWN["webhook"],
        "GITHUB_CLIENT_SECRET": KNOWN["client"],
        "DATABASE_URL": database.format(folder=tmp_path),
        "LOG_LEVEL": "debug",
    }
    async with TestServer(serve(github)) as stub:
        api = str(stub.make_url("")).rstrip("/")
        async with process.serving(tmp_path, **process.app_settings(api, **settings)) as running:
            for number in (1, 2):
                issue = delivery("issues") | {"issue": {"number": number}}
                assert await running.deliver("issues", issue, secret=KNOWN["webhook"], guid=f"guid-{number}") == 202
            assert await running.deliver("issues", issue, secret="a guess of a stranger", guid="forged") == 401
            said = await _until_all(running, '"job.done"', '"job.failed"')
            async with running.session.get(f"{running.url}/metrics") as answer:
                counted = await answer.text()
            running.process.terminate()
            said += (await running.process.communicate())[1].decode()
    lines = [json.loads(line) for line in said.splitlines()]
    secrets = {*known, *KEY.splitlines()[1:-1], *github.shown, "p4ssw0rd%20of-ours"}
    assert len(github.shown) > 1, "a JWT and a token"
    assert not [secret for secret in secrets if secret in said or secret in counted]
    jobs = [line for line in lines if line["event"].startswith("job.")]
    of_jobs = [line for line in jobs if not line["why"].startswith(("clock", "scan"))]
    assert {(line["delivery"], line["subject"]) for line in of_jobs} == {
        ("guid-1", "issue:12:1"),
        ("guid-2", "issue:12:2"),
    }
    of_deliveries = [line for line in lines if line["event"].startswith("delivery.")]
    assert {(line["delivery"], line.get("subject")) for line in of_deliveries} == {
        ("guid-1", "issue:12:1"),
        ("guid-2", "issue:12:2"),
        ("forged", None),
    }
    assert any("Traceback" in line.get("exception", "") for line in of_jobs)
    assert 'route="other"' not in counted


async def _until_all(running: process.Server, *words: str) -> str:
    """What the server says until all of these were said."""
    said, wanted = "", set(words)
    assert running.process.stderr is not None
    try:
        async with asyncio.timeout(process.PATIENCE):
            while wanted:
                said += (line := (await running.process.stderr.readline()).decode())
                wanted = {word for word in wanted if word not in line or '"clock' in line}
    except TimeoutError:
        raise AssertionError(f"the server never said {wanted}: {said}") from None
    return said
