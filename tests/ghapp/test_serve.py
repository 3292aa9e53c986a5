"""`ghapp serve` for real: a process, signed webhooks over HTTP, and a GitHub on another port."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests import fakes, process
from tests.world import delivery

THIN = "Invoices should be better."
STOPPING = "not ready: this process stops; send deliveries to another one\n"


class Watched(fakes.FakeGitHub):
    """A fake that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.called = asyncio.Condition()
        self.hold: asyncio.Event | None = None  # while it is there and not set, queries wait
        self.held = False

    async def _request(self, method, url, *args, **kwargs):
        if self.hold and url.endswith("/graphql"):
            await self._keep_waiting(self.hold)
        answer = await super()._request(method, url, *args, **kwargs)
        async with self.called:
            self.called.notify_all()
        return answer

    async def _keep_waiting(self, hold: asyncio.Event) -> None:
        self.held = True
        async with self.called:
            self.called.notify_all()
        await hold.wait()

    async def until(self, there: Callable[[], object]) -> None:
        """Wait until something is there."""
        async with asyncio.timeout(process.PATIENCE), self.called:
            await self.called.wait_for(there)


@pytest.fixture
async def github() -> AsyncIterator[Watched]:
    fake = Watched()
    async with TestServer(fakes.serve(fake)) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake


async def test_signed_webhooks_end_in_a_comment_a_label_and_a_check_run(tmp_path: Path, github: Watched):
    github.issue(1, body=THIN, labels=["handoff"])
    github.pull(5, body="Adds a retry table.")
    async with process.serving(tmp_path, **process.app_settings(github.url)) as server:
        assert await server.deliver("ping", delivery("ping")) == 202
        assert await server.deliver("issues", delivery("issues") | {"issue": {"number": 1}}) == 202
        assert await server.deliver("pull_request", delivery("pull_request") | {"pull_request": {"number": 5}}) == 202
        await github.until(lambda: github.ours(1) and github.ours(5) and github.repository.runs)
        await github.until(lambda: "handoff: not ready" in github.repository.issues[1].labels)
        assert await server.stop() == 0
    assert github.repository.runs[0].conclusion == "failure"
    assert "https://handoff.example/criteria/why" in github.repository.runs[0].summary


async def test_a_forged_delivery_is_refused_and_comes_to_nothing(tmp_path: Path, github: Watched):
    github.issue(1, body=THIN, labels=["handoff"])
    async with process.serving(tmp_path, **process.app_settings(github.url)) as server:
        assert await server.deliver("issues", delivery("issues"), secret="a-guess-of-a-stranger") == 401
        assert await server.stop() == 0
    assert github.writes == []


async def test_what_one_process_took_in_another_one_works_off(tmp_path: Path, github: Watched):
    github.issue(1, body=THIN, labels=["handoff"])
    settings = process.app_settings(github.url, DATABASE_URL=f"sqlite:///{tmp_path}/shared.db")
    async with process.serving(tmp_path, "--only", "web", **settings) as server:
        assert await server.deliver("issues", delivery("issues") | {"issue": {"number": 1}}) == 202
        assert await server.stop() == 0
    assert github.ours(1) == []
    async with process.serving(tmp_path, **settings) as server:
        await github.until(lambda: github.ours(1))
        assert await server.stop() == 0


async def test_without_credentials_there_is_the_playground_and_the_webhook_says_why_not(tmp_path: Path):
    async with process.serving(tmp_path) as server:
        assert await server.deliver("ping", delivery("ping")) == 503
        async with server.session.get(server.url) as page:
            assert "Handoff" in await page.text()
        issue = {"kind": "issue", "title": "Retry failed invoices", "body": THIN}
        async with server.session.post(f"{server.url}/api/check", json=issue) as answer:
            assert (await answer.json())["verdict"] == "not-ready"
        async with server.session.get(f"{server.url}/readyz") as answer:
            assert answer.status == 200
        assert await server.stop() == 0


async def test_a_key_of_another_app_is_refused_by_name(tmp_path: Path, github: Watched):
    code, said = await process.refusal(tmp_path, **process.app_settings(github.url, GITHUB_APP_ID="1"))
    assert (code, said.count("\n")) == (2, 2)
    assert f"GITHUB_APP_ID is 1, but the key signs in as App {fakes.US.id}" in said
    assert said.endswith("\nMore: ghapp manual github-does-not-let-the-app-sign-in\n")


async def test_a_server_starts_while_github_does_not_answer_and_works_once_it_does(tmp_path: Path, github: Watched):
    github.issue(1, body=THIN, labels=["handoff"])
    github.refusals.append(("GET /app$", fakes.Response(502, {"message": "Bad Gateway"})))
    async with process.serving(tmp_path, **process.app_settings(github.url)) as server:
        assert await server.deliver("issues", delivery("issues") | {"issue": {"number": 1}}) == 202
        await github.until(lambda: github.ours(1))
        assert await server.stop() == 0


async def _page(_request: web.Request) -> web.Response:
    return web.Response(text="<!doctype html><title>Sign in</title>", content_type="text/html")


async def _json(_request: web.Request) -> web.Response:
    return web.json_response({"message": "hello"})


async def _nothing(_request: web.Request) -> web.Response:
    return web.json_response({"message": "Not Found"}, status=404)


async def _half(_request: web.Request) -> web.Response:
    return web.Response(text='{"id": ', content_type="application/json")


@pytest.mark.parametrize("answer", [_page, _json, _nothing, _half])
async def test_an_address_that_is_not_githubs_api_is_said_in_one_sentence(tmp_path: Path, github: Watched, answer):
    app = web.Application()
    app.router.add_get("/app", answer)
    async with TestServer(app) as other:
        url = str(other.make_url("")).rstrip("/")
        code, said = await process.refusal(tmp_path, **process.app_settings(github.url, GITHUB_API_URL=url))
    assert (code, said.count("\n")) == (2, 2)
    assert said.startswith(f"ghapp: GITHUB_API_URL {url} does not answer as GitHub does (")


async def test_a_worker_says_on_its_own_port_that_it_lives_and_takes_no_deliveries(tmp_path: Path, github: Watched):
    async with process.serving(tmp_path, "--only", "worker", **process.app_settings(github.url)) as server:
        for path in ("/healthz", "/readyz", "/metrics"):
            async with server.session.get(f"{server.url}{path}") as answer:
                assert answer.status == 200
        assert await server.deliver("ping", delivery("ping")) == 404
        assert await server.stop() == 0


async def test_the_end_waits_for_a_job_at_hand_and_for_a_request_at_once(tmp_path: Path, github: Watched):
    github.issue(1, body=THIN, labels=["handoff"])
    github.hold = asyncio.Event()
    async with process.serving(tmp_path, **process.app_settings(github.url)) as server:
        assert await server.deliver("issues", delivery("issues") | {"issue": {"number": 1}}) == 202
        await github.until(lambda: github.held)
        ending = asyncio.create_task(server.stop())
        await server.said('"server.stopping"')
        github.hold.set()
        assert await ending == 0
    assert github.ours(1)


async def test_at_the_end_it_is_not_ready_but_takes_deliveries_for_a_little_longer(tmp_path: Path, github: Watched):
    async with process.serving(tmp_path, "--only", "web", **process.app_settings(github.url)) as server:
        assert await server.deliver("ping", delivery("ping")) == 202
        ending = asyncio.create_task(server.stop())
        await server.said('"server.stopping"')
        async with server.session.get(f"{server.url}/readyz") as answer:
            assert (answer.status, await answer.text()) == (503, STOPPING)
            assert answer.headers["Connection"] == "close"
        assert await server.deliver("ping", delivery("ping")) == 202
        assert await ending == 0


async def test_a_person_at_the_terminal_reads_where_it_is_and_what_to_enter_at_github(tmp_path: Path, github: Watched):
    settings = process.app_settings(github.url, LOG_FORMAT="text")
    running = await process.start(tmp_path, **settings)
    async with asyncio.timeout(process.PATIENCE):
        lines = [(await running.stdout.readline()).decode() for _ in range(4)]
    running.terminate()
    _, said = await running.communicate()
    assert lines[1].startswith("Handoff listens at http://127.0.0.1:")
    assert lines[1].endswith("(the App handoff)\n")
    assert lines[2:] == [
        "People reach it at https://handoff.example\n",
        "The webhook address in the App's settings at GitHub: https://handoff.example/webhook\n",
    ]
    assert "None" not in said.decode()


async def test_an_address_that_is_not_this_machines_is_said_in_one_sentence(tmp_path: Path, github: Watched):
    code, said = await process.refusal(tmp_path, **process.app_settings(github.url, HOST="192.0.2.1"))
    assert code == 2
    assert "ghapp: HOST 192.0.2.1 with PORT 0 cannot be listened on" in said.splitlines()[-2]


async def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        code, said = await process.refusal(tmp_path, PORT=port)
    assert code == 2
    assert f"ghapp: PORT {port} on 127.0.0.1 is taken" in said.splitlines()[-2]
    assert said.splitlines()[-1] == "More: ghapp manual the-port-is-taken"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({"DATABASE_URL": "sqlite:////proc/nowhere/handoff.db"}, "DATABASE_URL", id="unwritable database"),
        pytest.param({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL", id="unknown database"),
        pytest.param({"GITHUB_APP_ID": "1"}, "GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET are not", id="half an App"),
        pytest.param({"GITHUB_WEBHOOK_SECRT": "x"}, "GITHUB_WEBHOOK_SECRT is not a setting", id="misspelt"),
        pytest.param({"PORT": "http"}, "PORT cannot be used", id="port of letters"),
        pytest.param({"PUBLIC_URL": "handoff"}, "PUBLIC_URL is not a web address", id="address"),
    ],
)
async def test_a_wrong_setting_is_one_sentence_and_exit_code_2(tmp_path: Path, settings: dict[str, str], words: str):
    code, said = await process.refusal(tmp_path, **settings)
    assert (code, said.count("\n")) == (2, 2)
    assert said.startswith("ghapp: ")
    assert words in said


async def test_a_database_that_is_no_database_is_said_in_one_sentence(tmp_path: Path):
    file = tmp_path / "handoff.db"
    file.write_text("not a database, and long enough to look like one" * 100, encoding="utf-8")
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(file)) as connection:
        connection.execute("select 1 from sqlite_master")
    code, said = await process.refusal(tmp_path, DATABASE_URL=f"sqlite:///{file}")
    assert (code, said.count("\n")) == (2, 2)
    assert "DATABASE_URL" in said


async def test_a_worker_without_credentials_is_refused(tmp_path: Path):
    code, said = await process.refusal(tmp_path, "--only", "worker")
    assert (code, said.count("\n")) == (2, 2)
    assert "GITHUB_APP_ID" in said
