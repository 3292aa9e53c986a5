"""The client over real HTTP: what it sends, what it waits for, and what each failure means."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
import structlog
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from gidgethub import QueryError

from ghapp.errors import Again, Gone, Paced, Refused
from ghapp.github import read
from ghapp.github.app import App
from ghapp.github.client import Account, Client, Transport, graphql_url, session
from ghapp.github.faults import Unsigned
from ghapp.github.identity import Credentials, Identity
from ghapp.github.tokens import Token
from ghapp.subjects import Kind, Subject
from tests.fakes import INSTALLATION, NOON, FakeGitHub, Response, serve

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
PATH = "/repos/acme/billing/collaborators/dana/permission"
SUBJECT = Subject(kind=Kind.POLICY, installation=INSTALLATION, repository=12, repository_node="R_acme_billing")
CREDENTIALS = Credentials(issuer="Iv1.made-up", private_key=PEM)
TOKEN = Token(value="ghs_made.up", minted_at=NOON - timedelta(minutes=5), expires_at=NOON + timedelta(minutes=55))
YOUNG = Token(value="ghs_made.up", minted_at=NOON, expires_at=NOON + timedelta(hours=1))


class Waits(list):
    """The pauses a client made; none is waited for."""

    async def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture
def github():
    return FakeGitHub()


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
async def transport(github, waits, aiohttp_server):
    server = await aiohttp_server(serve(github))
    async with session() as opened:
        yield Transport(opened, str(server.make_url("")).rstrip("/"), now=lambda: NOON, sleep=waits)


@pytest.fixture
def dropped():
    return []


@pytest.fixture
def client(transport, dropped):
    return Client(transport, token=TOKEN, account=Account(installation=INSTALLATION, refused=lambda: dropped.append(1)))


@pytest.fixture
def young(transport):
    return Client(transport, token=YOUNG, account=Account(installation=INSTALLATION))


def refuse(github, status, message="", headers=None, times=1):
    github.refusals += [("", Response(status, {"message": message}, headers or {}))] * times


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://github.example.org/api/v3", "https://github.example.org/api/graphql"),
        ("https://github.example.org/api/v3/", "https://github.example.org/api/graphql"),
        ("https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081/graphql"),
    ],
)
def test_graphql_answers_where_the_kind_of_server_has_it(api, graphql):
    assert graphql_url(api) == graphql


async def test_every_call_says_who_we_are_and_which_version_we_speak(aiohttp_server):
    seen = []

    async def respond(request):
        seen.append(request.headers)
        return web.json_response({"data": {}})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", respond)
    server = await aiohttp_server(app)
    async with session() as opened:
        client = Client(Transport(opened, str(server.make_url("")).rstrip("/")), token=TOKEN)
        await client.getitem("/app")
        await client.ask("query Any { x }", {})
    for headers in seen:
        assert headers["X-GitHub-Api-Version"] == "2022-11-28"
        assert headers["User-Agent"] == "handoff-ghapp"
        assert headers["Authorization"] == "token ghs_made.up"


async def test_the_app_signs_its_calls_and_knows_itself(transport, github):
    app = App(transport, CREDENTIALS)
    assert await app.identity() == Identity(4711, "handoff")
    signed = jwt.decode(app.itself._get_app_jwt(), KEY.public_key(), algorithms=["RS256"])
    assert signed["iss"] == "Iv1.made-up"
    assert signed["exp"] - signed["iat"] == 540


async def test_jobs_of_an_installation_share_a_token(transport, github):
    app = App(transport, CREDENTIALS)
    await app.client(INSTALLATION)
    await app.client(INSTALLATION)
    assert github.tokens == 1
    app.drop_token(INSTALLATION)
    await app.client(INSTALLATION)
    assert github.tokens == 2


async def test_an_installation_that_is_not_there_is_gone(transport, github):
    github.installations.clear()
    with pytest.raises(Gone):
        await App(transport, CREDENTIALS).client(INSTALLATION)


async def test_one_that_is_suspended_refuses_us_until_that_is_over(transport, github):
    github.suspended.add(INSTALLATION)
    with pytest.raises(Refused, match="suspended"):
        await App(transport, CREDENTIALS).client(INSTALLATION)


async def test_another_refusal_of_a_token_parks_the_installation_and_gives_nothing_up(transport, github):
    refuse(github, 403, "Your IP address is not on the allow list")
    with pytest.raises(Again) as caught:
        await App(transport, CREDENTIALS).client(INSTALLATION)
    assert (caught.value.at, caught.value.installation) == (NOON + timedelta(seconds=60), INSTALLATION)


async def test_credentials_that_github_does_not_take_are_named_for_the_operator(transport, github):
    refuse(github, 401, "A JSON web token could not be decoded")
    with pytest.raises(Unsigned, match="GITHUB_PRIVATE_KEY"):
        await App(transport, CREDENTIALS).identity()


async def test_a_signature_that_is_refused_is_said_once_a_minute_whatever_was_called_and_waited_for(github, transport):
    now = [NOON]
    app = App(replace(transport, now=lambda: now[0]), CREDENTIALS)
    refuse(github, 401, "A JSON web token could not be decoded", times=5)
    with structlog.testing.capture_logs() as logs:
        for call in (app.itself.getitem("/app/installations"), app.itself.getitem("/app"), app.client(INSTALLATION)):
            with pytest.raises(Again) as caught:
                await call
            assert caught.value.at == NOON + timedelta(seconds=60)
        now[0] += timedelta(seconds=60)
        with pytest.raises(Again):
            await app.identity()
    assert [line["event"] for line in logs if line["event"] != "github.called"] == ["github.refuses-us"] * 2


@pytest.mark.parametrize(
    ("status", "headers", "after"),
    [
        (403, {"retry-after": "120"}, 120),
        (403, {}, 60),
        (429, {}, 60),
        (429, {"retry-after": "7"}, 7),
        (
            403,
            {
                "x-ratelimit-limit": "5000",
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": str(int(NOON.timestamp()) + 900),
            },
            900,
        ),
    ],
    ids=["secondary with a time", "secondary", "429", "429 with a time", "primary"],
)
async def test_a_limit_parks_the_installation_until_github_answers_again(client, github, status, headers, after):
    refuse(github, status, "You have exceeded a secondary rate limit", headers)
    with pytest.raises(Again) as caught:
        await client.getitem(PATH)
    assert caught.value.at == NOON + timedelta(seconds=after)
    assert caught.value.installation == INSTALLATION


@pytest.mark.parametrize("kind", ["RATE_LIMITED", "RATE_LIMIT"])
async def test_a_limit_of_queries_comes_with_status_200(client, github, kind):
    body = {"data": None, "errors": [{"type": kind, "message": "API rate limit exceeded"}]}
    headers = {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": str(int(NOON.timestamp()) + 30),
    }
    github.refusals.append(("graphql", Response(200, body, headers)))
    with pytest.raises(Again) as caught:
        await client.ask("query Policy { x }", {})
    assert (caught.value.at, caught.value.installation) == (NOON + timedelta(seconds=30), INSTALLATION)


async def test_a_missing_permission_is_named(client, github):
    github.repository.issues.clear()
    refuse(github, 403, "Resource not accessible by integration", {"x-accepted-github-permissions": "issues=write"})
    with pytest.raises(Refused, match=r"403 POST /repos/acme/billing/labels: .*integration .*issues=write"):
        await client.post("/repos/acme/billing/labels", data={"name": "x"})


async def test_a_refusal_makes_the_next_job_use_a_new_token_as_permissions_are_fixed_in_the_old_one(
    client, github, dropped
):
    refuse(github, 403, "Resource not accessible by integration")
    with pytest.raises(Refused):
        await client.getitem(PATH)
    assert dropped == [1]


async def test_a_new_token_that_is_refused_is_kept(transport, github, dropped):
    young = Client(transport, token=YOUNG, account=Account(refused=lambda: dropped.append(1)))
    refuse(github, 403, "Resource not accessible by integration")
    with pytest.raises(Refused):
        await young.getitem(PATH)
    assert dropped == []


async def test_what_changes_something_is_counted(client, github):
    github.issue(1)
    await client.getitem(PATH)
    with suppress(QueryError):
        await client.ask("query Policy { x }", {"repository": "R_else"})
    await client.post("/repos/acme/billing/issues/1/labels", data={"labels": ["x"]})
    assert client.written == 1


async def test_what_is_not_found_is_gone_after_a_look_or_two_more(client, github, waits):
    with pytest.raises(Gone):
        await read.policy(client, replace(SUBJECT, repository_node="R_else"))
    assert waits == [0.5, 1.5]


async def test_what_is_not_found_with_a_new_token_is_looked_for_later(young, github, waits):
    with pytest.raises(Paced) as caught:
        await read.policy(young, replace(SUBJECT, repository_node="R_else"))
    assert (waits, caught.value.at) == ([0.5, 1.5], NOON + timedelta(seconds=15))


@pytest.mark.parametrize("status", [404, 410])
async def test_what_is_not_there_is_gone(client, github, status):
    refuse(github, status, "Not Found")
    with pytest.raises(Gone):
        await client.getitem(PATH)


@pytest.mark.parametrize("status", [409, 500, 502, 503])
async def test_what_passes_is_tried_again_after_the_usual_pause(client, github, status):
    refuse(github, status, "Oops")
    with pytest.raises(Again) as caught:
        await client.getitem(PATH)
    assert (caught.value.at, caught.value.installation) == (None, 0)


async def test_a_token_that_is_no_longer_taken_is_dropped(client, github, dropped):
    refuse(github, 401, "Bad credentials")
    with pytest.raises(Again):
        await client.getitem(PATH)
    assert dropped == [1]


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_young_token_is_given_time_to_spread(young, github, waits, status):
    refuse(github, status, "Not Found", times=2)
    assert (await young.getitem(PATH))["permission"] == "read"
    assert waits == [0.5, 1.5]


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_slot_is_held_for_two_seconds_at_most_then_the_job_comes_back(young, github, waits, status):
    refuse(github, status, "Not Found", times=3)
    with pytest.raises(Paced) as caught:
        await young.getitem(PATH)
    assert (sum(waits), caught.value.at) == (2, NOON + timedelta(seconds=15))


@pytest.mark.parametrize("said", ["Resource not accessible by integration", "This installation has been suspended"])
async def test_a_refusal_that_says_what_we_may_not_do_is_not_waited_for(young, github, waits, said):
    refuse(github, 403, said)
    with pytest.raises(Refused, match=said):
        await young.getitem(PATH)
    assert waits == []


async def test_an_old_token_needs_no_patience(client, github, waits):
    refuse(github, 404, "Not Found")
    with pytest.raises(Gone):
        await client.getitem(PATH)
    assert waits == []


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_a_redirected_write_is_not_followed(client, github, status):
    refuse(github, status, "Moved", {"location": PATH})
    with pytest.raises(Again):
        await client.post("/repos/acme/billing/labels", data={"name": "x", "color": "ededed"})
    assert [call.method for call in github.calls] == ["POST"]


async def test_a_redirected_read_is_followed(client, github):
    refuse(github, 301, "Moved", {"location": PATH})
    assert (await client.getitem("/repos/acme/old-name"))["permission"] == "read"


async def test_silence_is_tried_again(waits):
    async with session() as opened:
        client = Client(Transport(opened, "http://127.0.0.1:9", sleep=waits), token=TOKEN)
        with pytest.raises(Again, match="GET /repos/acme"):
            await client.getitem(PATH)


async def test_a_page_instead_of_json_is_tried_again(aiohttp_server):
    async def respond(_request):
        return web.Response(status=502, text="<html>Unicorn</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", respond)
    server = await aiohttp_server(app)
    async with session() as opened:
        client = Client(Transport(opened, str(server.make_url("")).rstrip("/")), token=TOKEN)
        with pytest.raises(Again):
            await client.ask("query Any { x }", {})


@pytest.mark.parametrize("status", [401, 403, 404, 500])
async def test_no_token_stands_in_any_failure(client, github, status):
    refuse(github, status, "No")
    with pytest.raises((Again, Gone, Refused)) as caught:
        await client.getitem(PATH)
    chain = [caught.value, caught.value.__cause__]
    assert "ghs_" not in " ".join(f"{error!r} {error}" for error in chain)
    assert "ghs_" not in repr(client)
    assert "PRIVATE" not in repr(CREDENTIALS)
