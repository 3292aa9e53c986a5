"""A browser at the set-up page of a server without an App, and a GitHub to go to."""

import html
import json
import re
from pathlib import Path

import pytest

from ghapp import settings
from ghapp.github.identity import Identity
from ghapp.web import Place, SetUp, State, application
from tests.fake_manifest import Registrar, registering

PUBLIC = "https://handoff.example"
ORIGIN = {"Origin": "http://127.0.0.1:8080"}


class Visit:
    """A browser at the set-up page of a server, and the GitHub it goes to."""

    def __init__(self, client, setup, registrar, state):
        self.client, self.setup, self.registrar, self.state = client, setup, registrar, state
        self.finished = []

    async def answer(self, headers=None, **changes):
        """Send the form."""
        answers = {
            "token": self.setup.token,
            "owner": "organization",
            "organization": "acme",
            "public_url": PUBLIC,
            "host": self.registrar.url,
            "webhook": "",
        }
        return await self.client.post("/setup", data=answers | changes, headers=ORIGIN | (headers or {}))

    async def begun(self, **changes):
        """Send the form; the state, and the manifest as GitHub is sent it."""
        page = await (await self.answer(**changes)).text()
        (action,) = re.findall(r'action="([^"]+state=[^"]+)"', page)
        (manifest,) = re.findall(r'name="manifest" value="([^"]*)"', page)
        return html.unescape(action), json.loads(html.unescape(manifest))

    async def come_back(self, **query):
        """Come back from GitHub."""
        return await self.client.get("/setup/created", params=query)

    async def through(self, **changes):
        """Go all the way; the last page."""
        action, _ = await self.begun(**changes)
        return await self.come_back(code=self.registrar.code(), state=action.partition("?state=")[2])


@pytest.fixture
def environ():
    return {}


@pytest.fixture
async def registrar():
    async with registering(Registrar()) as serving:
        yield serving


@pytest.fixture
def file(tmp_path: Path):
    return tmp_path / "data" / "app.env"


@pytest.fixture
async def visit(aiohttp_client, registrar, environ, file):
    chosen = settings.load(environ, env_file=None, kept={})
    state = State(version="1.2.3", public_url="")

    async def finish(finished):
        made.finished.append(finished)
        state.app = lambda: Identity(finished.created.id, finished.created.slug)

    state.setup = SetUp(
        chosen,
        Place(file=file),
        load=lambda kept: settings.load(environ, env_file=None, kept=kept),
        finish=finish,
    )
    client = await aiohttp_client(application(state))
    made = Visit(client, state.setup, registrar, state)
    return made
