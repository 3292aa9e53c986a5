"""The commands of hand-overs: `/handoff question`, `answer`, `decide`, `update` and `walk`."""

from dataclasses import replace

import pytest

from tests.handover_texts import POLICY, READY, TRACE, ready_to_hand_over


@pytest.fixture
def world():
    return ready_to_hand_over(POLICY)


@pytest.fixture
async def handed(world):
    await world.assign()
    return world


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

    async def test_of_two_issues_each_id_goes_behind_its_own(self, opened):
        opened.github.issue(2, title="Retry refunds at the bank", body=READY)
        opened.github.repository.issues[5].closes.append(2)
        await opened.say(5, "/handoff walk AC1 met, acme/billing#1 AC2 not, acme/billing#2 AC3 met", "dana")
        assert await self.found(opened) == ["AC2 not  by dana"]

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
