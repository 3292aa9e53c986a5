"""The pages and the API: what is asked, what is answered, and the headers on all of it."""

import asyncio
import dataclasses
import io
import json
import re
from contextlib import suppress

import pytest

from ghapp.errors import Again, StartError
from ghapp.github.identity import Identity
from ghapp.queue import Backlog
from ghapp.web import State, application, signs_of_life
from ghapp.web.keys import ANSWERS, JUDGING, PATIENCE
from ghapp.web.line import Line

ISSUE = {"kind": "issue", "title": "Better export", "body": "It should be fast, etc."}


class Rung:
    """A store that is ready, or says why not; `unwritten` is why nothing can be written."""

    def __init__(self, error=None, *, unwritten=None):
        self.error = error
        self.unwritten = unwritten

    async def ready(self):
        if self.error:
            raise self.error

    async def try_writing(self, *, now):
        if self.unwritten:
            raise self.unwritten

    async def swept(self, subject):
        return None


class Frozen(Rung):
    """A database whose server was stopped, and a driver that does not let itself be cancelled at once."""

    def __init__(self):
        super().__init__()
        self.thawed = asyncio.Event()

    async def try_writing(self, *, now):
        await self._frozen()

    async def swept(self, subject):
        await self._frozen()

    async def backlog(self):
        await self._frozen()

    async def _frozen(self):
        while not self.thawed.is_set():
            with suppress(asyncio.CancelledError):
                await self.thawed.wait()


class Waiting:
    """A queue in which jobs wait."""

    async def backlog(self):
        return Backlog(jobs=3, dead=1, oldest=None)


@pytest.fixture
def state():
    return State(version="1.2.3", public_url="http://127.0.0.1:8080")


@pytest.fixture
async def client(aiohttp_client, state):
    return await aiohttp_client(application(state))


@pytest.mark.parametrize(
    "path",
    ["/", "/criteria", "/criteria/why", "/criteria/size", "/schema/handoff.json", "/healthz", "/readyz", "/metrics"],
)
async def test_every_page_answers(client, path):
    assert (await client.get(path)).status == 200


@pytest.mark.parametrize("path", ["/", "/criteria/nothing", "/static/handoff.css", "/webhook", "/nowhere", "/healthz"])
async def test_every_answer_carries_the_headers_that_keep_a_page_to_itself(client, path):
    headers = (await client.get(path)).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Python" not in headers["Server"]


async def test_only_a_static_file_with_its_digest_is_kept_by_browsers(client):
    page = await (await client.get("/")).text()
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert (await client.get(address)).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (await client.get("/static/handoff.css")).headers["Cache-Control"] == "no-store"
    assert (await client.get("/?v=1")).headers["Cache-Control"] == "no-store"


async def test_the_page_holds_no_inline_script_or_style_and_no_foreign_address(client):
    for path in ("/", "/criteria", "/criteria/why"):
        page = await (await client.get(path)).text()
        assert "<style" not in page
        assert " style=" not in page
        assert not re.search(r"\son[a-z]+=", page)
        assert page.count("<script") == page.count('<script type="module" src="/static/')
        assert "https://" not in page


async def test_a_server_without_an_app_says_what_to_do(client):
    page = await (await client.get("/")).text()
    assert "No GitHub App is set up" in page
    assert '<a href="/setup">Set it up</a>' in page.split('class="state"')[1].split("</p>")[0]


@pytest.mark.parametrize(
    "state", [State(version="1", public_url="https://h.example", app=lambda: Identity(5, "<handoff>"))], ids=["app"]
)
async def test_a_server_with_an_app_says_which(client):
    page = await (await client.get("/")).text()
    assert "&lt;handoff&gt;" in page
    assert "https://h.example/webhook" in page


@pytest.mark.parametrize(
    "state", [State(version="1", public_url="https://h.example", app=lambda: Identity(5, ""))], ids=["silent"]
)
async def test_a_server_whose_github_is_silent_says_so(client):
    assert "GitHub does not answer yet" in await (await client.get("/")).text()


@pytest.mark.parametrize("path", ["/api/check", "/preview"])
async def test_a_text_beyond_the_line_is_sent_away_for_a_moment(aiohttp_client, state, path):
    app = application(state)
    app[JUDGING] = Line(at_once=0, waiting=0)
    answer = await (await aiohttp_client(app)).post(path, json=ISSUE)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
    assert await answer.json() == {
        "error": "Many texts are being judged: send this one again in a moment.",
        "more": "/manual/troubleshooting#the-api-refuses-a-text",
    }


async def test_a_text_that_does_not_arrive_is_given_up(aiohttp_client, state):
    app = application(state)
    app[PATIENCE] = 0.01
    client = await aiohttp_client(app)
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(b"POST /api/check HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\n{")
    async with asyncio.timeout(5):
        assert await reader.readline() == b"HTTP/1.1 408 Request Timeout\r\n"
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("surface", [application, signs_of_life])
async def test_the_metrics_say_how_much_waits(aiohttp_client, state, surface):
    client = await aiohttp_client(surface(dataclasses.replace(state, queue=Waiting())))
    text = await (await client.get("/metrics")).text()
    assert "handoff_queue_depth 3.0" in text
    assert "handoff_dead_letters 1.0" in text


async def test_a_worker_shows_signs_of_life_and_nothing_else(aiohttp_client, state):
    client = await aiohttp_client(signs_of_life(state))
    assert [(await client.get(path)).status for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 200]
    assert [(await client.get(path)).status for path in ("/", "/criteria")] == [404, 404]
    assert [(await client.post(path)).status for path in ("/webhook", "/api/check")] == [404, 404]


async def test_the_api_answers_with_the_verdict(client):
    answer = await client.post("/api/check", json=ISSUE)
    verdict = await answer.json()
    assert answer.status == 200
    assert (verdict["schema"], verdict["kind"], verdict["verdict"]) == (1, "issue", "not-ready")


async def test_a_preview_has_the_verdict_the_post_and_the_marked_text(client):
    shown = await (await client.post("/preview", json=ISSUE)).json()
    assert shown["verdict"] == await (await client.post("/api/check", json=ISSUE)).json()
    assert "Not ready to hand over" in shown["posted"]
    assert '<a href="/criteria/acceptance"' in shown["posted"]
    assert "handoff: not ready" in shown["posted"]
    assert '<li id="line-1"' in shown["marked"]


async def test_a_draft_pull_request_is_previewed_in_neutral(client):
    pull = {"kind": "pull", "title": "Fix", "body": "", "is_draft": True}
    assert "neutral" in (await (await client.post("/preview", json=pull)).json())["posted"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param({"kind": "issue"}, id="nothing"),
        pytest.param({"kind": "issue", "title": "", "body": None}, id="null-body"),
        pytest.param({"kind": "pull", "title": "x", "body": "a\x00b\x1b[31m\u202e"}, id="binary"),
        pytest.param({"kind": "issue", "title": "x", "body": "word " * 60_000}, id="long"),
        pytest.param({"kind": "issue", "title": "x", "body": "# \n" * 90_000}, id="many-lines"),
    ],
)
@pytest.mark.parametrize("path", ["/api/check", "/preview"])
async def test_any_text_gets_a_verdict(client, path, text):
    answer = await client.post(path, data=json.dumps(text))
    assert answer.status == 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "JSON", id="empty"),
        pytest.param(b"\xff", "JSON", id="not-text"),
        pytest.param(b"[" * 90_000, "JSON", id="too-deep"),
        pytest.param(b"[]", "", id="a-list"),
        pytest.param(b'{"kind": "essay"}', '"kind"', id="unknown-kind"),
        pytest.param(b'{"kind": "issue", "titel": "x"}', "titel", id="unknown-field"),
        pytest.param(b'{"kind": "issue", "title": 7}', "title", id="wrong-type"),
        pytest.param(b'{"kind": "issue", "title": "\\ud800"}', "title", id="half-a-letter"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_one_sentence(client, body, reason):
    answer = await client.post("/api/check", data=body)
    said = (await answer.json())["error"]
    assert answer.status == 400
    assert reason in said
    assert "\n" not in said


async def test_a_text_over_the_limit_is_refused_in_one_sentence(client):
    answer = await client.post("/api/check", data=io.BytesIO(b"x" * (1024 * 1024 + 1)))
    assert answer.status == 413
    assert (await answer.json())["error"] == "The text is too long: a request may have 1 MiB."


async def test_a_failing_pull_request_is_previewed_with_its_comment(client):
    shown = await (await client.post("/preview", json={"kind": "pull", "title": "Fix"})).json()
    assert 'aria-label="The check run"' in shown["posted"]
    assert 'aria-label="The comment"' in shown["posted"]


@pytest.mark.parametrize("kind", ["issue", "pull"])
async def test_a_text_that_was_not_read_to_its_end_is_said_in_the_verdict_and_what_is_posted(client, kind):
    long = {"kind": kind, "title": "Export", "body": "The export stops at 1,000 rows.\n" * 12_000}
    shown = await (await client.post("/preview", json=long)).json()
    assert shown["verdict"]["truncated"] is True
    assert "Only the first 256 KiB" in shown["posted"]
    assert "truncated" not in await (await client.post("/api/check", json=ISSUE)).json()


async def test_a_criterions_page_says_what_it_counts_by_default(client):
    page = await (await client.get("/criteria/acceptance")).text()
    assert "<dd>required</dd>" in page
    assert "<dd>20</dd>" in page
    assert 'href="/schema/handoff.json"' in page


async def test_a_person_at_an_unknown_address_gets_a_page_with_a_way_back(client):
    for path in ("/nowhere", "/criteria/nothing"):
        answer = await client.get(path, headers={"Accept": "text/html,*/*"})
        page = await answer.text()
        assert (answer.status, answer.content_type) == (404, "text/html")
        assert '<a href="/">To the playground</a>' in page


async def test_a_program_at_an_unknown_address_gets_one_line(client):
    answer = await client.get("/nowhere")
    assert (answer.status, await answer.text()) == (404, "Nothing is found at this address.\n")


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/api/check", 405, "/api/check takes POST only."),
        ("PUT", "/preview", 405, "/preview takes POST only."),
        ("GET", "/api/nothing", 404, "Nothing is found at this address."),
    ],
)
async def test_the_api_refuses_in_json(client, method, path, status, error):
    answer = await client.request(method, path, headers={"Accept": "text/html"})
    assert (answer.status, await answer.json()) == (status, {"error": error})
    assert status != 405 or answer.headers["Allow"] == "POST"


async def test_a_slash_too_many_leads_to_the_criteria(client):
    answer = await client.get("/criteria/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (308, "/criteria")


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fetc", "__init__", "%3Cscript%3E"])
async def test_an_unknown_criterion_is_not_found(client, name):
    answer = await client.get(f"/criteria/{name}")
    assert answer.status == 404
    assert "script" not in await answer.text()


@pytest.mark.parametrize(
    "path", ["/static/../security.py", "/static/%2e%2e/security.py", "/static/..%2fsecurity.py", "/static/"]
)
async def test_nothing_beside_the_static_files_is_served(client, path):
    assert (await client.get(path)).status in (403, 404)


@pytest.mark.parametrize("state", [State(version="1", public_url="", store=Rung())], ids=["ready"])
async def test_a_server_whose_store_answers_is_ready(client):
    assert (await client.get("/readyz")).status == 200


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(State(version="1", public_url="", store=Rung(Again("cannot be reached"))), id="unreachable"),
        pytest.param(State(version="1", public_url="", store=Rung(StartError("cannot be reached"))), id="unmigrated"),
        pytest.param(
            State(version="1", public_url="", store=Rung(unwritten=Again("cannot be reached"))), id="full or locked"
        ),
    ],
)
async def test_a_server_whose_store_does_not_answer_is_not_ready_and_says_why(client):
    answer = await client.get("/readyz")
    assert (answer.status, await answer.text()) == (
        503,
        "not ready: cannot be reached\nMore: /manual/troubleshooting#readyz-answers-503\n",
    )


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [("/readyz", 503, "not ready: the database does not answer"), ("/metrics", 200, "handoff_queue_depth NaN\n")],
)
async def test_a_page_does_not_wait_for_a_database_that_is_frozen(aiohttp_client, path, status, said):
    frozen = Frozen()
    app = application(State(version="1", public_url="", store=frozen, queue=frozen))
    app[ANSWERS] = 0.01
    answer = await (await aiohttp_client(app)).get(path)
    assert (answer.status, said in await answer.text()) == (status, True)
    frozen.thawed.set()


async def test_the_metrics_are_prometheus_own_format(client):
    answer = await client.get("/metrics")
    assert answer.content_type == "text/plain"
    assert "handoff_requests" in await answer.text()


async def test_the_schema_names_the_policys_sections(client):
    schema = await (await client.get("/schema/handoff.json")).json(content_type=None)
    assert {"readiness", "rationale"} <= set(schema["properties"])
