"""Digests over several days: the team in Taipei, and contractors whose mornings are other ones."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from ghapp.backlog.scans import Part, Spot
from ghapp.github import read
from ghapp.store import Kept
from ghapp.subjects import Kind, Subject
from tests.digest_world import BODY, POLICY, DigestWorld
from tests.fake_digests import FIRST
from tests.fake_slack import FakeSlack
from tests.fake_state import FakeRepository
from tests.handover_world import ISSUE

ASKED = "Should the fourth retry wait two hours, or is there none? I cannot find it in the issue."
DECISION = """\
## What

The queue of failed invoices is read every minute.

## Needs a decision

Where are failures logged?

- a file
- the database

Decider: dana, by 2026-03-05
"""


@pytest.fixture
def world() -> DigestWorld:
    made = DigestWorld()
    made.slack = made.channel = FakeSlack()
    return made


async def begin(world: DigestWorld, until: str = "2026-03-02T20:00+08:00") -> None:
    """Let dana hand issue 1 to sari on Monday, and sari ask before the day ends."""
    await world.assign()
    await world.say(1, ASKED, "sari")
    await world.pass_until(until)


async def test_a_week_of_one_hand_over(world, snapshot):
    told: dict[str, object] = {}

    async def morning(day: str) -> None:
        before = len(world.calls), len(world.channel.sent)
        await world.pass_until(f"2026-03-{day}T13:00+08:00")
        told[day] = [world.text, *world.calls[before[0] :], *world.channel.sent[before[1] :]]

    await begin(world)
    await morning("03")
    world.at("2026-03-03T15:00+08:00")
    await world.say(1, "There is no fourth retry: after the third failure the invoice has the status `failed`.")
    await morning("04")
    world.at("2026-03-04T22:00+08:00")
    await world.open_pull(body=DECISION)
    await morning("05")
    await morning("06")
    world.at("2026-03-06T16:00+08:00")
    await world.say(5, "D1: the database.")
    await world.review("CHANGES_REQUESTED", "The third retry waits 30 minutes in the code, and 25 in the issue.")
    await morning("09")
    await world.push()
    await world.merge()
    await morning("10")
    await morning("11")

    assert told == snapshot
    assert world.github.repository.pinned == [FIRST]
    assert [each for each in world.written() if each.startswith("POST")].count("POST /repos/acme/billing/issues") == 1


async def test_each_is_called_on_their_own_morning_and_nobody_twice_for_the_same(world):
    await begin(world)
    seen = []
    for hour in range(8, 14):
        await world.pass_until(f"2026-03-03T{hour:02}:30+08:00")
        seen.append((hour, len(world.calls)))
    assert seen == [(8, 0), (9, 1), (10, 1), (11, 1), (12, 1), (13, 1)]
    assert world.calls[0].startswith("@dana, next:")

    await world.pass_until("2026-03-06T20:00+08:00")
    assert len(world.calls) == 1


async def test_a_contractor_is_called_at_nine_on_their_own_clock(world):
    await begin(world)
    world.at("2026-03-03T15:00+08:00")
    await world.say(1, "There is no fourth retry: after the third failure the invoice has the status `failed`.")
    await world.pass_until("2026-03-04T09:59+08:00")  # 08:59 in Magelang
    assert len(world.calls) == 0
    await world.pass_until("2026-03-04T10:09+08:00")
    assert [each.partition(",")[0] for each in world.calls] == ["@sari"]


async def test_a_contractor_who_comes_in_after_the_teams_morning_is_called_on_their_own_of_that_day(world):
    await begin(world, "2026-03-03T12:00+08:00")
    world.github.issue(2, title="Export invoices", body=BODY, created_at=world.now)
    await world.assign("mads", number=2)
    await world.pass_until("2026-03-03T08:59+01:00")
    assert len(world.calls) == 1
    await world.pass_until("2026-03-03T09:05+01:00")
    assert world.calls[1].startswith("@mads, next:")


async def test_what_somebody_is_called_for_is_named_before_what_they_know(world):
    for number in range(1, 7):
        world.github.issue(number, title=f"Export {number}", body=BODY, created_at=world.now)
        await world.assign(number=number)
    await world.pass_until("2026-03-03T15:00+08:00")
    world.github.issue(7, title="Export 7", body=BODY, created_at=world.now)
    await world.assign(number=7)
    await world.pass_until("2026-03-04T10:09+08:00")
    told = ["#7", "#1", "#2", "#3", "#4"]
    assert re.findall(r"(?<=- \[)#\d+", world.calls[1]) == told
    assert "\n- and 2 more\n" in world.calls[1]


@pytest.mark.parametrize("is_known", [False, True], ids=["new", "returning"])
async def test_what_a_contractor_is_handed_in_their_morning_they_are_told_on_the_next(world, is_known):
    await world.assign("sari" if is_known else "mads")
    await world.pass_until("2026-03-03T17:00+08:00")
    await world.close()
    await world.pass_until("2026-03-05T12:00+08:00", step=timedelta(hours=1))
    before = len(world.calls), len(world.channel.sent)
    world.github.issue(2, title="Export invoices", body=BODY, created_at=world.now)
    await world.assign("sari", number=2)
    await world.pass_until("2026-03-06T08:59+08:00")
    assert (len(world.calls), len(world.channel.sent)) == before
    await world.pass_until("2026-03-06T10:09+08:00")
    assert world.calls[before[0] :][-1].startswith("@sari, next:")


@pytest.mark.parametrize(
    ("contractor", "handed", "before", "after"),
    [
        pytest.param(
            "mads", "2026-03-27T16:00+08:00", "2026-03-30T06:59Z", "2026-03-30T07:05Z", id="summer-time-began"
        ),
        pytest.param(
            "mads", "2026-10-23T16:00+08:00", "2026-10-26T07:59Z", "2026-10-26T08:05Z", id="summer-time-ended"
        ),
        pytest.param("rui", "2026-03-02T22:00+08:00", "2026-03-03T11:59Z", "2026-03-03T12:05Z", id="half-a-day-behind"),
        pytest.param("sari", "2026-03-18T20:00+08:00", "2026-03-20T01:59Z", "2026-03-20T02:05Z", id="holiday"),
        pytest.param("sari", "2026-03-06T18:30+08:00", "2026-03-09T01:59Z", "2026-03-09T02:05Z", id="weekend"),
    ],
)
async def test_only_days_that_somebody_works_have_a_morning(world, contractor, handed, before, after):
    world.at(handed)
    await world.assign(contractor)
    await world.pass_until(before)
    assert not any(f"@{contractor}" in each for each in world.calls)
    await world.pass_until(after)
    assert len([each for each in world.calls if each.startswith(f"@{contractor}, next:")]) == 1


async def test_who_is_away_is_called_when_they_are_back():
    away = "dana: {role: team, away: [2026-03-03/2026-03-05]}"
    world = DigestWorld(POLICY.replace("dana: {role: team}", away))
    await begin(world, "2026-03-06T08:59+08:00")
    assert world.calls == []
    assert "to answer" in world.text  # the team has its mornings all the same
    await world.pass_until("2026-03-06T09:09+08:00")
    assert len(world.calls) == 1


async def test_who_has_no_zone_is_not_called():
    world = DigestWorld(POLICY.replace("team: {timezone: Asia/Taipei, holidays: TW}", "team: {}"))
    await begin(world, "2026-03-04T20:00+08:00")
    assert world.calls == []
    assert "to answer" in world.text


@pytest.mark.parametrize(
    "policy",
    [
        POLICY.replace("digest: {enabled: true}", ""),
        POLICY + "handover: {enabled: false}\n",
    ],
    ids=["by-default", "without-hand-overs"],
)
async def test_it_is_off(policy):
    world = DigestWorld(policy)
    world.slack = channel = FakeSlack()
    await begin(world, "2026-03-04T20:00+08:00")
    assert (world.issue_of_ours, channel.sent) == (None, [])


async def test_a_policy_that_turns_it_on_is_noticed_before_the_next_morning():
    world = DigestWorld(POLICY.replace("digest: {enabled: true}", ""))
    await begin(world, "2026-03-03T20:00+08:00")
    world.github.repository.policy = POLICY
    await world.say(1, "Any news?")
    await world.pass_until("2026-03-04T09:05+08:00")
    assert len(world.calls) == 1


async def test_a_digest_that_is_turned_off_stays_as_it_is(world):
    await begin(world, "2026-03-03T20:00+08:00")
    text, sent = world.text, len(world.channel.sent)
    world.github.repository.policy = POLICY.replace("enabled: true", "enabled: false")
    await world.say(1, "There is no fourth retry: after the third failure the invoice has the status `failed`.")
    await world.pass_until("2026-03-05T20:00+08:00")
    assert (world.text, len(world.calls), len(world.channel.sent)) == (text, 1, sent)


async def test_the_team_sees_what_is_ready_and_nobody_has(world):
    for number, labels, assignees in ((2, ["handoff: ready"], []), (3, ["handoff: ready"], ["mads"]), (4, [], [])):
        world.github.issue(number, title=f"Export invoices {number}", labels=labels, assignees=assignees)
    await begin(world, "2026-03-03T10:00+08:00")
    link = "[#2](https://github.com/acme/billing/issues/2) `Export invoices 2`"
    assert f"### Ready to hand over\n\n- {link}\n\n" in world.text


async def test_whoever_a_description_names_is_not_called(world):
    await world.assign()
    await world.open_pull(body=DECISION.replace("dana", "@octocat"))
    await world.pass_until("2026-03-03T12:00+08:00")
    assert "octocat" not in "".join(world.calls)
    assert [each.partition(",")[0] for each in world.calls] == ["@dana"]


async def test_our_issue_is_not_judged_and_not_handed_over(world):
    await begin(world, "2026-03-03T10:00+08:00")
    comments = len(world.github.ours(FIRST))
    world.github.set_label(FIRST, "handoff", by="dana")
    await world.issue("labeled", FIRST)
    await world.assign("mads", number=FIRST)
    assert len(world.github.ours(FIRST)) == comments
    assert world.github.repository.issues[FIRST].labels == ["handoff"]
    assert await world.ledger(FIRST) is None
    assert f"issue:12:{FIRST}" not in world.store.verdicts


async def test_our_issue_is_in_no_report_on_the_backlog(world):
    await begin(world, "2026-03-03T10:00+08:00")
    subject = Subject(kind=Kind.BACKLOG_REPORT, installation=99, repository=12, repository_node="R_acme_billing")
    page = await read.scan_page(world.github, subject, Spot(part=Part.ISSUES))
    assert [each.number for each in page.items] == [1]


@pytest.mark.parametrize("by", ["closed", "locked"])
async def test_an_issue_that_a_person_shut_gets_no_comment(world, by):
    await begin(world, "2026-03-03T08:00+08:00")
    await world.pass_until("2026-03-03T09:30+08:00")
    shut = world.issue_of_ours
    shut.state, shut.locked = ("CLOSED", False) if by == "closed" else ("OPEN", True)
    text = shut.body
    world.at("2026-03-03T15:00+08:00")
    await world.say(1, "There is no fourth retry: after the third failure the invoice has the status `failed`.")
    await world.pass_until("2026-03-05T20:00+08:00")
    assert len(world.calls) == 1
    assert (world.text == text) is (by == "closed")
    assert FIRST + 1 not in world.github.repository.issues


async def test_an_issue_that_a_person_deleted_is_made_anew(world):
    await begin(world, "2026-03-03T20:00+08:00")
    del world.github.repository.issues[FIRST]
    world.github.repository.issues[FIRST + 5] = world.github.issue(2)  # others go on
    await world.pass_until("2026-03-04T20:00+08:00")
    assert "to answer" in world.text


async def test_where_github_does_not_pin_it_is_left_unpinned_and_said(world):
    world.github.repository.pinned = [7, 8, 9]
    with capture_logs() as logs:
        await begin(world, "2026-03-03T20:00+08:00")
    assert [each["reason"] for each in logs if each["event"] == "digest.unpinned"] == [
        "Maximum 3 pinned issues per repository"
    ]
    assert len(world.calls) == 1


async def test_a_morning_costs_one_look_and_what_it_writes_and_all_other_ticks_nothing(world):
    await begin(world, "2026-03-03T08:55+08:00")

    def asked() -> int:
        return sum("query Digest" in str(each.body) for each in world.github.calls)

    assert asked() == 0
    await world.pass_until("2026-03-03T09:00+08:00")
    assert (asked(), len(world.written())) == (2, 2)  # a second look at the issue that was just opened
    await world.pass_until("2026-03-03T10:00+08:00")  # sari's morning
    assert (asked(), world.written()[2:]) == (3, [f"PATCH /repos/acme/billing/issues/{FIRST}"])
    await world.pass_until("2026-03-04T08:55+08:00")
    assert (asked(), len(world.written())) == (3, 3)


class TestElsewhere:
    """A digest in another repository than its hand-overs'."""

    @pytest.fixture
    def home(self, world) -> FakeRepository:
        made = FakeRepository(id=13, node_id="R_acme_handoff", name="acme/handoff")
        world.github.others.append(made)
        world.github.repository.policy = POLICY.replace("enabled: true", "enabled: true, repository: acme/handoff")
        return made

    async def test_it_tells_numbers_and_people_and_no_words_of_a_private_one(self, world, home, snapshot):
        await begin(world)
        await world.open_pull(body=DECISION)
        await world.pass_until("2026-03-03T09:40+08:00")
        assert world.issue_of_ours is None
        assert [home.issues[FIRST].body, *(each.text for each in home.comments)] == snapshot
        assert home.pinned == [FIRST]

    async def test_its_first_hand_over_of_its_own_repeats_nothing(self, world, home):
        home.policy = world.github.repository.policy
        await begin(world, "2026-03-03T20:00+08:00")
        sent = len(world.channel.sent)
        ledger = replace(await world.ledger(), repository=home.name, ended_at=world.now)
        own = replace(ISSUE, repository=home.id, repository_node=home.node_id)
        await world.store.keep_handover(Kept(subject=own, handover=ledger))
        await world.pass_until("2026-03-05T20:00+08:00")
        assert (len(home.comments), home.pinned, len(world.channel.sent)) == (1, [FIRST], sent)

    async def test_it_tells_words_of_what_everybody_may_read(self, world, home):
        world.github.repository.private = home.private = False
        await begin(world, "2026-03-03T10:00+08:00")
        assert "`Retry failed invoices`" in home.issues[FIRST].body

    async def test_where_everybody_reads_nothing_is_told_of_a_private_one(self, world, home):
        home.private = False
        with capture_logs() as logs:
            await begin(world, "2026-03-03T10:00+08:00")
        assert (home.issues, home.comments) == ({}, [])
        assert "digest.withheld" in {each["event"] for each in logs}

    async def test_one_that_is_out_of_reach_is_said_and_slack_has_it_all_the_same(self, world, home):
        world.github.others.clear()
        with capture_logs() as logs:
            await begin(world, "2026-03-03T09:30+08:00")
        assert [each["event"] for each in logs if each["event"].startswith("digest")] == ["digest.unwritten"]
        assert len(world.channel.sent) == 1
