"""The metrics: what is counted, by labels that nobody can multiply."""

import ast
import dataclasses
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from ghapp import clock, metrics
from ghapp.clock import age
from ghapp.errors import Again
from ghapp.github import measured
from ghapp.github.client import Account, Client, Transport, session
from ghapp.github.identity import Credentials
from ghapp.github.measured import SEEN, Seen
from ghapp.github.routes import OTHER, ROUTES, route
from ghapp.github.tokens import Token
from ghapp.queue import Backlog
from ghapp.store import Swept
from ghapp.subjects import SWEEP, Kind
from ghapp.web import State, application
from ghapp.web.readiness import github
from tests import process
from tests.fakes import NOON, US, delivery
from tests.memory import MemoryStore
from tests.world import World

ROOT = Path(__file__).parent.parent.parent
INSTALLATION = 31
LIMITED = {"X-RateLimit-Remaining": "17", "X-RateLimit-Limit": "5000", "X-RateLimit-Resource": "core"}


def count(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0


def label_values(name: str) -> set[str]:
    return {
        value
        for family in metrics.REGISTRY.collect()
        for sample in family.samples
        for label, value in sample.labels.items()
        if label == name
    }


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/app", "/app"),
        ("/graphql", "/graphql"),
        ("/api/graphql", "/graphql"),
        ("/api/v3/app", "/app"),
        ("/app/installations/12/access_tokens", "/app/installations/{id}/access_tokens"),
        ("/repos/acme/billing/issues/7/comments", "/repos/{owner}/{repo}/issues/{number}/comments"),
        ("/repos/acme/billing/issues/comments/7", "/repos/{owner}/{repo}/issues/comments/{id}"),
        ("/repos/a/b/issues/7/labels/handoff%3A%2Fready", "/repos/{owner}/{repo}/issues/{number}/labels/{name}"),
        ("/repositories/9/issues/7/comments", "/repos/{owner}/{repo}/issues/{number}/comments"),
        ("/repos/issues/comments/labels", "/repos/{owner}/{repo}/labels"),
        ("/repos/acme/billing/pulls/7", OTHER),
        ("/app/", OTHER),
        ("//app", OTHER),
        ("/", OTHER),
    ],
)
def test_a_path_is_counted_as_its_template(path, template):
    assert route(path) == template


@given(st.text(max_size=80) | st.lists(st.sampled_from(["repos", "issues", "labels", "app", "1", ""])).map("/".join))
def test_any_path_is_one_of_few_routes(path):
    assert route(path) in {*ROUTES, OTHER}


def test_every_route_is_its_own_template():
    for template in ROUTES:
        assert route(re.sub(r"\{[a-z]+\}", "x1", template)) == template


def written_routes() -> set[str]:
    """Every address below GitHub's that stands in the code, its parts put together as they are there."""
    found = set()
    for path in sorted((ROOT / "ghapp").rglob("*.py")):
        if path.name == "routes.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(
                    re.findall(
                        r"^/(?:repos/|app(?:/|$)|installation/|graphql$)[^ ?]*$",
                        node.value.replace("{?", "?").partition("?")[0],
                    )
                )
    return found


def test_every_address_in_the_code_has_its_template():
    written = written_routes()
    assert len(written) > 8
    assert {path for path in written if route(re.sub(r"\{\+repository\}", "o/r", path)) == OTHER} == set()


@pytest.fixture
async def answers() -> AsyncIterator[dict[str, Any]]:
    """A GitHub that answers with the status and the headers that are set; without a status the connection drops."""
    given: dict[str, Any] = {"status": 200}

    async def answer(request: web.Request) -> web.StreamResponse:
        if given["status"] is None:
            request.transport.close()
            return web.Response()
        return web.json_response({}, status=given["status"], headers=given.get("headers"))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        given["url"] = str(server.make_url("")).rstrip("/")
        yield given


@pytest.fixture(autouse=True)
def _forget():
    yield
    SEEN.__init__()


async def call(answers, method="getitem", path="/repos/a/b/labels", *, installation=INSTALLATION, **given):
    token = Token(value="t", minted_at=NOON, expires_at=NOON) if installation else None
    app = None if installation else Credentials(issuer="1", private_key=process.private_key())
    async with session() as opened:
        transport = Transport(opened, answers["url"])
        client = Client(transport, token=token, app=app, account=Account(installation=installation))
        with suppress(Exception):
            await getattr(client, method)(path, **given)


async def test_a_read_is_counted_and_timed_by_its_route(answers):
    labels = {"method": "GET", "route": "/repos/{owner}/{repo}/labels"}
    before = (
        count("handoff_github_calls_total", **labels, answer="200"),
        count("handoff_github_seconds_count", **labels),
    )
    await call(answers)
    assert count("handoff_github_calls_total", **labels, answer="200") == before[0] + 1
    assert count("handoff_github_seconds_count", **labels) == before[1] + 1
    assert count("handoff_github_writes_total", **labels) == 0


@pytest.mark.parametrize(
    ("method", "path", "status", "writes"),
    [
        pytest.param("post", "/repos/a/b/check-runs", 201, 1, id="taken"),
        pytest.param("post", "/repos/a/b/check-runs", 422, 0, id="refused"),
        pytest.param("post", "/graphql", 200, 0, id="a query"),
    ],
)
async def test_what_changed_something_is_counted_as_a_write(answers, method, path, status, writes):
    labels = {"method": "POST", "route": route(path)}
    before = count("handoff_github_writes_total", **labels)
    answers["status"] = status
    await call(answers, method, path, data={})
    assert count("handoff_github_writes_total", **labels) == before + writes


async def test_a_call_without_an_answer_is_counted_too(answers):
    labels = {"method": "GET", "route": "/repos/{owner}/{repo}/labels", "answer": "none"}
    answers["status"] = None
    before = count("handoff_github_calls_total", **labels)
    await call(answers)
    assert count("handoff_github_calls_total", **labels) > before


async def test_no_answer_of_githubs_makes_new_labels(answers):
    for status in (299, 418, 499, 599):
        answers["status"] = status
        for number in range(3):
            await call(answers, path=f"/repos/o{number}/r{number}/pulls/{number}")
            await call(answers, "delete", f"/repos/o/r/issues/{number}/labels/l{number}", data=b"")
    assert label_values("route") <= {*ROUTES, OTHER}
    assert label_values("method") <= {*measured.METHODS, "HEAD", "other"}
    known = {str(int(status)) for status in measured.STATUSES}
    assert label_values("answer") <= {*known, "other", "none"}


async def test_no_request_makes_new_labels(aiohttp_client):
    client = await aiohttp_client(application(State(version="1", public_url="")))
    for number in range(3):
        await client.request(f"MADE{number}", f"/{number}")
        await client.post("/webhook", data=b"{}", headers={"X-GitHub-Event": f"made-up-{number}"})
    assert not [value for value in label_values("method") | label_values("event") if value.lower().startswith("made")]


class Broken:
    """A queue with a fault of our own."""

    async def ring(self, *_jobs, delivery):
        raise ZeroDivisionError(delivery.guid)


async def test_a_delivery_that_fails_by_our_fault_is_counted_and_logged_under_its_guid(aiohttp_client, state):
    client = await aiohttp_client(application(dataclasses.replace(state, queue=Broken(), secrets=(process.SECRET,))))
    sender = process.Sender(str(client.make_url("")).rstrip("/"), client.session)
    before = count("handoff_deliveries_total", event="issues", answer="500")
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = await sender.answer("issues", delivery("issues"), guid="guid-1")
    assert answer == (500, "The server failed; its log says why.\n")
    assert [(line["event"], line["delivery"]) for line in lines if line["event"].startswith("delivery.")] == [
        ("delivery.failed", "guid-1")
    ]
    assert count("handoff_deliveries_total", event="issues", answer="500") == before + 1


async def test_an_event_that_is_none_of_ours_is_counted_with_all_others(aiohttp_client, state):
    client = await aiohttp_client(application(dataclasses.replace(state, queue=Broken(), secrets=(process.SECRET,))))
    sender = process.Sender(str(client.make_url("")).rstrip("/"), client.session)
    await sender.answer("never_heard_of", delivery("ping"))
    assert "never_heard_of" not in label_values("event")


def test_every_kind_label_is_a_kind():
    assert label_values("kind") <= {kind.value for kind in Kind}


async def test_the_least_that_is_left_is_measured_until_it_is_full_again(answers):
    reset = str(int((clock.now() + timedelta(hours=1)).timestamp()))
    for installation, remaining in ((31, "17"), (32, "4000")):
        headers = {**LIMITED, "X-RateLimit-Remaining": remaining, "X-RateLimit-Reset": reset}
        answers["headers"] = headers
        await call(answers, installation=installation)
    measured.measure()
    assert count("handoff_github_rate_remaining", resource="core") == 17
    measured.measure(Seen())
    assert metrics.REGISTRY.get_sample_value("handoff_github_rate_remaining", {"resource": "core"}) is None


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"x-ratelimit-remaining": "x", "x-ratelimit-limit": "1", "x-ratelimit-reset": "1"}, id="words"),
        pytest.param(
            {"x-ratelimit-remaining": "1", "x-ratelimit-limit": "1", "x-ratelimit-reset": "9" * 40}, id="huge"
        ),
        pytest.param(
            {
                "x-ratelimit-remaining": "1",
                "x-ratelimit-limit": "1",
                "x-ratelimit-reset": "4102444800",
                "x-ratelimit-resource": "search",
            },
            id="another bucket",
        ),
        pytest.param({"x-ratelimit-remaining": "1", "x-ratelimit-limit": "1", "x-ratelimit-reset": "1"}, id="over"),
    ],
)
def test_headers_that_say_nothing_of_our_limits_are_passed_over(headers):
    seen = Seen(now=lambda: NOON)
    seen.answer(1, 200, headers)
    assert seen.left() == ()


async def test_the_apps_own_calls_tell_whether_it_may_sign_in(answers):
    for status, accepted in ((401, False), (500, False), (200, True), (404, True)):
        answers["status"] = status
        await call(answers, path="/app", installation=0)
        assert SEEN.sign_in.accepted is accepted
    answers["status"] = 401
    await call(answers)
    assert SEEN.sign_in.accepted is True


def test_readiness_says_what_githubs_answers_said():
    seen = Seen(now=lambda: NOON)
    assert list(github(seen, now=NOON)) == ["sign-in: GitHub has not answered yet"]
    seen.answer(0, 401, {})
    assert list(github(seen, now=NOON + timedelta(minutes=3))) == [
        "sign-in: refused; GITHUB_APP_ID and the private key have to be of one App, 3 min ago"
    ]
    reset = str(int((NOON + timedelta(minutes=40)).timestamp()))
    for installation in range(12):
        headers = {
            "x-ratelimit-remaining": str(4000 + installation),
            "x-ratelimit-limit": "5000",
            "x-ratelimit-reset": reset,
        }
        seen.answer(installation, 200, headers)
    lines = list(github(seen, now=NOON))
    assert lines[:3] == [
        "sign-in: accepted, 0 s ago",
        "rate limit: the App itself, core: 4000 of 5000, full in 40 min",
        "rate limit: installation 1, core: 4001 of 5000, full in 40 min",
    ]
    assert lines[11:] == ["rate limit: 2 more, with more left"]


class Waiting:
    """A queue in which something has waited for long; `error` is raised in its place."""

    def __init__(self, error: Exception | None = None):
        self.error = error

    async def backlog(self) -> Backlog:
        if self.error:
            raise self.error
        return Backlog(jobs=3, dead=1, oldest=clock.now() - timedelta(minutes=90, seconds=5))


@pytest.fixture
def state() -> State:
    return State(version="1", public_url="", app=lambda: US, store=MemoryStore(), queue=Waiting())


async def said(aiohttp_client, state: State, path: str = "/readyz") -> str:
    answer = await (await aiohttp_client(application(state))).get(path)
    assert answer.status == 200
    return await answer.text()


async def test_readiness_tells_what_one_asks_next(aiohttp_client, state):
    await state.store.keep_swept(SWEEP, Swept(at=clock.now() - timedelta(minutes=3, seconds=5)))
    assert await said(aiohttp_client, state) == (
        "ready\n"
        "store: takes what is written\n"
        "queue: 3 waiting or running, the oldest delivery came 90 min ago\n"
        "dead letters: 1\n"
        "sweep: ended 3 min ago\n"
        "sign-in: GitHub has not answered yet\n"
    )


async def test_a_queue_that_does_not_say_how_much_waits_makes_nothing_unready(aiohttp_client, state):
    text = await said(aiohttp_client, dataclasses.replace(state, queue=Waiting(Again("busy"))))
    assert "queue: does not say\n" in text
    assert "sweep: none has ended yet\n" in text


async def test_the_metrics_know_when_the_last_sweep_ended(aiohttp_client, state):
    assert "handoff_last_sweep_timestamp_seconds NaN\n" in await said(aiohttp_client, state, "/metrics")
    await state.store.keep_swept(SWEEP, Swept(at=NOON))
    await said(aiohttp_client, state, "/metrics")
    assert count("handoff_last_sweep_timestamp_seconds") == NOON.timestamp()


@pytest.mark.parametrize("path", ["/preview", "/api/check"])
async def test_judging_is_timed_wherever_a_text_comes_from(aiohttp_client, state, path):
    before = count("handoff_judging_seconds_count", kind="issue")
    client = await aiohttp_client(application(state))
    await client.post(path, json={"kind": "issue", "title": "Export", "body": "It stops at 1,000 rows."})
    assert count("handoff_judging_seconds_count", kind="issue") == before + 1


async def test_judging_is_timed_for_deliveries():
    world = World()
    world.github.issue(1, body="It stops at 1,000 rows.", labels=["handoff"])
    world.github.pull(5, body="Adds a table.")
    before = [count("handoff_judging_seconds_count", kind=kind) for kind in ("issue", "pull")]
    await world.issue("opened")
    await world.pull("opened")
    assert [count("handoff_judging_seconds_count", kind=kind) for kind in ("issue", "pull")] == [n + 1 for n in before]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "0 s"), (119, "119 s"), (120, "2 min"), (7_199, "119 min"), (7_200, "2 h"), (172_800, "2 d")],
)
def test_an_age_has_one_unit(seconds, words):
    assert age(timedelta(seconds=seconds)) == words
