"""Whose turn it is: every deed that passes the next move on, and those that do not."""

from dataclasses import replace

import pytest

from ghapp.handover.facts import Deed, Opinion
from tests.ghapp.handover.people import BEGIN, HOUR, did, facts, handback, ledger, said

ASKS = said("sari", "Should the retry stop after five attempts?")
OPENED = did(Deed.OPENED, "sari", pull=5)
REQUESTED = did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.CHANGES_REQUESTED, text="The limit is missing.")
PUSHED = did(Deed.PUSHED, "sari", pull=5)
ASKS_BACK = did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.COMMENTED, text="Why five attempts and not six?")
RUI_REQUESTED = replace(REQUESTED, by="rui")
ASKS_RUI = did(Deed.REQUESTED, "sari", pull=5, to="rui")
APPROVED = did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.APPROVED)


def on_pull(event):
    return replace(event, pull=5)


CASES = {
    "picked up": ([], "sari to start"),
    "the contractor asks": ([ASKS], "dana to answer"),
    "the contractor asks somebody by name": (
        [said("sari", "@rui should it stop after five attempts?")],
        "rui to answer",
    ),
    "the contractor asks a stranger": ([said("sari", "@pat should it stop after five attempts?")], "dana to answer"),
    "the team will look": ([ASKS, said("dana", "Good question, I will check.")], "dana to answer"),
    "the team answers": ([ASKS, said("dana", "It stops after five attempts.")], "sari to go on"),
    "the team answers one of two": (
        [ASKS, said("sari", "Which status code does a retry of a paid invoice give?"), said("dana", "409 Conflict.")],
        "dana to answer",
    ),
    "the team answers by command": (
        [ASKS, said("dana", "/handoff answer Five.", commands=(("answer", "Five."),))],
        "sari to go on",
    ),
    "a stranger answers": ([ASKS, said("pat", "It stops after five attempts.")], "dana to answer"),
    "a bot answers": ([ASKS, said("ci[bot]", "It stops after five attempts.", by_bot=True)], "dana to answer"),
    "a member whom the policy does not name answers": (
        [ASKS, said("lou", "It stops after five attempts.", is_insider=True)],
        "sari to go on",
    ),
    "the contractor tells how it goes": ([said("sari", "I read the module today.")], "sari to start"),
    "the team asks how it goes": ([said("dana", "How is it going?")], "sari to start"),
    "handed back": ([OPENED], "dana to review"),
    "handed back to a reviewer": ([OPENED, did(Deed.REQUESTED, "sari", pull=5, to="rui")], "rui to review"),
    "reviewed by somebody of whom only the request is known": (
        [OPENED, replace(ASKS_RUI, to="lou"), replace(REQUESTED, by="lou")],
        "sari to take up the review",
    ),
    "the reviewer is asked no more": (
        [OPENED, ASKS_RUI, did(Deed.RELEASED, "sari", pull=5, to="rui")],
        "dana to review",
    ),
    "another one is asked no more": (
        [OPENED, ASKS_RUI, did(Deed.RELEASED, "sari", pull=5, to="lou")],
        "rui to review",
    ),
    "the reviewer is asked no more once reviewed": (
        [OPENED, ASKS_RUI, RUI_REQUESTED, did(Deed.RELEASED, "sari", pull=5, to="rui")],
        "sari to take up the review",
    ),
    "the contractor is asked for a review": (
        [OPENED, did(Deed.REQUESTED, "dana", pull=5, to="mads")],
        "dana to review",
    ),
    "changes are requested": ([OPENED, REQUESTED], "sari to take up the review"),
    "a review that says nothing yet": (
        [OPENED, did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.COMMENTED)],
        "dana to review",
    ),
    "a review at lines": (
        [OPENED, did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.COMMENTED, inline=("Name it `limit`.",))],
        "sari to take up the review",
    ),
    "a review that only promises one": (
        [OPENED, did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.COMMENTED, text="I will look at it tomorrow.")],
        "dana to review",
    ),
    "a review that only asks": ([OPENED, ASKS_BACK], "sari to answer"),
    "the contractor answers what was asked back": (
        [OPENED, ASKS_BACK, on_pull(said("sari", "The bank allows five a day."))],
        "dana to review",
    ),
    "the contractor will answer": ([OPENED, ASKS_BACK, on_pull(said("sari", "I will check."))], "sari to answer"),
    "the contractor pushes what was asked for": ([OPENED, ASKS_BACK, PUSHED], "dana to review"),
    "the team asks back instead of answering": ([ASKS, said("dana", "Which invoices do you mean?")], "sari to answer"),
    "the contractor answers, and waits for the answer again": (
        [ASKS, said("dana", "Which invoices do you mean?"), said("sari", "Those with the state `failed`.")],
        "dana to answer",
    ),
    "the team asks for news instead of answering": ([ASKS, said("dana", "Any update?")], "dana to answer"),
    "a question asked of somebody who has spoken before": (
        [said("lou", "I own the bank's side.", is_insider=True), said("sari", "@lou should it stop after five?")],
        "lou to answer",
    ),
    "pushed by the team": ([OPENED, REQUESTED, did(Deed.PUSHED, "dana", pull=5)], "sari to take up the review"),
    "pushed under an unknown address": ([OPENED, REQUESTED, did(Deed.PUSHED, "", pull=5)], "dana to review"),
    "pushed after another's review": ([OPENED, RUI_REQUESTED, PUSHED], "rui to review"),
    "approved by one while another asks for changes": ([OPENED, RUI_REQUESTED, APPROVED], "sari to take up the review"),
    "approved by one after another's changes were made": ([OPENED, RUI_REQUESTED, PUSHED, APPROVED], "rui to review"),
    "approved by both": (
        [OPENED, RUI_REQUESTED, PUSHED, APPROVED, did(Deed.REVIEWED, "rui", pull=5, opinion=Opinion.APPROVED)],
        "dana to merge",
    ),
    "a draft again while a question waits": (
        [OPENED, on_pull(ASKS), did(Deed.DRAFTED, "sari", pull=5)],
        "dana to answer",
    ),
    "a comment on the pull request": (
        [OPENED, on_pull(said("dana", "The limit is missing in `retry.py`."))],
        "sari to take up the review",
    ),
    "a promise to review": ([OPENED, on_pull(said("dana", "I will look at it tomorrow."))], "dana to review"),
    "pushed after a review": ([OPENED, REQUESTED, PUSHED], "dana to review"),
    "pushed before a review": ([OPENED, PUSHED], "dana to review"),
    "said to be ready again": ([OPENED, REQUESTED, on_pull(said("sari", "PTAL"))], "dana to review"),
    "asked again by button": (
        [OPENED, REQUESTED, did(Deed.REQUESTED, "sari", pull=5, to="dana")],
        "dana to review",
    ),
    "approved": ([OPENED, did(Deed.REVIEWED, "rui", pull=5, opinion=Opinion.APPROVED)], "dana to merge"),
    "the contractor's own review is a comment": (
        [OPENED, REQUESTED, did(Deed.REVIEWED, "sari", pull=5, opinion=Opinion.COMMENTED, text="Fixed.")],
        "sari to take up the review",
    ),
    "a draft again": ([OPENED, did(Deed.DRAFTED, "sari", pull=5)], "sari to go on"),
    "a draft that is ready": (
        [OPENED, did(Deed.DRAFTED, "sari", pull=5), PUSHED, did(Deed.READIED, "sari", pull=5)],
        "dana to review",
    ),
    "closed unmerged": ([OPENED, did(Deed.CLOSED, "dana", pull=5)], "sari to go on"),
    "opened again": ([OPENED, did(Deed.CLOSED, "dana", pull=5), did(Deed.REOPENED, "sari", pull=5)], "dana to review"),
    "needs a decision": (
        [said("sari", "Needs a decision: keep the queue or drop it? @rui")],
        "rui to decide",
    ),
}


@pytest.mark.parametrize(("events", "expected"), CASES.values(), ids=CASES)
def test_who_has_the_next_move(events, expected):
    move = ledger(facts(*events)).move

    assert move
    assert f"{move.owner} {move.why}" == expected


def turn(*events, **second):
    """Whose turn it is where pull request 6 answers the issue as well."""
    seen = facts(*events)
    move = ledger(replace(seen, pulls=(*seen.pulls, handback(number=6, **second)))).move
    assert move
    return f"{move.owner} {move.why} #{move.pull}"


SECOND = replace(OPENED, pull=6)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([OPENED, SECOND], "dana to review #6", id="opened"),
        pytest.param(
            [OPENED, SECOND, did(Deed.CLOSED, "sari", pull=6)], "dana to review #5", id="closed while the first waits"
        ),
        pytest.param(
            [OPENED, SECOND, did(Deed.DRAFTED, "sari", pull=6)], "dana to review #5", id="drafted while the first waits"
        ),
        pytest.param(
            [OPENED, REQUESTED, SECOND, did(Deed.CLOSED, "sari", pull=6)],
            "sari to go on #6",
            id="closed after the first was reviewed",
        ),
        pytest.param(
            [OPENED, SECOND, did(Deed.REQUESTED, "sari", pull=5, to="rui"), did(Deed.CLOSED, "sari", pull=6)],
            "rui to review #5",
            id="closed while the first waits for its reviewer",
        ),
    ],
)
def test_of_two_pull_requests_the_one_that_waits_counts(events, expected):
    assert turn(*events) == expected


@pytest.mark.parametrize(
    "offered",
    [
        pytest.param([SECOND], id="opened"),
        pytest.param([SECOND, replace(REQUESTED, pull=6)], id="reviewed"),
        pytest.param([SECOND, did(Deed.CLOSED, "pat", pull=6)], id="closed"),
        pytest.param([SECOND, did(Deed.READIED, "pat", pull=6)], id="ready"),
        pytest.param([SECOND, did(Deed.REQUESTED, "pat", pull=6, to="rui")], id="put before a reviewer"),
    ],
)
def test_what_a_stranger_offers_passes_nothing_on(offered):
    assert turn(did(Deed.OPENED, "sari", pull=5), *offered, author="pat") == "dana to review #5"


def test_of_a_conversation_that_was_read_in_part_what_was_read_whole_is_not_played_twice():
    seen = facts(ASKS, said("dana", "It stops after five attempts."), OPENED, REQUESTED, PUSHED)
    kept = ledger(seen)
    cut = replace(seen, events=(*seen.events[:3], *seen.events[4:]), whole_since=seen.events[4].at)

    assert ledger(cut, kept=kept).moves == kept.moves


def test_a_draft_is_work_that_goes_on():
    seen = facts(OPENED, PUSHED)
    draft = replace(seen, pulls=(handback(created_at=BEGIN + HOUR, is_draft=True),))

    assert [move.owner for move in ledger(draft).moves] == ["sari"]


def test_a_draft_that_became_ready_was_one_until_then():
    moves = ledger(facts(OPENED, PUSHED, did(Deed.READIED, "sari", pull=5))).moves

    assert [(move.owner, move.since) for move in moves] == [("sari", BEGIN), ("dana", BEGIN + 3 * HOUR)]


def test_who_has_the_move_already_keeps_the_time_since_when():
    moves = ledger(facts(ASKS, said("sari", "Which status code does a paid invoice give?"), OPENED)).moves

    assert [(move.owner, move.why, move.since) for move in moves[1:]] == [("dana", "to review", BEGIN + HOUR)]


def test_after_the_merge_an_issue_that_is_still_open_waits_to_be_closed():
    seen = facts(OPENED, did(Deed.MERGED, "dana", pull=5), did(Deed.CLOSED, "dana", pull=5))
    merged = replace(seen, pulls=(handback(created_at=BEGIN + HOUR, is_merged=True, is_open=False),))
    move = ledger(merged).move

    assert move
    assert (move.owner, move.why) == ("dana", "to close")


def test_nobody_has_the_next_move_of_what_has_ended():
    closed = ledger(facts(OPENED, did(Deed.CLOSED, "dana"), is_open=False))

    assert closed.move is None
    assert closed.ended_at == BEGIN + 2 * HOUR


def test_every_turn_is_kept_with_its_begin():
    answered = said("dana", "It stops after five attempts.")
    moves = ledger(facts(ASKS, answered, OPENED, REQUESTED, PUSHED)).moves

    assert [f"{move.owner} {(move.since - BEGIN) // HOUR}" for move in moves] == [
        "sari 0",
        "dana 1",
        "sari 2",
        "dana 3",
        "sari 4",
        "dana 5",
    ]
