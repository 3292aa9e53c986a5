"""`ghapp serve` without an App: it is set up while it runs, and works from that moment."""

import asyncio
import html
import json
import re
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from tests import fakes, process
from tests.fake_manifest import CLIENT_SECRET, HOOK_SECRET, Registrar, registering
from tests.world import delivery

THIN = "Invoices should be better."


class Watched(fakes.FakeGitHub):
    """A fake whose comments can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.called = asyncio.Condition()

    async def _request(self, method, url, *args, **kwargs):
        answer = await super()._request(method, url, *args, **kwargs)
        async with self.called:
            self.called.notify_all()
        return answer

    async def until(self, there) -> None:
        async with asyncio.timeout(process.PATIENCE), self.called:
            await self.called.wait_for(there)


@pytest.fixture
async def registrar() -> AsyncIterator[Registrar]:
    async with registering(Registrar(github=Watched())) as serving:
        yield serving


async def token(server: process.Server) -> str:
    """What the server printed at its start."""
    line = json.loads(await asyncio.wait_for(process._until(server.process, '"setup.waits"'), process.PATIENCE))
    return parse_qs(urlsplit(line["open"]).query)["token"][0]


async def set_up(server: process.Server, registrar: Registrar, token: str) -> str:
    """Go all the way, as a browser does; the last page."""
    answers = {"token": token, "owner": "organization", "organization": "acme", "host": registrar.url}
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(server.url.replace("0.0.0.0", "127.0.0.1"), cookie_jar=jar) as browser:
        async with browser.post("/setup", data=answers | {"public_url": "https://handoff.example"}) as way:
            state = re.findall(r'\?state=([^"]+)"', await way.text())[0]
        async with browser.get("/setup/created", params={"code": registrar.code(), "state": state}) as page:
            assert page.status == 200
            return html.unescape(await page.text())


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
async def test_a_server_is_set_up_while_it_runs_and_works_at_once(tmp_path: Path, registrar: Registrar, host: str):
    registrar.github.issue(1, body=THIN, labels=["handoff"])
    async with process.serving(tmp_path, HOST=host) as server:
        assert server.url.startswith(f"http://{host}:")
        assert await server.deliver("ping", delivery("ping"), secret=HOOK_SECRET) == 503
        assert "The App is created" in await set_up(server, registrar, await token(server))
        assert await server.deliver("ping", delivery("ping"), secret="another-secret-of-a-stranger") == 401
        payload = delivery("issues") | {"issue": {"number": 1}}
        assert await server.deliver("issues", payload, secret=HOOK_SECRET) == 202
        await registrar.github.until(lambda: registrar.github.ours(1))
        assert "https://handoff.example/criteria/" in registrar.github.ours(1)[0].text
        assert await server.stop() == 0
    kept = tmp_path / "data" / "app.env"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


async def test_a_server_that_was_set_up_starts_as_that_app(tmp_path: Path, registrar: Registrar):
    async with process.serving(tmp_path) as server:
        await set_up(server, registrar, await token(server))
        assert await server.stop() == 0
    async with process.serving(tmp_path) as server:
        assert await server.deliver("ping", delivery("ping"), secret=HOOK_SECRET) == 202
        async with server.session.get(f"{server.url}/setup") as page:
            assert "The App is set up" in await page.text()
        assert await server.stop() == 0


async def test_the_log_of_a_set_up_holds_no_code_and_no_secret(tmp_path: Path, registrar: Registrar):
    async with process.serving(tmp_path, LOG_LEVEL="debug") as server:
        await set_up(server, registrar, await token(server))
        assert server.process.stderr is not None
        server.process.terminate()
        said = (await asyncio.wait_for(server.process.stderr.read(), process.PATIENCE)).decode()
    assert '"path": "/setup/created"' in said
    assert '"server.live"' in said
    key = [line for line in process.private_key().splitlines() if not line.startswith("-----")]
    for secret in ("c0de5ecret", "state=", CLIENT_SECRET, HOOK_SECRET, *key):
        assert secret not in said


async def test_a_stored_file_that_cannot_be_used_is_named_at_the_start(tmp_path: Path):
    kept = tmp_path / "data" / "app.env"
    kept.parent.mkdir()
    kept.write_text("GITHUB_APP_ID=4711\n", encoding="utf-8")
    code, said = await process.refusal(tmp_path)
    assert code == 2
    assert "GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET are not set" in said


@pytest.mark.parametrize(("host", "page"), [("127.0.0.1", "the playground"), ("0.0.0.0", "the set-up page")])
async def test_a_person_at_the_terminal_reads_where_to_set_it_up(tmp_path: Path, host: str, page: str):
    running = await process.start(tmp_path, LOG_FORMAT="text", PUBLIC_URL="https://handoff.example", HOST=host)
    async with asyncio.timeout(process.PATIENCE):
        lines = [(await running.stdout.readline()).decode() for _ in range(4)]
    running.terminate()
    await running.communicate()
    assert lines[1].endswith(f"({page} only, until the App is set up)\n")
    assert re.fullmatch(r"Set it up at http://127\.0\.0\.1:\d+/setup\?token=[\w-]{32}\n", lines[2])
    assert re.fullmatch(r"or at https://handoff\.example/setup\?token=[\w-]{32}\n", lines[3])
