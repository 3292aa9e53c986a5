"""The way out to Slack, against a server that answers as Slack does, and as it should not."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from pydantic import SecretStr

from ghapp import settings, slack
from ghapp.app import server
from ghapp.errors import Again, Refused
from ghapp.slack import Slack, Unsure

NOW = datetime(2026, 3, 3, 1, tzinfo=UTC)
PATH = "/services/T0/B0/a-secret"


@pytest.fixture
async def send(aiohttp_server):
    """Send a message to a Slack that answers so; what it was sent can be looked at."""
    got = []

    async def sent(answer, *, session=slack.session):
        async def respond(request: web.Request) -> web.StreamResponse:
            got.append(await request.json())
            return await answer(request)

        application = web.Application()
        application.router.add_post(PATH, respond)
        reached = await aiohttp_server(application)
        async with session() as opened:
            await Slack(opened, SecretStr(str(reached.make_url(PATH)))).send(("*a*", "b"), now=NOW)
        return got

    return sent


def status(number: int, **headers: str):
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=number, text="ok", headers=headers)

    return answer


async def hang_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def test_a_message_is_sections_and_the_text_that_notifications_show(send):
    assert await send(status(200)) == [
        {
            "text": "*a*",
            "blocks": [
                {"type": "section", "text": {"type": "mrkdwn", "text": "*a*"}},
                {"type": "section", "text": {"type": "mrkdwn", "text": "b"}},
            ],
            "unfurl_links": False,
            "unfurl_media": False,
        }
    ]


@pytest.mark.parametrize(
    ("answer", "later"),
    [
        pytest.param(status(429, **{"Retry-After": "30"}), timedelta(seconds=30), id="limit"),
        pytest.param(status(429, **{"Retry-After": "999999"}), timedelta(hours=1), id="absurd-limit"),
        pytest.param(status(429, **{"Retry-After": "soon"}), timedelta(minutes=5), id="limit-without-a-number"),
        pytest.param(status(503), timedelta(minutes=5), id="fault"),
    ],
)
async def test_what_passes_is_tried_again_at_a_time(send, answer, later):
    with pytest.raises(Again) as caught:
        await send(answer)
    assert caught.value.at == NOW + later


@pytest.mark.parametrize("number", [302, 400, 403, 404, 410])
async def test_what_does_not_pass_is_refused_without_following_it(send, number):
    with pytest.raises(Refused, match=f"Slack answers {number}: make a new address") as caught:
        await send(status(number, Location="https://evil.example/"))
    assert "secret" not in str(caught.value)


async def test_without_an_answer_it_is_not_known_whether_it_was_taken(send):
    with pytest.raises(Unsure, match="Slack does not answer: ServerDisconnectedError") as caught:
        await send(hang_up)
    assert caught.value.__cause__ is None


async def test_one_that_is_too_slow_is_not_waited_for(send):
    never = asyncio.Event()

    async def wait(_request: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    with pytest.raises(Unsure):
        await send(wait, session=lambda: ClientSession(timeout=ClientTimeout(total=0.05)))
    assert slack.TIMEOUT.total == 10


async def test_one_that_cannot_be_reached_was_sent_nothing(unused_tcp_port):
    async with slack.session() as session:
        with pytest.raises(Again, match="Slack cannot be reached: ClientConnectorError") as caught:
            await Slack(session, SecretStr(f"http://127.0.0.1:{unused_tcp_port}{PATH}")).send(("a",), now=NOW)
    assert "secret" not in repr(caught.value)


@pytest.mark.parametrize("address", ["", f"https://hooks.slack.com{PATH}"], ids=["unset", "set"])
async def test_a_server_has_one_where_an_address_is_set(url, address):
    chosen = settings.load({"DATABASE_URL": url, "SLACK_WEBHOOK_URL": address}, env_file=None)
    async with AsyncExitStack() as stack:
        opened = await server.opened(chosen, stack)
        assert (opened.slack is not None) is bool(address)
