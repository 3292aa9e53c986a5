"""What hand-overs leave for the report, over weeks and zones: a team in Taipei, contractors in three other places."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from config.people import Role
from ghapp.backlog.figures import share
from ghapp.trends.figures import Figures, figures
from tests.ghapp.trends.handed import POLICY
from tests.handover_world import ISSUE, HandoverWorld

STEP = timedelta(hours=3)


@pytest.fixture
def world():
    world = HandoverWorld(POLICY)
    world.at("2026-03-02T10:00+08:00")
    world.github.issue(1, title="Retry failed invoices", body="Make invoices retry, as discussed.")
    return world


async def told(world, since: date = date(2026, 3, 2)) -> Figures:
    found = figures("acme/billing", await world.store.weeks_of("acme/billing"), since=since, now=world.now)
    assert found
    return found


async def hours(world) -> dict[str, float]:
    """How long each person was waited for."""
    people = (await told(world)).people
    return {each.login: round(each.turns.worked / timedelta(hours=1), 2) for each in people}


async def step(world, moment: str, deed) -> None:
    await world.pass_until(moment, step=STEP)
    await deed()


async def test_a_hand_over_of_two_weeks(world):
    await world.assign()
    await step(world, "2026-03-02T15:00+07:00", lambda: world.say(1, "Which error does a paid invoice get?", "sari"))
    await step(
        world, "2026-03-03T11:00+08:00", lambda: world.say(1, "It gets 409, with the words already paid.", "dana")
    )
    await step(world, "2026-03-05T14:00+07:00", lambda: world.open_pull(body="Closes #1. Adds the retry."))
    await step(world, "2026-03-06T10:00+08:00", lambda: world.review("CHANGES_REQUESTED", "409 lacks its words."))
    await step(world, "2026-03-09T11:00+07:00", world.push)
    await step(world, "2026-03-10T09:30+08:00", lambda: world.review("CHANGES_REQUESTED", "The test is missing."))
    await step(world, "2026-03-10T15:00+07:00", world.push)
    await step(world, "2026-03-11T09:30+08:00", world.merge)

    found = await told(world)
    first, second = found.weeks

    assert [(each.handed, each.in_hand, each.questions, each.rounds) for each in (first, second)] == [
        (1, 1, 1, 1),
        (0, 1, 0, 1),
    ]
    assert (found.whole.ready, found.whole.judged, found.not_over) == (0, 1, 0)
    # dana: Monday 16-18 and Tuesday 9-11, Thursday 15-18 and Friday 9-10; Monday 12-18 and Tuesday 9-9:30, then 16-18
    # and 9-9:30. sari: Monday 9-15, from Tuesday 10 to Thursday 14, from Friday 9 to Monday 11, Tuesday 9-15.
    assert await hours(world) == {"dana": 2 + 2 + 3 + 1 + 6 + 0.5 + 2 + 0.5, "sari": 6 + 7 + 8 + 5 + 8 + 2 + 6}
    assert found.whole.team.longest == timedelta(hours=6.5)


@pytest.mark.parametrize(
    ("who", "begin", "until", "spent"),
    [
        pytest.param(
            "sari", "2026-03-18T15:00+07:00", "2026-03-20T10:00+07:00", 3, id="Magelang, over a public holiday"
        ),
        pytest.param("mads", "2026-03-27T14:00+01:00", "2026-03-30T10:00+02:00", 4, id="Copenhagen, over summer time"),
        pytest.param("ana", "2026-03-09T16:00-03:00", "2026-03-13T11:00-03:00", 3, id="Sao Paulo, over days away"),
    ],
)
async def test_waiting_is_in_working_hours_of_who_is_waited_for(world, who, begin, until, spent):
    world.at(begin)
    await world.assign(who)
    await world.pass_until(until, step=STEP)

    assert await hours(world) == {who: spent}
    assert (await told(world)).people[0].turns.running == 1


async def test_other_hours_from_tomorrow_on_do_not_rewrite_what_is_past(world):
    await world.assign()
    await world.pass_until("2026-03-03T17:00+07:00", step=STEP)
    before = await hours(world)
    world.github.repository.policy = POLICY.replace("09:00-17:00", "09:00-10:00")
    await world.pass_until("2026-03-05T18:00+07:00", step=STEP)

    assert (before, await hours(world)) == ({"sari": 16}, {"sari": 16 + 1 + 1})


async def test_a_look_that_comes_late_finds_the_same(world):
    await world.assign()
    quick = HandoverWorld(POLICY)
    quick.at("2026-03-02T10:00+08:00")
    quick.github.issue(1, title="Retry failed invoices", body="Make invoices retry, as discussed.")
    await quick.assign()
    await quick.pass_until("2026-03-12T15:00+07:00", step=STEP)
    world.at("2026-03-12T15:00+07:00")
    for each in (world, quick):
        await each.say(1, "Which error does a paid invoice get?", "sari")

    assert await hours(world) == await hours(quick)
    assert (await told(world)).whole == (await told(quick)).whole


async def test_an_issue_that_goes_to_another_contractor_is_two_hand_overs(world):
    await world.assign()
    await world.pass_until("2026-03-03T14:00+07:00", step=STEP)
    await world.unassign()
    await world.pass_until("2026-03-04T09:00+01:00", step=STEP)
    await world.assign("mads")
    await world.pass_until("2026-03-04T11:00+01:00", step=STEP)

    found = await told(world)

    assert (found.whole.handed, found.whole.in_hand, found.not_over) == (2, 2, 1)
    assert await hours(world) == {"sari": 8 + 5, "mads": 2}


async def test_so_it_is_when_nobody_told_us_that_the_first_one_was_taken_off(world):
    await world.assign()
    await world.pass_until("2026-03-03T12:00+07:00", step=STEP)
    world.github.repository.issues[1].assignees.remove("sari")
    await world.assign("mads")

    found = await told(world)

    assert (found.whole.handed, found.not_over) == (2, 1)
    assert [each.ended_at is None for each in await world.store.weeks(ISSUE)] == [False, True]


async def test_a_report_between_two_looks_counts_up_to_now(world):
    await world.assign()
    world.now += timedelta(hours=2)

    assert await hours(world) == {"sari": 2}
    assert json.loads(world.store.kept_weeks[ISSUE.key])[0]["waits"][0]["worked"] == "PT0S"


async def test_where_hand_overs_are_off_nothing_is_kept():
    world = HandoverWorld("handover: {enabled: no}\npeople: {sari: {role: contractor}}")
    world.github.issue(1)
    await world.assign()

    assert await world.store.weeks(ISSUE) == ()


async def test_what_is_kept_holds_no_title_and_no_words(world):
    await world.assign()
    await world.say(1, "Which error does a paid invoice get?", "sari")

    kept = world.store.kept_weeks[ISSUE.key]

    assert "invoice" not in kept
    assert set(json.loads(kept)[0]) == {
        "repository", "number", "picked_up_at", "monday", "zone", "begins", "outcome", "score", "gaps", "questions",
        "rounds", "waits", "ended_at",
    }  # fmt: skip


async def test_a_quarter_of_hand_overs_says_what_missing_parts_went_with(world):
    body = world.github.repository.issues[1].body
    for number in range(11, 17):
        world.now = datetime(2026, 3, 2, 1, tzinfo=UTC) + timedelta(days=number - 11)
        world.github.issue(number, title="Retry failed invoices", body=body)
        await world.assign(number=number)
        await world.say(number, "Which error does a paid invoice get?", "sari")
        world.now += timedelta(hours=2)
        await world.say(number, "It gets 409, with the words already paid.", "dana")

    found = await told(world)
    costs = {each.criterion: each for each in found.costs}

    assert share(found.whole.ready, found.whole.judged) == "0 %"
    assert costs["acceptance"].thin.handovers == 6
    assert costs["acceptance"].thin.questions == found.whole.questions == 6
    assert costs["acceptance"].others is None
    assert {each.side for each in found.people} == {Role.TEAM, Role.CONTRACTOR}
