"""GitHub's pages and calls by which an App is created from a manifest, beside the fake GitHub that the App then has.

It is shaped like an Enterprise Server, whose pages and API are at one address: the API below `/api/v3`.
"""

import html
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer

from ghapp.errors import Again
from tests import contract, fake_json, fakes, process

HOOK_SECRET = "a-webhook-secret-made-at-the-conversion"
CLIENT_SECRET = "a-client-secret-made-at-the-conversion"
WORDS = "<!doctype html><title>{title}</title><h1>{title}</h1>{body}"


@dataclass
class Registrar:
    """The part of GitHub that creates Apps: what it was sent, and how it is to answer."""

    github: fakes.FakeGitHub = field(default_factory=fakes.FakeGitHub)
    url: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)  # the manifests
    pages: list[str] = field(default_factory=list)  # where they were sent to
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)  # those not used yet
    conversions: int = 0
    refusals: list[web.Response | Again] = field(default_factory=list)  # given out before anything is converted
    changes: dict[str, Any] = field(default_factory=dict)  # made to what is answered

    def code(self) -> str:
        """A code as GitHub hands it out after the button was pressed."""
        made = f"{len(self.sent):03}c0de5ecret{len(self.codes):027}"
        self.codes[made] = {}
        return made

    async def form(self, request: web.Request) -> web.Response:
        """The page that GitHub shows for a manifest: its name may be changed, then the button is pressed."""
        posted = await request.post()
        manifest = json.loads(str(posted["manifest"]))
        self.sent.append(manifest)
        self.pages.append(request.path)
        fields = {"name": manifest["name"], "back": manifest["redirect_url"], "state": request.query["state"]}
        inputs = "".join(f'<input name="{name}" value="{html.escape(value)}">' for name, value in fields.items())
        button = f'<form method="post" action="/create">{inputs}<button id="create">Create GitHub App</button></form>'
        return _page("Register new GitHub App", button)

    async def create(self, request: web.Request) -> web.Response:
        posted = await request.post()
        back = {"code": self.code(), "state": str(posted["state"])}
        raise web.HTTPFound(f"{posted['back']}?{urlencode(back)}")

    async def convert(self, request: web.Request) -> web.Response:
        """What a code is good for, once."""
        if self.refusals:
            refusal = self.refusals.pop(0)
            if isinstance(refusal, Again):
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            return refusal
        if self.codes.pop(request.match_info["code"], None) is None:
            return web.json_response({"message": "Not Found", "documentation_url": ""}, status=404)
        self.conversions += 1
        made = fake_json.app(fakes.US.id, fakes.US.slug) | {
            "html_url": f"{self.url}/github-apps/{fakes.US.slug}",
            "client_id": "Iv23.made-up",
            "client_secret": CLIENT_SECRET,
            "webhook_secret": HOOK_SECRET,
            "pem": process.private_key(),
        }
        body = json.dumps(made).encode()
        contract.check("POST", f"/app-manifests/{'c' * 40}/conversions", sent=b"", status=201, answered=body)
        return web.json_response(made | self.changes, status=201)

    async def installing(self, request: web.Request) -> web.Response:
        back = {"installation_id": fakes.INSTALLATION, "setup_action": "install"}
        link = f"{self.sent[-1]['setup_url']}?{urlencode(back)}"
        return _page("Install Handoff", f'<a id="install" href="{link}">Install</a>')

    def application(self) -> web.Application:
        """All of it over HTTP."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/settings/apps/new", self.form),
                web.post("/organizations/{organization}/settings/apps/new", self.form),
                web.post("/create", self.create),
                web.post("/api/v3/app-manifests/{code}/conversions", self.convert),
                web.get("/github-apps/{slug}/installations/new", self.installing),
            ]
        )
        app.router.add_route("*", "/api/{path:.*}", self.call)
        return app

    async def call(self, request: web.Request) -> web.Response:
        """Any other call, as the fake GitHub answers it."""
        url = f"{self.url}{request.raw_path.removeprefix('/api').removeprefix('/v3')}"
        status, headers, body = await self.github._request(request.method, url, request.headers, await request.read())
        return web.Response(status=status, body=body or None, headers=dict(headers))


@asynccontextmanager
async def registering(registrar: Registrar) -> AsyncIterator[Registrar]:
    """Serve it on a free port."""
    async with TestServer(registrar.application()) as server:
        registrar.url = str(server.make_url("")).rstrip("/")
        yield registrar


def _page(title: str, body: str) -> web.Response:
    return web.Response(text=WORDS.format(title=title, body=body), content_type="text/html")
