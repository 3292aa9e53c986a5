"""Hand-overs from the assignment to the merge, over days and zones: who waits for whom, and what is said of it."""

from dataclasses import replace

import pytest

from tests.fake_handover import FakeDeed
from tests.handover_world import HandoverWorld

POLICY = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00, holidays: TW}
people:
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00, holidays: ID}
  mads: {role: contractor, timezone: Europe/Copenhagen, hours: 08:00-16:00}
  ana: {role: contractor, timezone: America/Sao_Paulo, hours: 10:00-18:00, away: [2026-03-10/2026-03-12]}
"""

READY = """## Context

`billing/retry.py` sends each failed invoice to the bank once. The bank times out twice a day, and the invoices of
these minutes stay unpaid until somebody looks.

## What to build

`POST /invoices/{id}/retry` with the body `{"reason": "timeout"}` answers 202 and puts the invoice into the table
`retries` with the columns `invoice_id`, `attempt`, `due_at`. A worker sends what is due, at most five times, each time
after twice the pause of the time before, beginning with one minute.

## Acceptance criteria

- `POST /invoices/{id}/retry` for a failed invoice answers 202, and `retries` holds one row with `attempt` 1.
- For an invoice that is paid it answers 409 with `{"error": "already paid"}`, and `retries` is unchanged.
- After the fifth attempt the invoice has the state `given-up`, and no row is left in `retries`.

## Out of scope

The page that lists failed invoices, and e-mails to customers.

## Edge cases

- An unknown id answers 404.
- Two calls at once make one row.
- When the bank is down for an hour, the worker goes on with the next invoice.
"""

TRACE = """Closes #1. Adds the retry, because invoices stayed unpaid whenever the bank timed out.

| id | where |
| --- | --- |
| AC1 | `tests/test_retry.py::test_retry_is_accepted` |
| AC2 | `tests/test_retry.py::test_paid_is_refused` |
"""


@pytest.fixture
def world():
    world = HandoverWorld(POLICY)
    world.at("2026-03-02T10:00+08:00")
    world.github.issue(1, title="Retry failed invoices at the bank", body=READY)
    return world


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


class TestCommands:
    """`/handoff question`, `answer`, `decide`, `update` and `walk`."""

    @pytest.mark.parametrize(
        ("author", "text"),
        [
            pytest.param("sari", "question", id="a question without words"),
            pytest.param("sari", "answer", id="an answer without words"),
            pytest.param("dana", "answer It counts.", id="an answer to nothing"),
            pytest.param("dana", "answer Q7 It counts.", id="an answer to no row"),
            pytest.param("dana", "decide", id="a decision without words"),
            pytest.param("dana", "decide D7 UTC", id="a decision of no row"),
            pytest.param("sari", "decide We keep UTC.", id="a decision by the contractor"),
            pytest.param("pat", "question Does it count?", id="a question by a stranger"),
            pytest.param("pat", "decide We keep UTC.", id="a decision by a stranger"),
            pytest.param("dana", "walk AC1 met", id="a walk on an issue"),
        ],
    )
    async def test_what_is_refused_says_why_and_changes_nothing(self, handed, snapshot, author, text):
        before = await handed.ledger()
        await handed.say(1, f"/handoff {text}", author)
        assert [each.partition("\n")[0] for each in handed.said()] == snapshot
        assert replace(await handed.ledger(), active_at=None) == before

    @pytest.mark.parametrize("text", ["question Does it count?", "answer Yes.", "decide UTC", "update"])
    async def test_where_nothing_is_handed_over_they_are_refused(self, world, snapshot, text):
        await world.say(1, f"/handoff {text}", "dana")
        assert [each.partition("\n")[0] for each in world.said()] == snapshot

    async def test_a_question_and_its_answer(self, handed):
        await handed.say(1, "/handoff question Does a retry by hand count", "sari")
        asked = await handed.next()
        await handed.say(1, "/handoff answer Q1 It counts.", "dana")
        [row] = (await handed.ledger()).questions
        assert (asked, row.answer, await handed.next()) == ("dana to answer", "It counts.", "sari to go on")

    async def test_a_decision(self, handed):
        await handed.say(1, "Needs a decision: UTC or local time? @dana", "sari")
        await handed.say(1, "/handoff decide UTC", "dana")
        [row] = (await handed.ledger()).decisions
        assert (row.decision, row.decided_by) == ("UTC", "dana")

    async def test_an_update_is_judged_by_its_parts(self, handed, snapshot):
        await handed.say(1, "/handoff update\nDone: the route.", "sari")
        [update] = (await handed.ledger()).updates
        assert handed.said() == snapshot
        assert update.by == "sari"

    async def test_an_update_alone_is_answered_with_one_to_fill_in(self, handed, snapshot):
        await handed.say(1, "/handoff question Does a retry by hand count", "sari")
        await handed.say(1, "/handoff update", "sari")
        assert handed.said() == snapshot

    async def test_a_trace_table_for_this_very_issue(self, handed, snapshot):
        await handed.say(1, "/handoff template", "sari")
        assert handed.said()[0].partition("**No skeleton")[0] == snapshot


class TestWalk:
    """The reviewer's walk over the acceptance criteria."""

    @pytest.fixture
    async def opened(self, handed):
        await handed.open_pull(body=TRACE)
        return handed

    async def found(self, world):
        return [f"{each.criterion} {each.grade} {each.remark} by {each.by}" for each in (await world.ledger()).walked]

    async def test_by_command(self, opened):
        await opened.say(5, "/handoff walk AC1 met, AC2 partly: no test, AC3 not", "dana")
        assert await self.found(opened) == ["AC1 met  by dana", "AC2 partly no test by dana", "AC3 not  by dana"]

    async def test_by_boxes(self, opened, snapshot):
        await opened.say(5, "/handoff walk", "dana")
        assert opened.said(5) == snapshot
        await opened.tick_box("`AC2` not", by="dana")
        assert await self.found(opened) == ["AC2 not  by dana"]

    async def test_the_check_shows_it(self, opened):
        await opened.say(5, "/handoff walk AC3 not: nothing gives up", "dana")
        assert "not: `nothing gives up`" in opened.github.repository.runs[-1].sent["output"]["text"]

    async def test_the_contractors_own_ticks_are_no_review(self, opened):
        await opened.say(5, "/handoff walk", "dana")
        await opened.tick_box("`AC2` met", by="sari")
        assert await self.found(opened) == []

    async def test_nor_do_they_become_one_when_a_reviewer_ticks_another_box(self, opened):
        await opened.say(5, "/handoff walk", "dana")
        await opened.tick_box("`AC2` met", by="sari")
        await opened.tick_box("`AC3` not", by="dana")
        await opened.pull("edited")
        assert await self.found(opened) == ["AC3 not  by dana"]

    async def test_what_cannot_be_taken_is_said(self, opened, snapshot):
        await opened.say(5, "/handoff walk AC1 met, AC9 not", "dana")
        assert opened.said(5) == snapshot
        assert await self.found(opened) == ["AC1 met  by dana"]

    async def test_without_promises_there_is_nothing_to_walk_through(self, world, snapshot):
        world.github.pull(5, author="sari", body="Adds the retry.")
        await world.say(5, "/handoff walk", "dana")
        assert world.said(5) == snapshot


async def test_a_conversation_of_hundreds_goes_on_where_it_was(handed):
    await handed.say(1, "Does a retry by hand count as an attempt?", "sari")
    for minute in range(150):
        handed.github.repository.timeline.append(FakeDeed("ReopenedEvent", 1, handed.now, "flow[bot]", id=minute))

    await handed.say(1, "Yes, it counts as an attempt.", "dana")

    ledger = await handed.ledger()
    assert [each.id for each in ledger.questions] == ["Q1"]
    assert ledger.picked_up_at == handed.now
