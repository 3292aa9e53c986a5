"""`ghapp doctor`: what it prints, and how it ends."""

import asyncio
import json
import platform

import pytest

from tests import process
from tests.fakes import Response
from tests.ghapp.scene import scene


@pytest.fixture
async def server(monkeypatch, tmp_path):
    """A server in development, whose GitHub is the fake one and whose public address is its own machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    async with scene(tmp_path) as made:
        made.github.registered.hook["url"] = "https://relay.example/abc"
        given = process.app_settings(made.url, DATABASE_URL="sqlite:///handoff.db", PUBLIC_URL="http://127.0.0.1:1")
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        yield made


def several(made, monkeypatch) -> None:
    made.github.refusals.append(("GET /app$", Response(401, {"message": "A JSON web token could not be decoded"})))
    (made.folder / "handoff.db").unlink()
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://example.org/hook")


def none(_made, monkeypatch) -> None:
    for name in ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"):
        monkeypatch.delenv(name)


def well(_made, _monkeypatch) -> None:
    pass


@pytest.fixture(
    params=[
        pytest.param((well, 0), id="in development"),
        pytest.param((several, 1), id="several faults at once"),
        pytest.param((none, 1), id="no credentials"),
    ]
)
def code(request, server, monkeypatch) -> int:
    """The code that the doctor is to end with, once a fault is set."""
    fault, code = request.param
    fault(server, monkeypatch)
    return code


async def test_it_reads_well_in_a_terminal(ghapp, server, snapshot, code):
    ended = await asyncio.to_thread(ghapp, "doctor")
    assert ended.exit_code == code
    assert stable(server, ended.stdout) == snapshot
    assert ended.stderr == ""  # the progress is for terminals


async def test_monitoring_gets_json(ghapp, server, snapshot, code):
    ended = await asyncio.to_thread(ghapp, "doctor", "--json")
    assert ended.exit_code == code
    assert json.loads(stable(server, ended.stdout)) == snapshot


async def test_no_secret_is_printed_whoever_says_it(ghapp, server):
    server.github.refusals.append(("GET /app$", Response(401, {"message": f"I know {process.SECRET}"})))
    ended = await asyncio.to_thread(ghapp, "doctor", "--json")
    assert "I know [secret]" in ended.stdout
    assert process.SECRET not in ended.stdout


def stable(made, text: str) -> str:
    """What is the same at each run, in columns of the same width."""
    return text.replace(made.url, "…").replace(platform.python_version(), "3")


async def test_settings_that_cannot_be_read_at_all_end_with_2(ghapp, server):
    (server.folder / ".env").write_bytes(b"\xff\xfe")
    ended = await asyncio.to_thread(ghapp, "doctor")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("ghapp: .env cannot be read (it is not UTF-8 text)")


async def test_that_github_gives_no_answer_ends_with_2(ghapp, server):
    server.github.refusals.append(("GET /app$", Response(502, {"message": "Server Error"})))
    ended = await asyncio.to_thread(ghapp, "doctor")
    assert ended.exit_code == 2
    assert ended.stdout.startswith("Nothing is known to be wrong, but not all could be looked at.")


async def test_it_runs_beside_a_running_server(ghapp, server, monkeypatch):
    async with process.serving(server.folder, **process.app_settings(server.url)) as running:
        monkeypatch.setenv("PUBLIC_URL", running.url)
        ended = await asyncio.to_thread(ghapp, "doctor", "--json")
        found = {each["name"]: each["verdict"] for each in json.loads(ended.stdout)["checks"]}
        assert await running.stop() == 0
    assert (found.pop("public-url"), found.pop("hook-url")) == ("warning", "warning")  # it is this machine's own
    assert set(found.values()) == {"good"}


def test_help_tells_what_to_do(ghapp, monkeypatch, snapshot):
    monkeypatch.setenv("COLUMNS", "80")
    assert ghapp("doctor", "--help").output == snapshot
