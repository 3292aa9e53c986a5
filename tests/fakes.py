"""A GitHub in memory: what people did there goes in, what we wrote there can be looked at."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import aiohttp
from aiohttp import web

from ghapp import clock
from ghapp.errors import Again
from ghapp.github.client import Account, Client, Transport, silence
from ghapp.github.identity import Identity
from tests import contract, fake_app, fake_digests, fake_json, fake_recovery
from tests.fake_queries import answer_one
from tests.fake_state import NOON, FakeComment, FakeIssue, FakePull, FakeRepository, FakeRun

US = Identity(4711, "handoff")
INSTALLATION = 99
DELIVERIES = Path(__file__).parent / "deliveries"
INSTALLED = datetime(2026, 1, 1, tzinfo=UTC)


def delivery(event: str) -> dict[str, Any]:
    """A recorded delivery of an event."""
    payload: dict[str, Any] = json.loads((DELIVERIES / f"{event}.json").read_text(encoding="utf-8"))
    return payload


@dataclass(frozen=True)
class Call:
    """One call that reached GitHub."""

    method: str
    path: str
    body: Any


@dataclass(frozen=True)
class Response:
    """What GitHub answers."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class FakeGitHub(Client):
    """A client whose calls end here; `refusals` are given out, in order, before anything is done.

    `losses` are given out after it was done: GitHub acted, and the answer is another one, or an error instead of one.
    """

    def __init__(self) -> None:
        session = cast("aiohttp.ClientSession", None)
        transport = Transport(session, now=lambda: NOON, sleep=self._pause)
        super().__init__(transport, account=Account(installation=INSTALLATION))
        self.repository = FakeRepository()
        self.installations = {INSTALLATION: fake_json.SOME_TIME}
        self.others: list[FakeRepository] = []  # that the installation reaches as well
        self.public: list[FakeRepository] = []  # that anybody can read
        self.suspended: set[int] = set()
        self.installed = fake_recovery.Installed()
        self.log = fake_recovery.DeliveryLog()
        self.registered = fake_app.Registered()
        self.calls: list[Call] = []
        self.refusals: list[tuple[str, Response | Exception]] = []
        self.losses: list[tuple[str, Response | Exception]] = []
        self.meanwhile: list[tuple[str, Callable[[], Awaitable[None]]]] = []  # what happens just before a call
        self.paused: list[float] = []
        self.tokens = 0
        self.now: datetime | None = None  # when comments are written, in stories whose time goes on
        self._ids = iter(range(1001, 10**6))
        self._routes = [(method, re.compile(pattern), act) for method, pattern, act in _routes(self)]

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(url)
        path = unquote(parts.path)
        call = Call(method, path, json.loads(body) if body else None)
        await self._let_happen(f"{method} {path}")
        self.calls.append(call)
        response = _given(self.refusals, f"{method} {path}")
        if response is None:
            response = self._act(call, dict(parse_qsl(parts.query)))
            response = _given(self.losses, f"{method} {path}") or response
        if isinstance(response, Exception):
            raise silence(method, url, response) from response
        answered = b"" if response.status == 204 else json.dumps(response.body).encode()
        if not path.endswith("/graphql"):
            contract.check(method, parts.path, sent=body, status=response.status, answered=answered)
        return response.status, {"content-type": "application/json; charset=utf-8", **response.headers}, answered

    async def _let_happen(self, call: str) -> None:
        for index, (pattern, deed) in enumerate(self.meanwhile):
            if re.search(pattern, call):
                del self.meanwhile[index]
                await deed()
                return

    async def _pause(self, seconds: float) -> None:
        """Let a waiting client go on at once."""
        self.paused.append(seconds)

    def _act(self, call: Call, query: Mapping[str, str]) -> Response:
        for method, pattern, act in self._routes:
            found = pattern.fullmatch(call.path)
            if method == call.method and found:
                return act(call.body or dict(query), *found.groups())
        return Response(404, {"message": "Not Found"})

    @property
    def writes(self) -> list[str]:
        """The calls that changed something."""
        return [
            f"{call.method} {call.path}" for call in self.calls if call.method != "GET" and "graphql" not in call.path
        ]

    # What people do

    def issue(self, number: int = 1, **changes: Any) -> FakeIssue:
        """An issue that somebody opened."""
        self.repository.issues[number] = FakeIssue(number, **changes)
        return self.repository.issues[number]

    def pull(self, number: int = 5, **changes: Any) -> FakePull:
        """A pull request that somebody opened."""
        made = FakePull(number, **changes)
        self.repository.issues[number] = made
        return made

    def comment(self, number: int, text: str, author: str = "dana") -> FakeComment:
        """A comment that somebody wrote."""
        made = FakeComment(next(self._ids), number, author, text, self.now)
        self.repository.comments.append(made)
        return made

    def set_label(self, number: int, label: str, by: str) -> None:
        """Set a label by hand."""
        issue = self.repository.issues[number]
        issue.labels.append(label)
        issue.label_events.append(("LabeledEvent", label, by))

    def remove_label(self, number: int, label: str, by: str) -> None:
        """Remove a label by hand."""
        issue = self.repository.issues[number]
        issue.labels.remove(label)
        issue.label_events.append(("UnlabeledEvent", label, by))

    def ours(self, number: int) -> list[FakeComment]:
        """Our comments of a conversation."""
        return [each for each in self.repository.comments if each.number == number and each.author == US.login]

    # What the App asks for

    def query(self, body: Any) -> Response:
        if fake_recovery.is_about_nodes(body["query"]):
            there = [self.repository, *self.others]
            return Response(200, fake_recovery.answer_nodes(there, body["query"], body["variables"]))
        if fake_digests.is_about_digests(body["query"]):
            there = [self.repository, *self.others]
            return Response(200, fake_digests.answer(there, body["query"], body["variables"], app=US))
        there = [self.repository, *self.others, *self.public]
        return Response(200, answer_one(there, body["query"], body["variables"], app=US))

    def installed_on(self, _body: Any, name: str) -> Response:
        if name not in [each.name for each in (self.repository, *self.others)]:
            return Response(404, {"message": "Not Found"})
        return Response(200, self.installation_json(next(iter(self.installations))))

    def about_repository(self, _body: Any, name: str) -> Response:
        there = [each for each in (self.repository, *self.others, *self.public) if each.name == name]
        if not there:
            return Response(404, {"message": "Not Found"})
        found = there[0]
        body = fake_json.whole_repository(
            found.id, found.node_id, found.name, archived=found.archived, has_issues=found.has_issues
        )
        return Response(200, body)

    def about_app(self, _body: Any) -> Response:
        return Response(200, self.registered.app(US.id, US.slug))

    def delivery(self, number: str) -> Response:
        entry = next(each for each in self.log.entries if each["id"] == int(number))
        return Response(*self.registered.delivery(entry))

    def about_installation(self, _body: Any, number: str) -> Response:
        if int(number) not in self.installations:
            return Response(404, {"message": "Not Found"})
        return Response(200, self.installation_json(int(number)))

    def make_token(self, _body: Any, number: str) -> Response:
        if int(number) not in self.installations:
            return Response(404, {"message": "Not Found"})
        if int(number) in self.suspended:
            return Response(403, {"message": "This installation has been suspended"})
        self.tokens += 1
        end = clock.now() + timedelta(hours=1)
        return Response(201, {"token": f"ghs_made.up.{self.tokens}", "expires_at": end.strftime("%Y-%m-%dT%H:%M:%SZ")})

    def read_comment(self, _body: Any, _repository: str, number: str) -> Response:
        found = self._comment(number)
        return Response(200, self._comment_json(found)) if found else Response(404, {"message": "Not Found"})

    def list_comments(self, query: Any, _repository: str, number: str) -> Response:
        there = [
            each
            for each in self.repository.comments
            if each.number == int(number) and each.written_at >= query.get("since", "")
        ]
        return Response(200, [self._comment_json(each) for each in there])

    def post_comment(self, body: Any, repository: str, number: str) -> Response:
        there = self.named(repository)
        if there.issues[int(number)].locked:
            return Response(403, {"message": "Unable to create comment because issue is locked."})
        made = FakeComment(next(self._ids), int(number), US.login, body["body"], self.now)
        there.comments.append(made)
        return Response(201, self._comment_json(made))

    def patch_comment(self, body: Any, _repository: str, number: str) -> Response:
        found = self._comment(number)
        if found is None:
            return Response(404, {"message": "Not Found"})
        assert found.author == US.login, "an App may edit its own comments only"
        found.text = body["body"]
        return Response(200, self._comment_json(found))

    def delete_comment(self, _body: Any, _repository: str, number: str) -> Response:
        found = self._comment(number)
        if found is None:
            return Response(404, {"message": "Not Found"})
        self.repository.comments.remove(found)
        return Response(204)

    def react(self, body: Any, _repository: str, comment: str) -> Response:
        reaction = (int(comment), body["content"])
        known = reaction in self.repository.reactions
        if not known:
            self.repository.reactions.append(reaction)
        return Response(200 if known else 201, fake_json.reaction(1, US.login, body["content"]))

    def add_labels(self, body: Any, _repository: str, number: str) -> Response:
        for name in body["labels"]:
            self.repository.labels.setdefault(name, "ededed")
            self.set_label(int(number), name, by=US.login)
        return Response(200, self._labels_json(int(number)))

    def drop_label(self, _body: Any, _repository: str, number: str, name: str) -> Response:
        if name not in self.repository.issues[int(number)].labels:
            return Response(404, {"message": "Label does not exist"})
        self.remove_label(int(number), name, by=US.login)
        return Response(200, self._labels_json(int(number)))

    def create_label(self, body: Any, _repository: str) -> Response:
        if body["name"] in self.repository.labels:
            problem = {"resource": "Label", "code": "already_exists", "field": "name"}
            return Response(
                422,
                {"message": "Validation Failed", "errors": [problem], "documentation_url": "https://docs.github.com"},
            )
        self.repository.labels[body["name"]] = body["color"]
        return Response(201, fake_json.label(body["name"], body["color"]))

    def post_run(self, body: Any, _repository: str) -> Response:
        run = FakeRun(next(self._ids), body["head_sha"], body)
        self.repository.runs.append(run)
        return Response(201, self._run_json(run))

    def patch_run(self, body: Any, _repository: str, number: str) -> Response:
        run = next(each for each in self.repository.runs if each.id == int(number))
        run.before = run.annotations
        run.sent = {**run.sent, **body}
        return Response(200, self._run_json(run))

    def list_files(self, _query: Any, _repository: str, number: str) -> Response:
        pull: Any = self.repository.issues[int(number)]
        return Response(200, [fake_json.changed_file(*file, before=pull.renamed.get(file[0])) for file in pull.files])

    def role(self, _body: Any, _repository: str, login: str) -> Response:
        return Response(200, fake_json.access(login, self.repository.roles.get(login, "read")))

    def named(self, name: str) -> FakeRepository:
        """A repository that the installation reaches."""
        return next((each for each in self.others if each.name == name), self.repository)

    def installation_json(self, number: int) -> dict[str, Any]:
        """An installation as it is now."""
        return fake_json.installation(
            number,
            account=self.installed.account,
            created_at=self.installations[number],
            suspended_at=fake_json.SOME_TIME if number in self.suspended else None,
            permissions=self.installed.permissions,
        )

    def _comment(self, number: str) -> FakeComment | None:
        return next((each for each in self.repository.comments if each.id == int(number)), None)

    def _comment_json(self, comment: FakeComment) -> dict[str, Any]:
        by_app = fake_json.app(US.id, US.slug) if comment.author == US.login else None
        url = f"{fake_json.API}/issues/{comment.number}"
        body = fake_json.comment(comment.id, comment.text, comment.author, url=url, by_app=by_app)
        return body | {"created_at": comment.written_at, "updated_at": comment.written_at}

    def _labels_json(self, number: int) -> list[dict[str, Any]]:
        labels = self.repository.issues[number].labels
        return [fake_json.label(name, self.repository.labels.get(name, "ededed")) for name in labels]

    def _run_json(self, run: FakeRun) -> dict[str, Any]:
        return fake_json.check_run(run.id, run.sha, run.sent, by=fake_json.app(US.id, US.slug))


def _given(faults: list[tuple[str, Response | Exception]], call: str) -> Response | Exception | None:
    """The first fault that is meant for a call; it is given once."""
    for index, (pattern, fault) in enumerate(faults):
        if re.search(pattern, call):
            del faults[index]
            return fault
    return None


Act = Callable[..., Response]


def _routes(fake: FakeGitHub) -> list[tuple[str, str, Act]]:
    repository = "/repos/([^/]+/[^/]+)"
    return [
        ("POST", "/graphql", fake.query),
        ("GET", "/app", fake.about_app),
        ("GET", "/rate_limit", lambda _: Response(*fake.registered.rate_limit())),
        ("GET", "/app/hook/config", lambda _: Response(*fake.registered.hook_config())),
        ("GET", r"/app/hook/deliveries/(\d+)", lambda _, number: fake.delivery(number)),
        ("GET", "/app/hook/deliveries", lambda query: Response(*fake.log.page(query))),
        ("POST", r"/app/hook/deliveries/(\d+)/attempts", lambda _, number: Response(*fake.log.attempt(number))),
        ("GET", "/app/installations", lambda _: Response(*fake_recovery.installations(fake))),
        ("GET", "/installation/repositories", lambda query: Response(*fake_recovery.repositories(fake, query))),
        ("GET", r"/app/installations/(\d+)", fake.about_installation),
        ("POST", r"/app/installations/(\d+)/access_tokens", fake.make_token),
        ("GET", rf"{repository}/issues/comments/(\d+)", fake.read_comment),
        ("PATCH", rf"{repository}/issues/comments/(\d+)", fake.patch_comment),
        ("DELETE", rf"{repository}/issues/comments/(\d+)", fake.delete_comment),
        ("POST", rf"{repository}/issues/comments/(\d+)/reactions", fake.react),
        ("GET", rf"{repository}/issues/(\d+)/comments", fake.list_comments),
        ("POST", rf"{repository}/issues/(\d+)/comments", fake.post_comment),
        ("POST", rf"{repository}/issues/(\d+)/labels", fake.add_labels),
        ("DELETE", rf"{repository}/issues/(\d+)/labels/(.+)", fake.drop_label),
        ("POST", rf"{repository}/labels", fake.create_label),
        *((method, repository + path, _answering(fake, act)) for method, path, act in fake_digests.ROUTES),
        ("POST", rf"{repository}/check-runs", fake.post_run),
        ("PATCH", rf"{repository}/check-runs/(\d+)", fake.patch_run),
        ("GET", f"{repository}/installation", fake.installed_on),
        ("GET", repository, fake.about_repository),
        ("GET", rf"{repository}/collaborators/(.+)/permission", fake.role),
        ("GET", rf"{repository}/pulls/(\d+)/files", fake.list_files),
    ]


def _answering(fake: FakeGitHub, act: Callable[..., tuple[int, Any]]) -> Act:
    return lambda body, repository, *rest: Response(*act(fake.named(repository), body, *rest, app=US, now=fake.now))


def serve(fake: FakeGitHub) -> web.Application:
    """The same GitHub over HTTP, for a client or a whole server that runs for real."""

    async def respond(request: web.Request) -> web.Response:
        as_app = request.path.startswith("/app") or request.path.endswith("/installation")
        is_open = request.path == "/rate_limit" and "Authorization" not in request.headers
        scheme = ("bearer ey",) if as_app else ("token ghs_made.up", "token ghp_made.up")
        if not is_open and not request.headers.get("Authorization", "").startswith(scheme):
            return web.json_response({"message": "Requires authentication"}, status=401)
        url = f"{request.scheme}://{request.host}{request.raw_path}"
        try:
            status, headers, body = await fake._request(request.method, url, request.headers, await request.read())
        except Again as silent:
            return await _silent(request, silent)
        return web.Response(status=status, body=body or None, headers=dict(headers))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", respond)
    return app


async def _silent(request: web.Request, silent: Again) -> web.Response:
    """Give no answer: say nothing until the other side gives up, or cut the connection."""
    if isinstance(silent.__cause__, TimeoutError):
        await asyncio.Event().wait()
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
