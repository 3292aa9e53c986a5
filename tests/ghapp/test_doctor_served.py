"""The doctor at a real server of ours: it knows our own answers again, which GitHub's log keeps."""

from contextlib import AsyncExitStack

import pytest
from aiohttp.test_utils import TestServer

from ghapp.diagnosis import Verdict
from ghapp.doctor.case import Case, Means
from ghapp.doctor.hook import FOREIGN, UNSIGNED
from ghapp.doctor.public import reachable
from ghapp.github.identity import Identity
from ghapp.github.reach import network
from ghapp.settings import Settings
from ghapp.web import State, application

SECRET = "a secret of more than sixteen letters"


class Rung:
    """A queue that nothing reaches."""


@pytest.fixture
def state():
    return State(
        version="1.2.3",
        public_url="https://handoff.example",
        app=lambda: Identity(5, "handoff"),
        secrets=(SECRET,),
        queue=Rung(),
    )


@pytest.fixture
async def client(aiohttp_client, state):
    return await aiohttp_client(application(state))


async def test_a_delivery_signed_with_another_secret_is_answered_in_these_words(client):
    answer = await client.post("/webhook", data=b"{}", headers={"X-Hub-Signature-256": "sha256=" + "0" * 64})
    assert (answer.status, FOREIGN in await answer.text()) == (401, True)


async def test_a_delivery_without_a_signature_is_answered_in_these_words(client):
    answer = await client.post("/webhook", data=b"{}")
    assert (answer.status, UNSIGNED in await answer.text()) == (401, True)


async def looked_at(url: str):
    async with AsyncExitStack() as stack:
        outside = await stack.enter_async_context(network())
        means = Means(settings=Settings.model_validate({"public_url": url}), session=None, outside=outside)
        return await reachable(Case(means, stack))


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        pytest.param("", "/healthz answers as this server does.", id="all is open"),
        pytest.param(
            "/healthz", "/webhook answers as this server does; /healthz is not open", id="the webhook alone is open"
        ),
    ],
)
async def test_our_own_server_is_known_again(state, closed, words):
    app = application(state)
    app.middlewares.append(_closing(closed))
    async with TestServer(app) as server:
        found = await looked_at(str(server.make_url("")).rstrip("/"))
    assert found.verdict is Verdict.GOOD
    assert words in found.found


async def test_a_server_that_does_not_run_is_to_be_started(unused_tcp_port):
    found = await looked_at(f"http://127.0.0.1:{unused_tcp_port}")
    assert (found.verdict, found.remedy) == (Verdict.WRONG, "Start the server with `ghapp serve`.")


def _closing(path: str):
    from aiohttp import web

    @web.middleware
    async def close(request, handler):
        if request.path == path:
            return web.Response(status=404, text="404 page not found")
        return await handler(request)

    return close
