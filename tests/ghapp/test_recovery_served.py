"""Recovery for real: a server that starts finds what never arrived, and several of them do it once."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from ghapp import clock
from tests import fakes, process
from tests.ghapp.test_serve import Watched

BODY = "Adds a retry table.\n\nInvoices that failed on a bank timeout were lost, since nobody tried them again."


@pytest.fixture
async def github():
    fake = Watched()
    async with TestServer(fakes.serve(fake)) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake


async def test_what_failed_while_the_server_was_down_is_sent_again_and_done(tmp_path: Path, github: Watched):
    github.issue(1, body="Invoices should be better.", labels=["handoff"])
    github.log.add("while-away", clock.now() - timedelta(minutes=3), event="issues")
    async with process.serving(tmp_path, **process.app_settings(github.url)) as server:
        await github.until(lambda: github.log.sent_again)
        payload = fakes.delivery("issues") | {"issue": {"number": 1}}
        assert await server.deliver("issues", payload, guid="while-away") == 202
        await github.until(lambda: github.ours(1))
        assert await server.stop() == 0
    assert github.log.sent_again == ["while-away"]


async def test_an_open_pull_request_that_nobody_told_of_gets_its_check(tmp_path: Path, github: Watched):
    github.pull(5, body=BODY)
    async with process.serving(tmp_path, **process.app_settings(github.url)) as server:
        await github.until(lambda: github.repository.runs)
        assert await server.stop() == 0
    [run] = github.repository.runs
    assert run.conclusion == "success"


@pytest.mark.postgres
async def test_many_servers_that_start_at_once_ask_once(tmp_path: Path, github: Watched, postgres_server):
    github.pull(5, body=BODY)
    github.log.add("while-away", clock.now() - timedelta(minutes=3))
    settings = process.app_settings(github.url, DATABASE_URL=postgres_server.fresh())
    async with (
        process.serving(tmp_path, **settings) as one,
        process.serving(tmp_path, **settings) as two,
        process.serving(tmp_path, "--only", "worker", **settings) as three,
    ):
        await github.until(lambda: github.log.sent_again and github.repository.runs)
        assert await asyncio.gather(one.stop(), two.stop(), three.stop()) == [0, 0, 0]
    assert (github.log.sent_again, len(github.repository.runs)) == (["while-away"], 1)
