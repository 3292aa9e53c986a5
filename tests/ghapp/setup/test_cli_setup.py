"""`ghapp setup`: the same way from a terminal, with a browser of this machine."""

import asyncio
import html
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from ghapp import settings
from tests import process
from tests.fake_manifest import Registrar, registering


class Terminal:
    """A terminal in which the command runs."""

    def __init__(self, running: asyncio.subprocess.Process) -> None:
        self.running = running
        self.heard = ""

    async def address(self) -> URL:
        """What the command says to open."""
        async with asyncio.timeout(process.PATIENCE):
            async for line in self.running.stderr:
                self.heard += line.decode()
                if found := re.search(r"http://127\.0\.0\.1:\d+/setup\?token=\S+", line.decode()):
                    return URL(found.group())
        raise AssertionError(self.heard)

    async def ended(self) -> tuple[int, str, str]:
        """The exit code, standard output and standard error."""
        out, err = await asyncio.wait_for(self.running.communicate(), process.PATIENCE)
        return self.running.returncode or 0, out.decode(), self.heard + err.decode()


@asynccontextmanager
async def setting_up(folder: Path, *arguments: str, **env: str) -> AsyncIterator[Terminal]:
    hidden = ("GITHUB_", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    program = Path(sys.executable).with_name("ghapp")
    running = await asyncio.create_subprocess_exec(
        program, "setup", *arguments, cwd=folder, env={**kept, **env}, stdout=PIPE, stderr=PIPE
    )
    try:
        yield Terminal(running)
    finally:
        if running.returncode is None:
            running.kill()
            await running.communicate()


@pytest.fixture
async def registrar() -> AsyncIterator[Registrar]:
    async with registering(Registrar()) as serving:
        yield serving


async def go_through(address: URL, registrar: Registrar) -> str:
    """What a person does in the browser; the last page."""
    answers = {"owner": "personal", "public_url": "https://handoff.example", "host": registrar.url}
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(address.origin(), cookie_jar=jar) as browser:
        async with browser.get(address) as form:
            token = re.findall(r'name="token" value="([^"]+)"', await form.text())[0]
        origin = {"Origin": str(address.origin())}
        async with browser.post("/setup", data=answers | {"token": token}, headers=origin) as way:
            state = re.findall(r'\?state=([^"]+)"', await way.text())[0]
        async with browser.get("/setup/created", params={"code": registrar.code(), "state": state}) as page:
            return html.unescape(await page.text())


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_credentials_are_stored_and_the_next_steps_are_said(tmp_path: Path, registrar: Registrar):
    async with setting_up(tmp_path) as terminal:
        page = await go_through(await terminal.address(), registrar)
        code, out, err = await terminal.ended()
    assert "Two steps are left: start the server" in page
    assert code == 0
    assert out == (
        "\nThe App handoff (4711) is created; its credentials are in data/app.env.\n\n"
        f"Next:\n  1. Install it: {registrar.url}/github-apps/handoff/installations/new\n"
        "  2. Start the server: ghapp serve\n"
    )
    assert "ssh -L" in err
    kept = tmp_path / "data" / "app.env"
    assert kept.stat().st_mode & 0o777 == 0o600
    url = f"sqlite:///{tmp_path}/data/handoff.db"
    assert settings.load({"DATABASE_URL": url}, env_file=None).has_app


async def test_the_settings_are_printed_alone_and_stored_nowhere(tmp_path: Path, registrar: Registrar):
    async with setting_up(tmp_path, "--print-env", GITHUB_CLIENT_ID="") as terminal:
        page = await go_through(await terminal.address(), registrar)
        code, out, err = await terminal.ended()
    assert code == 0
    copied = dict(line.split("=", 1) for line in out.splitlines())
    assert settings.load(copied, env_file=None).has_app
    assert "Its credentials are printed where" in page
    assert copied["GITHUB_WEBHOOK_SECRET"] not in page
    assert "Install it:" in err
    assert files(tmp_path) == []


async def test_with_postgresql_the_settings_are_printed(tmp_path: Path, registrar: Registrar):
    async with setting_up(tmp_path, DATABASE_URL="postgresql://db/handoff") as terminal:
        await go_through(await terminal.address(), registrar)
        code, out, err = await terminal.ended()
    assert (code, out.startswith("GITHUB_APP_ID=4711\n")) == (0, True)
    assert "DATABASE_URL names PostgreSQL" in err


async def test_a_folder_that_cannot_be_written_has_them_printed_and_says_why(tmp_path: Path, registrar: Registrar):
    (tmp_path / "data").write_text("", encoding="utf-8")
    async with setting_up(tmp_path) as terminal:
        await go_through(await terminal.address(), registrar)
        code, out, err = await terminal.ended()
    assert (code, out.startswith("GITHUB_APP_ID=4711\n")) == (1, True)
    assert "cannot be written" in err


async def test_a_browser_is_opened_where_there_is_one(tmp_path: Path):
    opened, program = tmp_path / "opened", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}.new && mv {opened}.new {opened}\n', encoding="utf-8")
    program.chmod(0o700)
    async with setting_up(tmp_path, BROWSER=f"{program} %s") as terminal:
        address = await terminal.address()
        terminal.running.send_signal(signal.SIGTERM)
        await terminal.ended()
    assert URL(opened.read_text(encoding="utf-8")) == address
    assert "A browser opens at this address" in terminal.heard


def old_app(folder: Path) -> Path:
    file = folder / "data" / "app.env"
    file.parent.mkdir()
    file.write_text("GITHUB_APP_ID=1\n", encoding="utf-8")
    return file


async def test_an_app_that_is_stored_is_left_alone(tmp_path: Path):
    file = old_app(tmp_path)
    async with setting_up(tmp_path) as terminal:
        code, _, err = await terminal.ended()
    assert code == 2
    assert "holds an App's credentials already, and was not changed: add --replace" in err
    assert file.read_text(encoding="utf-8") == "GITHUB_APP_ID=1\n"


async def test_an_app_that_is_to_be_replaced_is_kept_beside_the_new_one(tmp_path: Path, registrar: Registrar):
    file = old_app(tmp_path)
    async with setting_up(tmp_path, "--replace") as terminal:
        await go_through(await terminal.address(), registrar)
        assert (await terminal.ended())[0] == 0
    assert "GITHUB_APP_ID=4711" in file.read_text(encoding="utf-8")
    assert file.with_name("app.env.before").read_text(encoding="utf-8") == "GITHUB_APP_ID=1\n"


async def test_an_app_of_the_environment_is_said_to_win(tmp_path: Path):
    async with setting_up(tmp_path, **process.app_settings("https://api.github.com")) as terminal:
        code, _, err = await terminal.ended()
    assert code == 2
    assert "GITHUB_APP_ID is set in the environment or in .env, which wins" in err


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
async def test_giving_up_stores_nothing(tmp_path: Path, end: signal.Signals):
    async with setting_up(tmp_path) as terminal:
        await terminal.address()
        terminal.running.send_signal(end)
        code, out, err = await terminal.ended()
    assert (code, out) == (2, "")
    assert "given up, nothing was stored" in err
    assert "Traceback" not in err
    assert files(tmp_path) == []


async def test_a_wrong_setting_is_said_before_anything_begins(tmp_path: Path):
    async with setting_up(tmp_path, PUBLIC_URL="handoff") as terminal:
        code, _, err = await terminal.ended()
    assert code == 2
    assert "PUBLIC_URL is not a web address" in err
