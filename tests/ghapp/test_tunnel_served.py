"""`ghapp serve --tunnel` for real: deliveries by way of a relay end on GitHub, by the same road as all others."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from ghapp.app import tunnel
from ghapp.errors import StartError
from tests import fakes, process
from tests.fake_smee import FakeSmee, as_javascript
from tests.ghapp.test_serve import Watched

THIN = "Invoices should be better, é, \x1b[1mmuch\x1b[0m better."


@pytest.fixture
async def github():
    fake = Watched()
    async with TestServer(fakes.serve(fake)) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake


@pytest.fixture
async def smee():
    fake = FakeSmee()
    async with TestServer(fake.application) as server:
        fake.url = str(server.make_url("/new"))
        yield fake
        fake.cut()


def relay(smee: FakeSmee, payload: object, *, secret: str = process.SECRET) -> None:
    """Hand on what GitHub signed: escapes in capitals, letters beyond ASCII as they are."""
    body = as_javascript(payload).replace("\\u001b", "\\u001B")
    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    smee.relay(
        body,
        {"X-GitHub-Event": "issues", "X-GitHub-Delivery": "by-smee", "X-Hub-Signature-256": f"sha256={signature}"},
    )


async def test_a_delivery_by_way_of_a_new_channel_is_verified_kept_and_worked_on(tmp_path: Path, github, smee):
    github.issue(1, body=THIN, labels=["handoff"])
    settings = process.app_settings(github.url)
    async with process.serving(tmp_path, "--tunnel", smee.url, **settings) as server:
        await smee.followed()
        payload = fakes.delivery("issues") | {"issue": {"number": 1, "body": THIN}}
        relay(smee, payload, secret="another-secret-than-ours")
        await server.said('"tunnel.refused"')
        relay(smee, payload)
        await github.until(lambda: github.ours(1))
        assert await server.deliver("issues", payload, guid="by-smee") == 202  # known already: it is on disk
        assert await server.stop() == 0
    [comment] = github.ours(1)
    assert "Not ready to hand over" in comment.text


async def test_a_person_is_told_the_address_to_enter_at_github(tmp_path: Path, smee):
    starting = await process.start(tmp_path, "--tunnel", smee.url, LOG_FORMAT="text")
    await smee.followed()
    starting.terminate()
    said, _ = await starting.communicate()
    made = smee.url.replace("/new", "/made-for-you")
    assert starting.returncode == 0
    assert tunnel.announcement(made) in said.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tunnel", "smee"], "--tunnel is not a web address: give one that begins with https:// and a host."),
        (["--tunnel", "http://smee.example/a"], "--tunnel is plain http, which anybody on the way can read:"),
        (["--tunnel", "https://smee.io/a", "--only", "worker"], "--tunnel brings deliveries to the webhook"),
    ],
    ids=["no address", "plain http", "a worker"],
)
async def test_a_tunnel_that_cannot_be_is_refused_at_the_start(tmp_path: Path, arguments, said):
    code, text = await process.refusal(tmp_path, *arguments)
    assert code == 2
    assert said in " ".join(text.replace("│", " ").split())


async def test_a_relay_that_makes_no_channel_ends_the_start(tmp_path: Path, unused_tcp_port):
    relay = f"http://127.0.0.1:{unused_tcp_port}/new"
    code, text = await process.refusal(tmp_path, "--tunnel", relay)
    assert code == 2
    assert f"--tunnel {relay} gives no channel (it does not answer: ClientConnectorError)" in text


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("http://0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("http://[::]:8080", "http://[::1]:8080"),
        ("http://[fd00::1]:8080", "http://[fd00::1]:8080"),
    ],
)
def test_what_listens_everywhere_is_reached_on_this_machine(at, expected):
    assert tunnel.local(at) == expected


def test_the_word_new_asks_smee_for_a_channel():
    assert tunnel.named("new") == "https://smee.io/new"
    with pytest.raises(StartError):
        tunnel.named("smee")


async def test_the_set_up_page_knows_where_deliveries_come_from(tmp_path: Path, smee):
    async with process.serving(tmp_path, "--tunnel", smee.url) as server:
        line = json.loads(await process._until(server.process, '"setup.waits"'))
        await smee.followed()
        async with server.session.get(line["open"]) as answer:
            text = await answer.text()
    made = smee.url.replace("/new", "/made-for-you")
    assert f'name="webhook" type="text" inputmode="url" maxlength="1000" value="{made}"' in text
    assert f'value="{server.url}"' in text
