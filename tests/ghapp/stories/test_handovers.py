"""Hand-overs from the assignment to the merge, over days and zones: who waits for whom, and what is said of it."""

import pytest

from tests.fake_handover import FakeDeed
from tests.handover_texts import POLICY, READY, TRACE, ready_to_hand_over
from tests.handover_world import HandoverWorld


@pytest.fixture
def world():
    return ready_to_hand_over(POLICY)


@pytest.fixture
async def handed(world):
    await world.assign()
    return world


async def test_an_issue_that_is_ready_is_handed_over_without_a_word(handed, snapshot):
    assert handed.said() == []
    assert [line for line in handed.sticky().splitlines() if "Handed to" in line] == snapshot


async def test_an_issue_that_is_not_ready_is_handed_over_with_one_reply_to_who_did(world, snapshot):
    world.github.repository.issues[1].body = "Make invoices retry, as discussed."

    await world.assign()
    await world.edit("Make invoices retry, as discussed. Soon.")

    assert world.said() == snapshot


async def test_who_works_for_the_team_gets_an_issue_as_before(world):
    await world.assign("dana")

    assert await world.ledger() is None
    assert "Handed to" not in world.sticky()


async def test_an_outside_collaborator_is_a_contractor(world):
    world.github.repository.outside = ["lee"]

    await world.assign("lee")

    assert await world.next() == "lee to start"


async def test_of_issues_that_nobody_was_handed_no_comment_costs_a_call(world):
    await world.assign("dana")
    before = len(world.github.calls)

    await world.say(1, "Should the retry stop after five attempts?", "pat")

    assert len(world.github.calls) == before


async def test_the_whole_way(handed, snapshot):
    steps = []

    async def step(moment, deed):
        handed.at(moment)
        await deed
        steps.append(f"{moment}: {await handed.next()}")

    await step("2026-03-02T15:00+07:00", handed.say(1, "Does a retry by hand count as an attempt?", "sari"))
    await step("2026-03-03T09:30+08:00", handed.say(1, "Good question, I will ask billing.", "dana"))
    await step("2026-03-03T11:00+08:00", handed.say(1, "Yes, it counts as an attempt.", "dana"))
    await step("2026-03-03T16:40+07:00", handed.say(1, "Done: the route.\nNext: the worker.", "sari"))
    await step("2026-03-04T14:00+07:00", handed.open_pull(body=TRACE))
    await step("2026-03-05T10:00+08:00", handed.review("CHANGES_REQUESTED", "AC3 is missing: nothing gives up."))
    await step("2026-03-05T15:00+07:00", handed.push())
    await step("2026-03-06T09:10+08:00", handed.review("APPROVED", "Good."))
    await step("2026-03-06T09:20+08:00", handed.merge())

    ledger = await handed.ledger()
    assert steps == snapshot
    assert (ledger.rounds, ledger.merged, ledger.ended_at is not None) == (1, True, True)
    assert handed.said(1) + handed.said(5) == []


async def test_the_check_shows_each_acceptance_criterion(handed, snapshot):
    await handed.open_pull(body=TRACE)

    [run] = handed.github.repository.runs
    assert run.sent["output"]["text"].partition("</details>")[0] == snapshot


async def test_what_changes_after_the_pick_up_is_shown_on_both_sides(handed, snapshot):
    await handed.open_pull(body=TRACE)

    await handed.edit(
        READY.replace("answers 409 with", "answers 410 with").replace("- Two calls at once make one row.\n", "")
    )

    assert [line for line in handed.sticky().splitlines() if "since pick-up" in line] == snapshot
    assert [
        line for line in handed.github.repository.runs[-1].summary.splitlines() if "since pick-up" in line
    ] == snapshot


async def test_an_answer_stays_out_of_the_spec_until_the_issue_holds_it(handed):
    await handed.say(1, "How long is the first pause?", "sari")
    await handed.say(1, "The first pause is 90 seconds.", "dana")
    out = handed.sticky()

    await handed.edit(READY.replace("beginning with one minute", "the first pause being 90 seconds"))

    assert "1 answered, not in the spec (Q1)" in out
    assert "1 in the spec (Q1)" in handed.sticky()


async def test_what_was_asked_and_decided_is_folded_into_the_comment(handed, snapshot):
    await handed.say(1, "How long is the first pause?\n\nMay two workers run at once?", "sari")
    await handed.say(1, "/handoff answer Q1 90 seconds | as the bank wants it", "dana")
    await handed.say(1, "Needs a decision: UTC or local time? @dana by 2026-03-06", "sari")
    await handed.say(1, "/handoff decide We keep @the queue", "dana")

    assert handed.sticky().partition("asked and decided</summary>")[2].partition("</details>")[0] == snapshot


async def test_what_was_missed_makes_no_difference(handed):
    handed.at("2026-03-02T15:00+07:00")
    handed.github.comment(1, "Does a retry by hand count as an attempt?", "sari")  # its delivery never came
    handed.at("2026-03-04T14:00+07:00")

    await handed.tick()

    assert await handed.next() == "dana to answer"


async def test_looking_again_writes_nothing(handed):
    await handed.open_pull(body=TRACE)
    await handed.say(1, "Does a retry by hand count as an attempt?", "sari")
    before = handed.github.writes

    for action in ("edited", "labeled"):
        await handed.issue(action)
    await handed.pull("edited")

    assert handed.github.writes == before


class TestReviews:
    """A review without words, or one that moves the talk elsewhere, gets one reply."""

    @pytest.fixture
    async def reviewed(self, handed):
        await handed.open_pull(body=TRACE)
        return handed

    async def test_changes_without_words(self, reviewed, snapshot):
        await reviewed.review("CHANGES_REQUESTED")
        await reviewed.push()
        assert reviewed.said(5) == snapshot

    async def test_words_that_move_the_talk_elsewhere(self, reviewed, snapshot):
        await reviewed.review("CHANGES_REQUESTED", "The limit is wrong, let's jump on a call.")
        await reviewed.pull("edited")
        assert reviewed.said(5) == snapshot

    async def test_a_locked_pull_request_is_left_alone(self, reviewed):
        reviewed.github.repository.issues[5].locked = True
        await reviewed.review("CHANGES_REQUESTED")
        assert reviewed.said(5) == []

    async def test_a_lost_answer_is_not_followed_by_a_second_reply(self, reviewed):
        key = "<!-- handoff:said empty-review 5001 -->"
        reviewed.github.comment(5, f"@dana: ...\n\n{key}", "handoff[bot]")
        await reviewed.review("CHANGES_REQUESTED")
        assert len(reviewed.said(5)) == 1


class TestUpdates:
    """At the end of a contractor's day what is active has a written update."""

    async def test_a_missing_one_gets_one_reminder_however_long_it_is_missing(self, handed, snapshot):
        await handed.pass_until("2026-03-06T18:00+07:00")
        assert handed.said() == snapshot

    async def test_it_comes_in_the_contractors_own_evening(self, world):
        await world.assign("ana")
        await world.pass_until("2026-03-02T17:25-03:00")
        before = world.said()
        await world.pass_until("2026-03-02T17:40-03:00")
        assert (before, len(world.said())) == ([], 1)

    async def test_on_days_away_it_does_not_come(self, world):
        world.at("2026-03-09T16:00-03:00")
        await world.assign("ana")
        await world.pass_until("2026-03-12T23:00-03:00")
        assert world.said() == []

    async def test_after_clocks_went_forward_it_comes_at_the_same_hour(self, world):
        world.at("2026-03-27T09:00+01:00")
        await world.assign("mads")
        await world.pass_until("2026-03-30T15:25+02:00")
        before = world.said()
        await world.pass_until("2026-03-30T15:40+02:00")
        assert (before, len(world.said())) == ([], 1)

    async def test_on_a_public_holiday_it_does_not_come(self, world):
        world.at("2026-03-18T15:00+07:00")  # the day before Nyepi
        await world.assign("sari")
        await world.pass_until("2026-03-19T23:00+07:00")
        assert world.said() == []

    async def test_a_written_one_is_enough(self, handed):
        handed.at("2026-03-03T11:00+07:00")
        await handed.say(1, "Done: the route.\nNext: the worker.", "sari")
        await handed.pass_until("2026-03-03T18:00+07:00")
        assert handed.said() == []


class TestOff:
    """One key silences everything."""

    async def test_nothing_begins(self):
        world = HandoverWorld("handover: {enabled: no}\npeople: {sari: {role: contractor}}")
        world.github.issue(1, body="Make invoices retry, as discussed.")
        await world.assign()
        assert (await world.ledger(), world.said()) == (None, [])

    async def test_what_has_begun_goes_quiet(self, handed):
        handed.github.repository.policy = f"{POLICY}handover: {{enabled: no}}"
        await handed.say(1, "Does a retry by hand count as an attempt?", "sari")
        await handed.pass_until("2026-03-04T18:00+07:00")
        assert handed.said() == []
        await handed.issue("edited")
        assert "Handed to" not in handed.sticky()


async def test_a_conversation_of_hundreds_goes_on_where_it_was(handed):
    await handed.say(1, "Does a retry by hand count as an attempt?", "sari")
    for minute in range(150):
        handed.github.repository.timeline.append(FakeDeed("ReopenedEvent", 1, handed.now, "flow[bot]", id=minute))

    await handed.say(1, "Yes, it counts as an attempt.", "dana")

    ledger = await handed.ledger()
    assert [each.id for each in ledger.questions] == ["Q1"]
    assert ledger.picked_up_at == handed.now
