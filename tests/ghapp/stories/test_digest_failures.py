"""Digests while something fails: lost answers, processes that are killed, a server that was down, a Slack that is."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from ghapp import store
from ghapp.errors import Again, Refused
from ghapp.handover.posted import from_json
from ghapp.slack import Unsure
from ghapp.subjects import Kind
from tests.digest_world import DigestWorld
from tests.fake_digests import FIRST
from tests.fake_slack import FakeSlack
from tests.fakes import Response

ASKED = "Should the fourth retry wait two hours, or is there none? I cannot find it in the issue."
NINE = "2026-03-03T09:00+08:00"
LATER = "2026-03-03T09:40+08:00"


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
async def world() -> DigestWorld:
    """Just before the team's morning: sari has asked dana, who sees it when the day begins."""
    made = DigestWorld()
    made.slack = made.channel = FakeSlack()
    await made.assign()
    await made.say(1, ASKED, "sari")
    await made.pass_until("2026-03-03T08:59+08:00")
    return made


def is_whole(world: DigestWorld) -> bool:
    """Whether everything was said, and once."""
    made = [each for each in world.github.repository.issues if each >= FIRST]
    return made == [FIRST] and "to answer" in world.text and len(world.calls) == 1 and len(world.channel.sent) == 1


def dying(keep: Callable[..., Awaitable[None]], *, at: int, after: bool) -> Callable[..., Awaitable[None]]:
    """The store's method, but that the process is killed just before or after the call of that number."""
    calls = iter(range(10**6))

    async def method(*arguments: Any) -> None:
        is_last = next(calls) == at
        if is_last and not after:
            raise Killed
        await keep(*arguments)
        if is_last:
            raise Killed

    return method


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(r"POST /repos/acme/billing/issues$", id="made"),
        pytest.param(rf"POST /repos/acme/billing/issues/{FIRST}/comments", id="called"),
        pytest.param(r"POST /graphql", id="asked"),
    ],
)
@pytest.mark.parametrize("loss", [TimeoutError(), Response(502, {"message": "Bad Gateway"})], ids=["silent", "502"])
async def test_an_answer_that_was_lost_repeats_nothing(world, call, loss):
    world.github.losses.append((call, loss))
    with suppress(Again):
        await world.pass_until(NINE)
    assert world.github.losses == []
    await world.pass_until(LATER)
    assert is_whole(world)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", [0, 1], ids=["told", "sending"])
async def test_a_process_that_is_killed_at_a_write_of_its_own_loses_nothing_on_github(world, at, after):
    whole = world.store.keep_posted
    world.store.keep_posted = dying(whole, at=at, after=after)
    with pytest.raises(Killed):
        await world.pass_until(NINE)
    world.store.keep_posted = whole
    await world.pass_until(LATER)
    if (at, after) == (1, True):  # it was taken out to be sent: whether it was sent nobody knows
        assert world.channel.sent == []
        await world.channel.send(["the message that was lost"], now=world.now)
    assert is_whole(world)


async def test_a_process_that_is_killed_while_it_sends_does_not_send_again(world):
    world.channel.faults.append(Killed())
    with pytest.raises(Killed):
        await world.pass_until(NINE)
    await world.pass_until("2026-03-03T09:50+08:00")
    assert (len(world.channel.tried), len(world.calls)) == (1, 1)


async def test_in_a_real_database_a_restart_between_all_looks_repeats_nothing(world, url):
    before = world.store
    for kept in (each for each, _ in before.ledgers.values()):
        world.store = await store.open(url)
        await world.store.keep_handover(kept)
        await world.store.keep_policy(replace(kept.subject, kind=Kind.POLICY, number=0), before.policies["policy:12:0"])
        for home, text in before.told.items():
            await world.store.keep_posted(*home, from_json(json.loads(text)))
        await world.store.close()
    for minute in range(0, 60, 5):
        world.at(f"2026-03-03T09:{minute:02}+08:00")
        world.store = await store.open(url)
        await world.tick()
        await world.store.close()
    assert is_whole(world)


async def test_an_issue_whose_number_was_lost_is_found_again(world):
    await world.pass_until(LATER)
    world.store.told.clear()
    await world.pass_until("2026-03-04T09:10+08:00")
    assert [each for each in world.github.repository.issues if each >= FIRST] == [FIRST]


async def test_a_server_that_was_down_at_nine_tells_it_when_it_is_back(world):
    world.at("2026-03-03T12:40+08:00")
    await world.tick()
    assert is_whole(world)


async def test_after_half_of_the_working_day_it_waits_for_the_next_morning_and_tells_all(world):
    world.at("2026-03-03T14:00+08:00")  # sari's is over as well
    await world.tick()
    await world.pass_until("2026-03-04T08:59+08:00")
    assert (world.issue_of_ours, world.calls, world.channel.sent) == (None, [], [])
    await world.pass_until("2026-03-04T09:20+08:00")
    assert is_whole(world)


async def test_the_next_morning_tells_what_arrived_since_the_last_one_that_was(world):
    await world.pass_until("2026-03-03T15:00+08:00")
    await world.say(1, "There is no fourth retry: after the third failure the invoice has the status `failed`.")
    world.at("2026-03-04T15:00+08:00")
    await world.tick()
    await world.pass_until("2026-03-05T09:20+08:00")
    assert "Arrived since 2026-03-03 09:19 Asia/Taipei" in world.text
    assert "`dana` answered" in world.text


async def test_a_github_that_limits_us_is_asked_again_the_same_morning(world):
    limit = Response(403, {"message": "You have exceeded a secondary rate limit."}, {"retry-after": "60"})
    world.github.refusals.append((r"POST /repos/acme/billing/issues$", limit))
    with suppress(Again):
        await world.pass_until(NINE)
    await world.pass_until(LATER)
    assert is_whole(world)


async def test_a_github_that_does_not_let_us_write_keeps_nothing_from_slack_and_is_asked_the_next_morning(world):
    forbidden = Response(403, {"message": "Resource not accessible by integration"})
    world.github.refusals.append((r"POST /repos/acme/billing/issues$", forbidden))
    with capture_logs() as logs:
        await world.pass_until(LATER)
    assert "digest.unwritten" in {each["event"] for each in logs}
    assert (world.issue_of_ours, len(world.channel.sent)) == (None, 1)
    await world.pass_until("2026-03-04T09:20+08:00")
    assert len(world.calls) == 1


async def test_a_github_that_takes_no_comment_has_the_issue_pinned_once(world):
    call = rf"POST /repos/acme/billing/issues/{FIRST}/comments"
    world.github.refusals.append((call, Response(403, {"message": "Resource not accessible by integration"})))
    await world.pass_until(LATER)
    assert (world.github.repository.pinned, world.calls) == ([FIRST], [])
    world.github.repository.pinned.clear()  # by a person
    await world.pass_until("2026-03-04T09:20+08:00")
    assert (world.github.repository.pinned, len(world.calls)) == ([], 1)


async def test_a_text_that_github_does_not_take_is_said_and_keeps_nothing_from_slack(world):
    await world.pass_until("2026-03-03T15:00+08:00")
    invalid = {"message": "Validation Failed", "documentation_url": "https://docs.github.com/rest"}
    world.github.refusals.append((rf"PATCH /repos/acme/billing/issues/{FIRST}", Response(422, invalid)))
    await world.say(1, "There is no fourth retry: after the third failure the invoice has the status `failed`.")
    sent = len(world.channel.sent)
    with capture_logs() as logs:
        await world.pass_until("2026-03-04T09:20+08:00")
    assert [each["reason"] for each in logs if each["event"] == "digest.unwritten"] == [
        "422, GitHub does not take our issue: Validation Failed"
    ]
    assert len(world.channel.sent) == sent + 1


class TestSlack:
    async def test_what_it_did_not_take_is_sent_again_when_it_says(self, world):
        world.at(NINE)
        world.channel.faults.append(Again("Slack answers 429", at=world.now + timedelta(minutes=30)))
        await world.tick()
        assert len(world.calls) == 1  # GitHub's part does not wait
        await world.pass_until("2026-03-03T09:59+08:00", step=timedelta(minutes=5))
        assert [f"{each:%H:%M}" for each in world.channel.tried] == ["01:00", "01:30"]
        assert is_whole(world)

    async def test_it_is_tried_within_the_morning_only(self, world):
        world.channel.faults += [Again("Slack answers 503", at=None) for _ in range(500)]
        with capture_logs() as logs:
            await world.pass_until("2026-03-03T20:00+08:00")
        assert world.channel.sent == []
        assert f"{max(world.channel.tried):%H:%M}" == "05:59"  # half of sari's day is over at 06:00
        assert (await world.store.posted(99, "12")).unsent == ()
        assert len([each for each in logs if each["event"] == "slack.unsent"]) == 2  # the team's, and sari's

    @pytest.mark.parametrize("fault", [Refused("Slack answers 404"), Unsure("Slack does not answer")])
    async def test_what_may_be_said_twice_or_in_vain_is_not_said_again(self, world, fault):
        world.channel.faults.append(fault)
        with capture_logs() as logs:
            await world.pass_until("2026-03-03T09:50+08:00")
        assert (len(world.channel.tried), len(world.calls)) == (1, 1)
        assert [each["reason"] for each in logs if each["event"] == "slack.unsent"] == [str(fault)]

    async def test_without_news_there_is_no_message(self, world):
        await world.pass_until("2026-03-03T20:00+08:00")
        sent = len(world.channel.sent)
        await world.pass_until("2026-03-05T20:00+08:00")
        assert len(world.channel.sent) == sent
