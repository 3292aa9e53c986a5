"""`POST /webhook`: what is stored, and what is refused with which answer."""

import asyncio
import dataclasses
import hashlib
import hmac
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ghapp.errors import Again
from ghapp.github.identity import Identity
from ghapp.subjects import Delivery, Kind
from ghapp.web import State, application
from ghapp.web.keys import BIG_BODIES, PATIENCE
from ghapp.web.line import Line
from ghapp.web.signed import LIMIT, is_signed

SECRET = "a secret of more than sixteen letters"
OLD = "the secret that is being rotated out"
ISSUE = {
    "action": "opened",
    "issue": {"number": 7},
    "repository": {"id": 11, "node_id": "R_11", "default_branch": "main"},
    "installation": {"id": 3},
}


class Rung:
    """A queue that keeps what it is given; durable enough for a test."""

    def __init__(self, error=None):
        self.jobs, self.deliveries, self.error = [], [], error

    async def ring(self, *jobs, delivery=None):
        if self.error:
            raise self.error
        if delivery in self.deliveries:
            return False
        self.jobs += jobs
        self.deliveries.append(delivery)
        return True


@pytest.fixture
def queue():
    return Rung()


@pytest.fixture
def state(queue):
    return State(
        version="1.2.3",
        public_url="https://handoff.example",
        app=lambda: Identity(5, "handoff"),
        secrets=(SECRET, OLD),
        queue=queue,
    )


@pytest.fixture
async def client(aiohttp_client, state):
    return await aiohttp_client(application(state))


def signed(body, secret=SECRET, **more):
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-GitHub-Event": "issues",
        "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "X-Hub-Signature-256": f"sha256={digest}",
        **more,
    }
    return {name: value for name, value in headers.items() if value is not None}


async def post(client, body, **more):
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    return await client.post("/webhook", data=body, headers=signed(body, **more))


async def test_a_signed_delivery_is_stored_with_the_jobs_it_asks_for(client, queue):
    answer = await post(client, ISSUE)
    assert (answer.status, await answer.text()) == (202, "Stored.\n")
    assert queue.deliveries == [Delivery(guid="72d3162e-cc78-11e3-81ab-4c9367dc0958", event="issues", action="opened")]
    assert [(job.subject.kind, job.subject.number, job.why) for job in queue.jobs] == [(Kind.ISSUE, 7, "issues.opened")]


async def test_a_delivery_that_is_known_is_answered_the_same_and_rings_nothing(client, queue):
    await post(client, ISSUE)
    answer = await post(client, ISSUE)
    assert (answer.status, await answer.text()) == (202, "Known already.\n")
    assert len(queue.jobs) == 1


async def test_the_secret_that_is_rotated_out_still_signs(client):
    assert (await post(client, ISSUE, secret=OLD)).status == 202


async def test_a_form_is_read_as_well(client, queue):
    body = b"payload=" + json.dumps(ISSUE).replace(" ", "+").encode()
    answer = await post(client, body, **{"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 202
    assert len(queue.jobs) == 1


@pytest.mark.parametrize(
    ("event", "payload"),
    [("ping", {"zen": "x", "hook_id": 1}), ("star", {"action": "created"}), ("issues", {**ISSUE, "action": "pinned"})],
)
async def test_what_is_of_no_concern_is_recorded_and_nothing_more(client, queue, event, payload):
    answer = await post(client, payload, **{"X-GitHub-Event": event})
    assert answer.status == 202
    assert queue.jobs == []
    assert [delivery.event for delivery in queue.deliveries] == [event]


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("sha256=" + "0" * 64, id="wrong"),
        pytest.param("sha256=", id="no-digest"),
        pytest.param("sha256=" + "0" * 65, id="too-long"),
        pytest.param("sha256=" + "F" * 64, id="capitals"),
        pytest.param("sha256=\u00e9", id="not-ascii"),
        pytest.param("sha1=" + hmac.new(SECRET.encode(), b"{}", hashlib.sha1).hexdigest(), id="sha1"),
    ],
)
async def test_without_a_good_signature_nothing_is_stored(client, queue, signature):
    answer = await client.post("/webhook", data=b"{}", headers=signed(b"{}", **{"X-Hub-Signature-256": signature}))
    assert answer.status == 401
    assert queue.deliveries == []


async def test_a_refusal_is_logged_in_one_line(client):
    with capture_logs() as lines:
        await client.post("/webhook", data=b"{}", headers=signed(b"{}", **{"X-Hub-Signature-256": None}))
    (line,) = [line for line in lines if line["event"] == "delivery.refused"]
    assert line["reason"] == "The header X-Hub-Signature-256 is missing."


async def test_sha1_beside_nothing_else_is_no_signature(client):
    sha1 = "sha1=" + hmac.new(SECRET.encode(), b"{}", hashlib.sha1).hexdigest()
    headers = signed(b"{}", **{"X-Hub-Signature-256": None, "X-Hub-Signature": sha1})
    assert (await client.post("/webhook", data=b"{}", headers=headers)).status == 401


@pytest.mark.parametrize(
    ("body", "more"),
    [
        pytest.param(b"", {}, id="empty"),
        pytest.param(b"{", {}, id="not-json"),
        pytest.param(b"[]", {}, id="not-an-object"),
        pytest.param(b"null", {}, id="null"),
        pytest.param(b"\xff\xfe", {}, id="not-text"),
        pytest.param(b"[" * 100_000, {}, id="too-deep"),
        pytest.param(b"other=1", {"Content-Type": "application/x-www-form-urlencoded"}, id="form-without-payload"),
        pytest.param(b'{"action": "opened"}', {}, id="no-issue"),
        pytest.param(b"{}", {"X-GitHub-Event": None}, id="no-event"),
        pytest.param(b"{}", {"X-GitHub-Event": "a b"}, id="event-of-two-words"),
        pytest.param(b"{}", {"X-GitHub-Delivery": None}, id="no-guid"),
        pytest.param(b"{}", {"X-GitHub-Delivery": "x" * 101}, id="endless-guid"),
    ],
)
async def test_what_is_malformed_is_refused(client, queue, body, more):
    assert (await post(client, body, **more)).status == 400
    assert queue.deliveries == []


async def test_a_body_over_the_limit_is_refused_by_its_length(client):
    body = b" " * (LIMIT + 1)
    answer = await client.post("/webhook", data=io.BytesIO(body), headers=signed(body))
    assert answer.status == 413


async def test_a_body_over_the_limit_without_a_length_is_refused_as_well(client):
    async def parts():
        for _ in range(26):
            yield b" " * 1024 * 1024

    answer = await client.post("/webhook", data=parts(), headers=signed(b""))
    assert answer.status == 413


async def test_a_body_over_the_pages_limit_is_taken(client, queue):
    body = json.dumps({**ISSUE, "padding": "x" * 3 * 1024 * 1024}).encode()
    answer = await client.post("/webhook", data=io.BytesIO(body), headers=signed(body))
    assert answer.status == 202


@pytest.mark.parametrize("signature", [None, "sha256=", "sha1=" + "0" * 40])
async def test_a_body_is_not_waited_for_when_its_signature_cannot_be_right(client, signature):
    reader, writer = await asyncio.open_connection(client.host, client.port)
    header = f"X-Hub-Signature-256: {signature}\r\n" if signature else ""
    writer.write(f"POST /webhook HTTP/1.1\r\nHost: h\r\n{header}Content-Length: 9000\r\n\r\n".encode())
    async with asyncio.timeout(5):
        assert await reader.readline() == b"HTTP/1.1 401 Unauthorized\r\n"
    writer.close()
    await writer.wait_closed()


async def test_a_body_that_does_not_arrive_is_given_up(aiohttp_client, state):
    app = application(state)
    app[PATIENCE] = 0.01
    client = await aiohttp_client(app)
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(
        f"POST /webhook HTTP/1.1\r\nHost: h\r\nX-Hub-Signature-256: sha256={'0' * 64}\r\n"
        "Content-Length: 9000\r\n\r\n{".encode()
    )
    async with asyncio.timeout(5):
        assert await reader.readline() == b"HTTP/1.1 408 Request Timeout\r\n"
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(("size", "status"), [(3 * 1024 * 1024, 503), (10, 202)], ids=["big", "small"])
async def test_big_bodies_beyond_the_line_are_sent_away_and_small_ones_are_taken(aiohttp_client, state, size, status):
    app = application(state)
    app[BIG_BODIES] = Line(at_once=0, waiting=0)
    body = json.dumps({**ISSUE, "padding": "x" * size}).encode()
    answer = await (await aiohttp_client(app)).post("/webhook", data=io.BytesIO(body), headers=signed(body))
    assert answer.status == status
    assert status == 202 or answer.headers["Retry-After"] == "10"


async def test_who_we_are_is_asked_for_each_delivery(aiohttp_client, state, queue):
    names = ["", "handoff"]
    late = dataclasses.replace(state, app=lambda: Identity(5, names.pop(0)))
    client = await aiohttp_client(application(late))
    echo = {**ISSUE, "sender": {"login": "handoff[bot]", "type": "Bot"}}
    await post(client, echo)
    await post(client, echo, **{"X-GitHub-Delivery": "another"})
    assert (len(queue.deliveries), len(queue.jobs)) == (2, 1)


@pytest.mark.parametrize("queue", [Rung(Again("the database is locked"))], ids=["locked"])
async def test_a_store_that_cannot_take_it_is_said(client):
    answer = await post(client, ISSUE)
    assert answer.status == 503
    assert await answer.text() == (
        "The store cannot take it now: the database is locked\n"
        "More: https://handoff.example/manual/troubleshooting#503-in-githubs-log\n"
    )


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(State(version="1", public_url="http://127.0.0.1"), id="nothing"),
        pytest.param(State(version="1", public_url="", app=lambda: Identity(5, "h"), queue=Rung()), id="no-secret"),
        pytest.param(
            State(version="1", public_url="", app=lambda: Identity(5, "h"), queue=Rung(), secrets=("",)),
            id="empty-secret",
        ),
        pytest.param(State(version="1", public_url="", app=lambda: Identity(5, "h"), secrets=(SECRET,)), id="no-queue"),
    ],
)
async def test_without_credentials_every_delivery_is_refused_with_the_reason(client):
    answer = await post(client, ISSUE)
    assert answer.status == 503
    assert "GITHUB_WEBHOOK_SECRET" in await answer.text()


def test_githubs_own_example_verifies():
    signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert is_signed(b"Hello, World!", signature, ("It's a Secret to Everybody",))


@given(st.binary(max_size=50), st.text(max_size=80))
def test_no_made_up_signature_fits(body, signature):
    assert not is_signed(body, signature, (SECRET, OLD))


def test_a_states_secrets_are_not_printed(state):
    assert SECRET not in repr(state)
