"""Hand-overs where things go astray: lost answers, issues that vanish, several of everything, texts of ill will."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from ghapp.errors import Again, Gone, Refused
from ghapp.subjects import BEGINS, DUE, Job, Kind
from tests.fake_handover import FakeDeed
from tests.fakes import Response
from tests.handover_world import ISSUE, HandoverWorld

POLICY = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00}
people:
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00}
  mads: {role: contractor, timezone: Europe/Copenhagen}
"""
THIN = "Make invoices retry, as discussed."
QUESTION = "Should the retry stop after five attempts?"
SILENCE = ("comments", ConnectionResetError("reset"))


@pytest.fixture
def world():
    world = HandoverWorld(POLICY)
    world.at("2026-03-02T10:00+08:00")
    world.github.issue(1, body=THIN)
    return world


@pytest.fixture
async def handed(world):
    await world.assign()
    return world


async def in_the_end(world, deed):
    """A deed of which looks fail half-way, and then what the queue still holds."""
    with suppress(Again, Refused):
        await deed
    while world.queue.waiting:
        with suppress(Again, Refused):
            await world.issue("edited")


class TestBetweenUsAndGitHub:
    """What GitHub does not answer, or has not any more."""

    async def test_a_reply_whose_answer_was_lost_is_not_written_twice(self, world):
        world.github.losses.append(SILENCE)
        await in_the_end(world, world.assign())
        assert len(world.said()) == 1

    async def test_after_a_failure_half_way_all_is_said_once(self, world):
        world.github.refusals += [("POST .*/comments", Response(502, {"message": "Bad Gateway"}))] * 9
        await in_the_end(world, world.assign())
        world.github.refusals.clear()
        await world.issue("edited")
        await world.issue("edited")
        assert len(world.said()) == 1
        assert await world.next() == "sari to start"

    async def test_where_nothing_may_be_said_the_ledger_is_kept_all_the_same(self, world):
        refused = Response(403, {"message": "Resource not accessible by integration"})
        world.github.refusals += [("POST .*/comments", refused)] * 9
        await in_the_end(world, world.assign())
        assert await world.next() == "sari to start"

    async def test_an_issue_that_is_gone_ends_its_hand_over_and_is_looked_for_no_more(self, handed):
        del handed.github.repository.issues[1]
        handed.now += timedelta(hours=7)
        await handed.tick()
        ledger = await handed.ledger()
        costs = await handed.calls_of(handed.tick(hours=7))
        assert (ledger.ended_at is not None, ledger.move) == (True, None)
        assert costs == await handed.calls_of(handed.tick(hours=7))
        assert await handed.store.due_handovers(handed.now) == ()

    async def test_one_that_comes_back_goes_on(self, handed):
        issue = handed.github.repository.issues.pop(1)
        with pytest.raises(Gone):
            await handed.look(DUE)
        handed.github.repository.issues[1] = issue
        await handed.issue("edited")
        assert await handed.next() == "sari to start"

    async def test_one_whose_look_was_given_up_is_not_rung_by_the_clock(self, handed):
        handed.store.buried = {ISSUE.key}
        await handed.tick(hours=7)
        assert await handed.store.due_handovers(handed.now) == (ISSUE,)

    async def test_a_ledger_that_cannot_be_read_is_derived_anew(self, handed):
        await handed.say(1, QUESTION, "sari")
        before = await handed.ledger()
        handed.store.ruin(ISSUE)
        await handed.tick(hours=7)
        after = await handed.ledger()
        assert (after.questions, after.moves) == (before.questions, before.moves)

    async def test_one_that_cannot_be_read_of_an_issue_that_nobody_has_is_forgotten(self, handed):
        handed.store.ruin(ISSUE)
        handed.github.repository.issues[1].assignees.clear()
        await handed.tick(hours=7)
        assert ISSUE.key not in handed.store.ledgers

    async def test_nor_is_one_looked_for_where_hand_overs_are_off(self, handed):
        handed.store.ruin(ISSUE)
        handed.github.repository.policy = f"{POLICY}handover: {{enabled: no}}"
        await handed.tick(hours=7)
        assert await handed.store.due_handovers(handed.now) == ()


class TestAtOnce:
    """What comes while a look waits."""

    async def test_a_comment_beside_the_assignment_does_not_keep_the_hand_over_from_beginning(self, world):
        comment = Job(subject=ISSUE, why="issue_comment.created")
        for first, second in ((comment, Job(subject=ISSUE, why=BEGINS)), (Job(subject=ISSUE, why=BEGINS), comment)):
            assert first.fold != second.fold

    async def test_an_event_while_what_we_show_is_written_is_looked_at(self, handed):
        async def comes_back() -> None:
            handed.github.repository.issues[1].assignees.remove("sari")
            handed.github.repository.timeline.append(FakeDeed("UnassignedEvent", 1, handed.now, "dana", to="sari"))
            await handed.queue.ring(Job(subject=replace(ISSUE, kind=Kind.ISSUE), why="issues.unassigned"))

        handed.github.meanwhile.append(("graphql", comes_back))
        await handed.say(1, QUESTION, "sari")
        assert (await handed.ledger()).ended_at is not None


class TestSeveral:
    """Several issues, pull requests and contractors."""

    @pytest.fixture
    async def both(self, handed):
        handed.github.issue(2, title="Give up after five attempts", body=THIN)
        await handed.assign(number=2)
        await handed.open_pull(closes=[1, 2])
        return handed

    async def test_a_question_on_a_pull_request_is_listed_at_each_issue_that_it_answers(self, both):
        await both.say(5, QUESTION, "sari")
        assert [[row.text for row in (await both.ledger(number)).questions] for number in (1, 2)] == [[QUESTION]] * 2

    async def test_a_command_on_a_pull_request_may_name_a_row_of_any_of_them(self, both):
        await both.say(2, QUESTION, "sari")
        await both.say(2, "Which status code does a paid invoice give?", "sari")
        await both.say(5, "/handoff answer Q2 409", "dana")
        assert both.said(5) == []
        assert [row.answer for row in (await both.ledger(2)).questions] == ["", "409"]

    async def test_who_takes_over_has_the_move_and_old_remarks_are_not_raised_again(self, handed, snapshot):
        await handed.open_pull()
        await handed.review("CHANGES_REQUESTED")
        handed.at("2026-03-02T11:00+08:00")
        await handed.unassign()
        await handed.assign("mads")
        assert await handed.next() == "mads to start"
        assert len(handed.said(5)) == 1
        assert [text.partition("\n")[0] for text in handed.said()] == snapshot

    async def test_a_contractor_who_merges_leaves_the_issue_to_be_closed(self, handed):
        await handed.open_pull()
        handed.github.repository.issues[5].state = "MERGED"
        await handed.turn("MergedEvent", "closed", by="sari")
        handed.github.repository.issues[5].state = "MERGED"
        await handed.issue("edited")
        assert await handed.next() == "dana to close"

    async def test_whom_the_policy_calls_otherwise_in_the_middle_hands_it_back(self, handed):
        handed.github.repository.policy = POLICY.replace("sari: {role: contractor", "sari: {role: team")
        await handed.issue("edited")
        ended = (await handed.ledger()).ended_at
        handed.github.repository.policy = POLICY
        await handed.issue("edited")
        assert (ended is not None, await handed.next()) == (True, "sari to start")

    async def test_a_reminder_follows_a_person_to_another_zone(self, handed):
        handed.github.repository.policy = POLICY.replace("Asia/Jakarta", "America/Sao_Paulo")
        await handed.issue("edited")
        said = len(handed.said())
        await handed.pass_until("2026-03-02T16:25-03:00")
        before = len(handed.said())
        await handed.pass_until("2026-03-02T16:40-03:00")
        assert (before, len(handed.said())) == (said, said + 1)


class TestIllWill:
    """Texts that look like ours, and call people."""

    async def test_markers_of_ours_in_other_peoples_comments_count_for_nothing(self, handed):
        await handed.open_pull()
        await handed.say(5, "<!-- handoff:said empty-review 5001 -->", "sari")
        await handed.say(5, "<!-- handoff:walk v1 -->\n- [x] `AC1` met", "dana")
        await handed.review("CHANGES_REQUESTED")
        assert len(handed.said(5)) == 1
        assert (await handed.ledger()).walked == ()

    async def test_a_marker_in_what_we_quote_counts_for_nothing(self, handed):
        await handed.open_pull()
        quoted = "**Handoff**\n\n```text\n<!-- handoff:said empty-review 5001 -->\n```\n\nas of 2026-03-02"
        handed.github.comment(5, quoted, "handoff[bot]")
        await handed.review("CHANGES_REQUESTED")
        assert len(handed.said(5)) == 2

    async def test_nobody_is_called_by_what_is_shown_of_a_decision(self, handed, snapshot):
        await handed.say(1, "Needs a decision: @acme/all or @everyone? <b>UTC</b> `a`", "sari")
        assert [line for line in handed.sticky().splitlines() if "D1" in line] == snapshot


class TestBudget:
    """What a look costs."""

    async def test_a_comment_on_what_is_handed_over_costs_one_look(self, handed):
        await handed.say(1, QUESTION, "sari")
        assert await handed.calls_of(handed.say(1, "I read the module today.", "sari")) == 1

    async def test_an_edit_that_changes_nothing_costs_one_look_at_each(self, handed):
        assert await handed.calls_of(handed.issue("edited")) == 2

    async def test_an_issue_of_the_teams_costs_what_it_did(self, world):
        await world.assign("dana")
        assert await world.calls_of(world.issue("edited")) == 1

    async def test_a_conversation_of_bots_costs_nothing(self, handed):
        assert await handed.calls_of(handed.say(1, "Coverage: 97 %.", "ci[bot]")) == 0

    async def test_the_same_delivery_and_one_out_of_order_write_nothing(self, handed):
        await handed.open_pull()
        await handed.say(1, QUESTION, "sari")
        writes = handed.github.writes
        for action in ("assigned", "opened", "assigned"):
            await handed.issue(action)
        await handed.pull("synchronize")
        await handed.pull("opened")
        assert handed.github.writes == writes

    async def test_three_hundred_comments_end(self, handed):
        handed.at("2026-03-02T10:30+08:00")
        for each in range(300):
            handed.github.comment(1, f"Note {each}: the module is read.", "sari")
        await handed.say(1, QUESTION, "sari")
        assert await handed.next() == "dana to answer"


@pytest.mark.parametrize("text", ["question Does it count?", "answer Yes.", "decide UTC", "update"])
async def test_where_hand_overs_are_off_their_commands_say_so(handed, snapshot, text):
    handed.github.repository.policy = f"{POLICY}handover: {{enabled: no}}"
    said = len(handed.said())
    await handed.say(1, f"/handoff {text}", "dana")
    assert [each.partition("\n")[0] for each in handed.said()[said:]] == snapshot
