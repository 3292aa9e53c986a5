"""The ledger as a whole: when it begins and ends, what is kept of the pick-up, what looking twice changes."""

from dataclasses import replace

import pytest

from checks.subject import AcceptanceCriterion
from config.load import load
from ghapp.handover.derive import Judged, derive
from ghapp.handover.facts import Deed, Opinion
from ghapp.handover.ledger import from_json
from tests.ghapp.handover.people import BEGIN, HOUR, POLICY, did, facts, ledger, said

OPENED = did(Deed.OPENED, "sari", pull=5)
CHANGES = did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.CHANGES_REQUESTED, text="The limit is missing.")
WHOLE = [
    said("sari", "Should the retry stop after five attempts?"),
    said("dana", "It stops after 5 attempts."),
    said("sari", "Done: the retry itself.\nNext: the limit."),
    OPENED,
    said("sari", "Needs a decision: keep the queue or drop it? @dana", pull=5),
    CHANGES,
    did(Deed.PUSHED, "sari", pull=5),
]


def found(seen, policy=POLICY, kept=None):
    return derive(seen, load(policy).policy, Judged(), repository="acme/billing", kept=kept)


@pytest.mark.parametrize(
    ("changes", "policy"),
    [
        pytest.param({"assignees": ()}, POLICY, id="nobody has it"),
        pytest.param({"assignees": ("dana",)}, POLICY, id="the team has it"),
        pytest.param({}, "", id="nobody is a contractor"),
        pytest.param({"outside": frozenset({"sari"})}, "people: {sari: {role: team}}", id="the policy says otherwise"),
    ],
)
def test_an_issue_in_no_contractors_hands_has_no_ledger(changes, policy):
    assert found(facts(**changes), policy) is None


def test_an_outside_collaborator_is_a_contractor():
    handed = found(facts(outside=frozenset({"sari"})), "")

    assert handed
    assert (handed.contractor, handed.by, handed.picked_up_at) == ("sari", "dana", BEGIN)


@pytest.mark.parametrize(
    "by",
    [
        pytest.param("sari", id="the contractor"),
        pytest.param("mads", id="another contractor"),
        pytest.param("flow[bot]", id="a bot"),
        pytest.param("", id="nobody"),
    ],
)
def test_where_no_person_of_the_team_assigned_the_author_handed_it_over(by):
    seen = facts(author="rui")
    taken = replace(seen, events=(did(Deed.ASSIGNED, by, to="sari"),))

    assert ledger(taken).by == "rui"


@pytest.mark.parametrize(
    ("author", "by_team", "expected"),
    [
        pytest.param("lou", True, "lou", id="a member"),
        pytest.param("pat", False, "dana", id="a stranger"),
        pytest.param("mads", True, "dana", id="a contractor"),
        pytest.param("flow[bot]", False, "dana", id="a bot"),
        pytest.param("", False, "dana", id="nobody"),
    ],
)
def test_an_author_who_is_not_of_the_team_handed_nothing_over(author, by_team, expected):
    seen = facts(author=author, by_team=by_team)

    assert ledger(replace(seen, events=(did(Deed.ASSIGNED, "sari", to="sari"),))).by == expected


def test_where_nobody_of_the_team_is_known_nobody_is_named():
    seen = facts(author="pat")

    handed = ledger(
        replace(seen, events=(did(Deed.ASSIGNED, "sari", to="sari"),)), policy="people: {sari: {role: contractor}}"
    )

    assert handed.by == ""


BOTH = facts(did(Deed.ASSIGNED, "rui", to="mads"), assignees=("sari", "mads"))


def test_of_two_contractors_who_has_it_longer_keeps_it_whenever_we_look():
    assert ledger(BOTH, kept=ledger(facts())) == ledger(BOTH)
    assert ledger(BOTH).contractor == "sari"


def test_who_was_assigned_in_the_same_second_takes_over_with_a_ledger_of_their_own():
    at_once = replace(BOTH, events=tuple(replace(each, at=BEGIN) for each in BOTH.events))

    taken = ledger(replace(at_once, assignees=("mads",)), kept=ledger(at_once))

    assert (taken.contractor, taken.by, taken.picked_up_at) == ("mads", "rui", BEGIN)


def test_an_assignment_that_the_timeline_does_not_show_begins_now():
    handed = ledger(facts(events=(), read_at=BEGIN + 5 * HOUR))

    assert (handed.by, handed.picked_up_at) == ("dana", BEGIN + 5 * HOUR)


def test_the_promises_of_the_pick_up_are_kept_whatever_the_issue_says_later():
    promise = AcceptanceCriterion("AC1", "`POST /retry` answers 202", 3)
    first = ledger(facts(), judged=Judged(criteria=(promise,), score=80, outcome="ready"))

    later = ledger(facts(body="Something else."), kept=first, judged=Judged(score=10, outcome="not-ready"))

    assert (later.criteria, later.score, later.outcome) == ((promise,), 80, "ready")
    assert later.spec == "Failed invoices are retried."


def test_who_takes_over_begins_anew():
    first = ledger(facts())
    over = facts(did(Deed.UNASSIGNED, "dana", to="sari"), did(Deed.ASSIGNED, "rui", to="mads"), assignees=("mads",))

    taken = ledger(over, kept=first)

    assert (taken.contractor, taken.by, taken.picked_up_at) == ("mads", "rui", BEGIN + 2 * HOUR)
    assert [move.owner for move in taken.moves] == ["mads"]


def test_what_is_taken_back_has_ended():
    back = facts(did(Deed.UNASSIGNED, "dana", to="sari"), assignees=())
    ended = ledger(back, kept=ledger(facts()))

    assert ended.ended_at == BEGIN + HOUR
    assert ledger(back, kept=ended) == ended


def test_an_issue_that_is_opened_again_goes_on():
    shut = ledger(facts(did(Deed.CLOSED, "dana"), is_open=False))
    again = ledger(facts(did(Deed.CLOSED, "dana"), did(Deed.REOPENED, "dana")), kept=shut)

    assert (again.ended_at, again.picked_up_at) == (None, BEGIN)
    assert again.move
    assert again.move.owner == "sari"


def test_looking_twice_changes_nothing():
    seen = facts(*WHOLE)
    once = ledger(seen)

    assert ledger(seen, kept=once) == once


def test_a_ledger_is_kept_whole():
    once = ledger(facts(*WHOLE))

    assert from_json(once.to_json()) == once


@pytest.mark.parametrize("missed", range(len(WHOLE)), ids=lambda number: f"after {number}")
def test_it_does_not_matter_which_deliveries_were_missed(missed):
    whole = facts(*WHOLE)
    part = facts(*WHOLE[:missed])

    assert ledger(whole, kept=ledger(part)) == ledger(whole)


@pytest.mark.parametrize("read", range(1, len(WHOLE) + 1), ids=lambda number: f"from {number}")
def test_of_a_long_conversation_what_was_kept_goes_on(read):
    whole = facts(*WHOLE)
    kept = ledger(facts(*WHOLE[:read]))
    tail = whole.events[read:]

    cut = ledger(replace(whole, events=tail, whole_since=tail[0].at if tail else None), kept=kept) if tail else kept

    assert (cut.move, cut.questions, cut.decisions, cut.updates, cut.rounds) == (
        (expected := ledger(whole)).move,
        expected.questions,
        expected.decisions,
        expected.updates,
        expected.rounds,
    )


def test_rework_rounds_are_the_reviews_that_asked_for_changes():
    twice = ledger(facts(OPENED, CHANGES, did(Deed.PUSHED, "sari", pull=5), CHANGES))

    assert twice.rounds == 2


def test_rounds_from_before_what_was_read_still_count():
    whole = facts(OPENED, CHANGES, did(Deed.PUSHED, "sari", pull=5), CHANGES)
    kept = ledger(facts(OPENED, CHANGES))
    cut = replace(whole, events=whole.events[3:], whole_since=whole.events[3].at)

    assert ledger(cut, kept=kept).rounds == 2


def test_questions_that_the_policy_does_not_want_are_not_listed():
    asked = facts(said("sari", "Should the retry stop after five attempts?"))

    handed = ledger(asked, policy=f"{POLICY}\nquestions: {{enabled: no}}")

    assert (handed.questions, handed.move and handed.move.owner) == ((), "dana")


@pytest.mark.parametrize(
    ("broken", "kept"),
    [
        pytest.param({"questions": [{"id": "Q1", "word": "another version's"}]}, {"questions": ()}, id="rows"),
        pytest.param({"moves": "none"}, {"moves": ()}, id="no list"),
        pytest.param({"demanded": [3, "yesterday"]}, {"demanded": ()}, id="no moments"),
        pytest.param({"later": {"version": 9}}, {}, id="what is not known yet"),
    ],
)
def test_of_a_ledger_what_cannot_be_read_is_left_out(broken, kept):
    once = ledger(facts(*WHOLE))

    assert from_json(once.to_json() | broken) == replace(once, **kept)


def test_a_ledger_without_what_came_later_is_read():
    once = ledger(facts(*WHOLE))
    few = ("repository", "number", "title", "contractor", "by", "picked_up_at")

    read = from_json({name: part for name, part in once.to_json().items() if name in few})

    assert ledger(facts(*WHOLE), kept=read).questions == once.questions


@pytest.mark.parametrize("kept", [None, [], "ledger", {}, {"contractor": 3}], ids=repr)
def test_what_is_no_ledger_is_refused(kept):
    with pytest.raises(ValueError, match="validation error"):
        from_json(kept)


def test_a_written_update_is_kept_with_its_parts():
    [update] = ledger(facts(said("sari", "Done: the retry itself.\nNext: the limit."))).updates

    assert [part.value for part in update.says] == ["done", "next"]


def test_a_comment_that_is_called_an_update_is_one():
    called = said("sari", "/handoff update\nThe retry works.", commands=(("update", ""),))
    bare = said("sari", "/handoff update", commands=(("update", ""),))

    assert [each.comment for each in ledger(facts(called, bare)).updates] == [101]
