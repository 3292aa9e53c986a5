"""The doctor's own manners: nothing stops the others, nothing lasts, and nothing is shown that is secret."""

import asyncio
import re
import sqlite3
from contextlib import closing

import pytest

from ghapp import doctor
from ghapp.diagnosis import Verdict, good
from ghapp.doctor.check import Check
from ghapp.errors import Gone
from ghapp.github.client import session
from ghapp.settings import Settings
from tests.fake_app import PUBLIC, said
from tests.fakes import INSTALLATION
from tests.ghapp.scene import scene

SOME_TIME = "2026-01-01T00:00:00Z"


@pytest.fixture
async def well(tmp_path):
    async with scene(tmp_path) as made:
        yield made


async def look(*checks: Check, longest: float = 5.0, **settings: str):
    """What these checks find where there is no GitHub."""
    async with session() as http:
        means = doctor.Means(settings=Settings.model_validate(settings), session=http, outside=None)
        return await doctor.examine(checks, means, longest=longest)


def check(name: str, look, *needs: str) -> Check:
    return Check(name=name, asks="Is it?", look=look, needs=needs)


async def well_looked(_case):
    return good("It is.")


def failing(error: Exception):
    async def fails(_case):
        raise error

    return fails


async def endless(_case):
    await asyncio.Event().wait()


def test_each_check_has_a_name_of_its_own_and_stands_after_what_it_needs():
    names = [each.name for each in doctor.ALL]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert [each.name for at, each in enumerate(doctor.ALL) if not set(each.needs) <= set(names[:at])] == []
    assert [each.name for each in doctor.ALL if not each.asks.endswith("?")] == []


async def test_a_check_that_fails_for_its_own_reasons_stops_no_other():
    found = await look(
        check("one", failing(KeyError("slug"))), check("two", well_looked), check("three", well_looked, "one")
    )
    assert [each.verdict for each in found.values()] == [Verdict.UNSEEN, Verdict.GOOD, Verdict.UNSEEN]
    assert found["one"].found == "The doctor failed over this (KeyError: 'slug')."
    assert (found["three"].first, found["three"].remedy) == ("one", "See `one` first.")


async def test_what_github_refuses_is_told_in_its_words():
    found = await look(check("one", failing(Gone("404 GET /app/hook/config: Not Found"))))
    assert found["one"].found == "GitHub refuses the question (404 GET /app/hook/config: Not Found)."


async def test_silence_is_told_and_is_not_waited_for():
    found = await look(
        check("one", endless), check("two", well_looked), check("three", well_looked, "one"), longest=0.05
    )
    assert found["one"].found == "All together took longer than 0.05 seconds."
    assert [each.verdict for each in found.values()] == [Verdict.UNSEEN, Verdict.GOOD, Verdict.UNSEEN]


async def test_one_check_that_takes_too_long_is_told():
    found = await look(check("one", failing(TimeoutError())))
    assert found["one"].found == "No answer came within 6 seconds."


async def test_each_end_is_told_at_once():
    told = []
    async with session() as http:
        means = doctor.Means(settings=Settings(), session=http, outside=None)
        await doctor.examine([check("one", well_looked), check("two", well_looked)], means, done=told.append)
    assert sorted(told) == ["one", "two"]


async def test_an_enterprise_server_has_its_version_named_and_may_have_no_limits_and_a_network_of_its_own(well):
    well.github.registered.headers = {"X-GitHub-Enterprise-Version": "3.21.0"}
    well.github.registered.limits = None
    well.street.names = ("10.0.0.5",)
    found = await well.examined()
    assert found["version"].found.endswith(", with GitHub Enterprise Server 3.21.0.")
    assert found["rate-limits"].found == "This GitHub has no rate limits."
    assert {each.verdict for each in found.values()} == {Verdict.GOOD}


async def test_a_persons_app_has_its_settings_elsewhere(well):
    well.github.registered.is_organizations = False
    del well.github.registered.permissions["checks"]
    assert "https://github.com/settings/apps/handoff/permissions" in (await well.examined())["permissions"].remedy


async def test_of_many_accounts_some_are_named_and_some_are_asked(well):
    well.github.installations |= dict.fromkeys(range(100, 111), SOME_TIME)
    well.github.installed.permissions["checks"] = "read"
    found = await well.examined()
    assert found["installations"].found == f"Installed on {', '.join(['acme'] * 10)} and 2 more."
    assert found["approvals"].found.endswith("has not granted checks: write and 2 more.")
    assert found["rate-limits"].found.endswith("; not asked: 2.")


async def test_one_account_that_refuses_a_token_does_not_hide_the_others_limits(well):
    well.github.installations[100] = SOME_TIME
    well.github.meanwhile.append((f"installations/{INSTALLATION}/access", lambda: gone(well)))
    found = await well.examined()
    assert found["rate-limits"].verdict is Verdict.GOOD
    assert found["rate-limits"].found.endswith("; not asked: 1.")


async def gone(made) -> None:
    del made.github.installations[INSTALLATION]


async def test_a_database_that_somebody_holds_cannot_be_written(well):
    file = well.folder / "handoff.db"
    well.settings["DATABASE_URL"] = f"sqlite:///{file}?timeout=0.01"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = await well.examined()
    assert found["store"].verdict is Verdict.GOOD
    assert found["store-writable"].verdict is Verdict.WRONG
    assert "locked" in found["store-writable"].found


async def test_a_database_server_that_is_not_there_is_named_without_its_password(well):
    well.settings["DATABASE_URL"] = "postgresql://handoff:hunter22@127.0.0.1:1/handoff"
    found = await well.examined()
    assert found["store"].verdict is Verdict.WRONG
    assert found["store"].found.startswith("DATABASE_URL: PostgreSQL cannot be used")
    assert "hunter22" not in found["store"].found


async def test_where_only_the_webhook_is_open_that_is_enough(well):
    refusal = said(405, "/webhook takes POST only.\n", {"Allow": "POST"})
    well.street.found = {f"{PUBLIC}/healthz": said(404, "404 page not found"), f"{PUBLIC}/webhook": refusal}
    found = await well.examined()
    assert found["reachable"].verdict is Verdict.GOOD
    assert found["reachable"].found.endswith("/healthz is not open there, and need not be.")


@pytest.mark.parametrize("name", ["services/T0/B0/abcdef", "workflows/T0/A0/123/abc"])
async def test_an_address_of_slacks_is_neither_called_nor_shown(well, name):
    well.settings["SLACK_WEBHOOK_URL"] = f"https://hooks.slack.com/{name}"
    found = (await well.examined())["slack"]
    assert found.verdict is Verdict.GOOD
    assert name not in found.found
