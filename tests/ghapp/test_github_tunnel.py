"""The tunnel: what a relay sends reaches our webhook, and a channel that is cut off is taken up again."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from ghapp.github import tunnel
from tests.fake_smee import FakeSmee, message

HEADERS = {
    "X-GitHub-Event": "issues",
    "X-GitHub-Delivery": "7f3c2a10",
    "X-Hub-Signature-256": "sha256=" + "0" * 64,
    "Host": "smee.io",
}


class Webhook:
    """Notes what it is handed, and answers as it is told."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self.status = 202

    async def take(self, request: web.Request) -> web.Response:
        self.got.put_nowait((request.headers["X-GitHub-Delivery"], await request.read()))
        return web.Response(status=self.status, text="Its words.\nMore: its part of the manual\n")


class Naps:
    """Sleeps that take no time, and end what follows after some."""

    def __init__(self, most: int) -> None:
        self.taken: list[float] = []
        self.most = most

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        if len(self.taken) == self.most:
            raise asyncio.CancelledError


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def smee() -> AsyncIterator[FakeSmee]:
    fake = FakeSmee()
    async with TestServer(fake.application) as server:
        fake.url = str(server.make_url("/channel"))
        yield fake
        fake.cut()


@pytest.fixture
async def webhook() -> AsyncIterator[Webhook]:
    ours = Webhook()
    app = web.Application()
    app.router.add_post("/webhook", ours.take)
    async with TestServer(app) as server:
        ours.url = str(server.make_url("/webhook"))
        yield ours


@asynccontextmanager
async def following(smee: FakeSmee, webhook: Webhook, http: aiohttp.ClientSession, **manner):
    task = asyncio.create_task(tunnel.follow(smee.url, webhook.url, http, manner=tunnel.Manner(**manner)))
    await smee.followed()
    yield task
    task.cancel()
    await asyncio.wait([task])


async def got(webhook: Webhook) -> tuple[str, bytes]:
    async with asyncio.timeout(30):
        return await webhook.got.get()


async def test_deliveries_reach_the_webhook_in_their_order(smee, webhook, http):
    async with following(smee, webhook, http):
        smee.relay('{"first":"ü"}', HEADERS)
        smee.say(b": keepalive\n\n" + message('{"message":"no delivery"}') + message("no JSON"))
        smee.relay('{"second":2}', HEADERS | {"X-GitHub-Delivery": "8a"})
        assert [await got(webhook), await got(webhook)] == [
            ("7f3c2a10", '{"first":"ü"}'.encode()),
            ("8a", b'{"second":2}'),
        ]


async def test_a_channel_that_is_cut_off_is_taken_up_again(smee, webhook, http):
    with capture_logs() as logs:
        async with following(smee, webhook, http, sleep=Naps(9)):
            smee.cut()
            await smee.followed(times=2)
            smee.relay("{}", HEADERS)
            await got(webhook)
    assert [(line["event"], line.get("reason")) for line in logs] == [
        ("tunnel.open", None),
        ("tunnel.cut", "the relay ended it"),
        ("tunnel.open", None),
    ]


async def test_a_relay_that_refuses_is_asked_less_and_less_often_and_told_of_once(smee, webhook, http):
    smee.refuses = web.Response(status=403, text="disabled")
    naps = Naps(8)
    with capture_logs() as logs:
        async with following(smee, webhook, http, sleep=naps) as task:
            await asyncio.wait([task], timeout=30)
    assert naps.taken == [1, 2, 4, 8, 16, 32, 60, 60]
    [line] = logs
    assert line["event"] == "tunnel.cut"
    assert line["reason"] == "it is no channel: it answers 403, text/plain"


async def test_an_address_that_is_a_page_is_told_from_a_channel(smee, webhook, http):
    smee.refuses = web.Response(status=200, text="<html>")
    with capture_logs() as logs:
        async with following(smee, webhook, http, sleep=Naps(1)) as task:
            await asyncio.wait([task], timeout=30)
    assert [line["reason"] for line in logs] == ["it is no channel: it answers 200, text/plain"]


async def test_a_relay_that_falls_silent_counts_as_cut_off(smee, webhook, http):
    with capture_logs() as logs:
        async with following(smee, webhook, http, sleep=Naps(1), silence=0.05) as task:
            await asyncio.wait([task], timeout=30)
    assert [(line["event"], line.get("reason")) for line in logs] == [
        ("tunnel.open", None),
        ("tunnel.cut", "SocketTimeoutError"),
    ]


async def test_nobody_there_is_said_and_tried_again(webhook, http, unused_tcp_port):
    naps = Naps(3)
    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await tunnel.follow(
            f"http://127.0.0.1:{unused_tcp_port}/channel", webhook.url, http, manner=tunnel.Manner(sleep=naps)
        )
    assert (len(naps.taken), [line["reason"] for line in logs]) == (3, ["ClientConnectorError"])


@pytest.mark.parametrize("status", [401, 503])
async def test_what_the_webhook_does_not_take_is_told_with_the_way_to_have_it_again(smee, webhook, http, status):
    webhook.status = status
    with capture_logs() as logs:
        async with following(smee, webhook, http):
            smee.relay("{}", HEADERS)
            smee.relay("{}", HEADERS)
            await got(webhook)
            await got(webhook)
    refused = [line for line in logs if line["event"] == "tunnel.refused"]
    assert refused[0]["reason"] == f"{status}: Its words."
    assert refused[0]["remedy"] == "ghapp deliveries redeliver 7f3c2a10"


async def test_a_message_that_is_too_long_is_passed_over(smee, webhook, http):
    with capture_logs() as logs:
        async with following(smee, webhook, http, longest=1000):
            smee.relay(json.dumps({"long": "x" * 1000}), HEADERS)
            smee.relay("{}", HEADERS | {"X-GitHub-Delivery": "short"})
            assert (await got(webhook))[0] == "short"
    assert [line["event"] for line in logs] == ["tunnel.open", "tunnel.too-long"]


async def test_a_new_channel_is_asked_for(smee, http):
    new = smee.url.replace("/channel", "/new")
    assert await tunnel.found(new, http) == smee.url.replace("/channel", "/made-for-you")
    assert await tunnel.found(smee.url, http) == smee.url


@pytest.mark.parametrize("said", ["http://smee.example/plain", "<html>no address</html>", "javascript:alert(1)"])
async def test_what_is_no_address_of_a_channel_is_not_followed(http, said):
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=said)

    app = web.Application()
    app.router.add_get("/new", answer)
    async with TestServer(app) as server:
        with pytest.raises(tunnel.Cut, match="something else than the address"):
            await tunnel.found(str(server.make_url("/new")), http)


async def test_a_relay_that_is_not_there_makes_no_channel(http, unused_tcp_port):
    with pytest.raises(tunnel.Cut, match="does not answer: ClientConnectorError"):
        await tunnel.found(f"http://127.0.0.1:{unused_tcp_port}/new", http)
