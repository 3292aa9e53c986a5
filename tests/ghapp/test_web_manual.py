"""`/manual`: a server carries its manual, and every link within it leads somewhere."""

import hashlib
import hmac
import re

import pytest

from ghapp.github.identity import Identity
from ghapp.render import manual_page
from ghapp.web import State, application

SECRET = "a secret of more than sixteen letters"
PUBLIC = "https://handoff.example"


class Nowhere:
    """A queue that takes nothing, as nothing gets that far."""


@pytest.fixture
def state():
    return State(
        version="1.2.3", public_url=PUBLIC, app=lambda: Identity(5, "handoff"), secrets=(SECRET,), queue=Nowhere()
    )


@pytest.fixture
async def client(aiohttp_client, state):
    return await aiohttp_client(application(state))


async def test_the_index_is_the_manual_and_every_page_leads_there(client):
    assert "<h1" in await (await client.get("/manual")).text()
    assert '<a href="/manual">' in await (await client.get("/")).text()
    assert '<p class="crumb"><a href="/manual">' in await (await client.get("/manual/start")).text()


async def test_a_slash_too_many_leads_to_the_manual(client):
    answer = await client.get("/manual/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (308, "/manual")


@pytest.mark.parametrize("name", ["nothing", "..%2FSECURITY", "generate.py", "%3Cscript%3E"])
async def test_a_page_that_is_none_is_not_found(client, name):
    answer = await client.get(f"/manual/{name}")
    assert (answer.status, await answer.text()) == (404, "There is no such page; /manual lists them all.\n")


async def test_every_link_within_the_manual_leads_to_a_page_and_a_place_there(client):
    pages = {name: await (await client.get(f"/manual/{name}")).text() for name in manual_page.names()}
    ids = {name: set(re.findall(r' id="([^"]+)"', text)) for name, text in pages.items()}
    for name, text in pages.items():
        for path, anchor in re.findall(r'href="(?:/manual/([^"#]+))?(?:#([^"]+))?"', text):
            to = path or name
            assert to in pages, (name, path)
            assert not anchor or anchor in ids[to], (name, path, anchor)


async def test_nothing_on_a_page_comes_from_elsewhere(client):
    for name in manual_page.names():
        text = await (await client.get(f"/manual/{name}")).text()
        assert re.findall(r'<(?:img|script|link|iframe)[^>]+(?:src|href)="(?!/static/)', text) == []


def signed(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"}


@pytest.mark.parametrize(
    ("body", "headers", "status", "anchor"),
    [
        pytest.param(b"{}", {}, 401, "401-in-githubs-log", id="unsigned"),
        pytest.param(b"{", signed(b"{"), 400, "400-in-githubs-log", id="malformed"),
    ],
)
async def test_a_refused_delivery_says_in_githubs_log_where_to_read_on(client, body, headers, status, anchor):
    answer = await client.post("/webhook", data=body, headers=headers)
    *_, more = (await answer.text()).splitlines()
    assert (answer.status, more) == (status, f"More: {PUBLIC}/manual/troubleshooting#{anchor}")


@pytest.mark.parametrize("state", [State(version="1", public_url="")], ids=["no App"])
async def test_a_server_that_does_not_know_its_address_names_its_own_page(client):
    answer = await client.post("/webhook", data=b"{}")
    assert (answer.status, (await answer.text()).splitlines()[-1]) == (
        503,
        "More: /manual/troubleshooting#503-in-githubs-log",
    )
