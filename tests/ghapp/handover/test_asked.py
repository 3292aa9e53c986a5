"""Questions: asked, answered, in the spec; each with an id that stays."""

from dataclasses import replace

import pytest

from ghapp.handover.derive import Judged
from ghapp.handover.facts import Deed, Opinion
from ghapp.handover.ledger import Stand
from tests.ghapp.handover.people import BEGIN, HOUR, did, facts, ledger, said

STOP = "Should the retry stop after five attempts?"
CODE = "Which status code does a retry of a paid invoice give?"
OPENED = did(Deed.OPENED, "sari", pull=5)


def rows(*events, **changes):
    return [
        f"{each.id} {each.stand}: {each.text}{f' > {each.answer}' if each.answer else ''}"
        for each in ledger(facts(*events, **changes)).questions
    ]


def test_each_question_of_the_contractor_is_a_row():
    assert rows(said("sari", f"{STOP}\n\n{CODE}")) == [f"Q1 asked: {STOP}", f"Q2 asked: {CODE}"]


def test_a_question_of_the_team_is_none():
    assert rows(said("dana", STOP), said("pat", STOP)) == []


def test_a_question_at_a_line_of_the_code_is_one():
    review = did(Deed.REVIEWED, "sari", pull=5, inline=(STOP,))

    assert rows(OPENED, review) == [f"Q1 asked: {STOP}"]


def test_below_a_log_of_many_pages_nothing_is_looked_for():
    assert rows(said("sari", f"{STOP}\n\n{'at retry.py line 12' * 2_000}\n\n{CODE}")) == [f"Q1 asked: {STOP}"]


def test_a_question_by_command_is_listed_as_it_was_written():
    asked = said("sari", "/handoff question Five or six", commands=(("question", "Five or six"),))

    assert rows(asked) == ["Q1 asked: Five or six"]


def test_a_question_points_at_the_criterion_that_was_thin():
    thin = Judged(gaps=("contract",))

    assert [each.criterion for each in ledger(facts(said("sari", CODE)), judged=thin).questions] == ["contract"]


def test_an_answer_in_a_comment_is_not_in_the_spec():
    answered = rows(said("sari", STOP), said("dana", "It stops after 5 attempts."))

    assert answered == [f"Q1 {Stand.ANSWERED}: {STOP} > It stops after 5 attempts."]


def test_an_answer_that_the_issue_holds_is_in_the_spec():
    told = facts(said("sari", STOP), said("dana", "It stops after 5 attempts."))
    before = ledger(told)

    [row] = ledger(
        replace(told, body="The retry stops after 5 attempts.", read_at=BEGIN + 9 * HOUR), kept=before
    ).questions

    assert (row.stand, row.in_spec_at) == (Stand.IN_SPEC, BEGIN + 9 * HOUR)


def test_when_the_issue_came_to_hold_it_stays_as_it_was_seen_first():
    body = "The retry stops after 5 attempts."
    told = facts(said("sari", STOP), said("dana", "It stops after 5 attempts."))
    first = ledger(replace(told, body=body, read_at=BEGIN + 9 * HOUR), kept=ledger(told))

    [row] = ledger(replace(told, body=body, read_at=BEGIN + 99 * HOUR), kept=first).questions

    assert row.in_spec_at == BEGIN + 9 * HOUR


def test_a_command_answers_the_row_that_it_names():
    second = said("dana", "/handoff answer q2: 409", commands=(("answer", "q2: 409"),))

    assert rows(said("sari", STOP), said("sari", CODE), second) == [
        f"Q1 asked: {STOP}",
        f"Q2 {Stand.ANSWERED}: {CODE} > 409",
    ]


def test_a_command_without_a_name_answers_the_oldest_open_row():
    first = said("sari", "/handoff answer Dana said five.", commands=(("answer", "Dana said five."),))

    assert rows(said("sari", STOP), said("sari", CODE), first)[0] == f"Q1 {Stand.ANSWERED}: {STOP} > Dana said five."


def test_a_command_that_names_no_row_or_says_nothing_answers_none():
    wrong = said("dana", "/handoff answer Q7 five", commands=(("answer", "Q7 five"), ("answer", ""), ("answer", "Q1")))

    assert rows(said("sari", STOP), wrong) == [f"Q1 asked: {STOP}"]


def test_a_reply_answers_what_was_asked_in_its_own_conversation():
    on_issue, on_pull = said("sari", STOP), said("sari", CODE, pull=5)

    answered = rows(on_issue, OPENED, on_pull, said("dana", "409 Conflict.", pull=5))

    assert answered == [f"Q1 asked: {STOP}", f"Q2 {Stand.ANSWERED}: {CODE} > 409 Conflict."]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([OPENED, said("dana", "Merging after the release.", pull=5)], id="in another conversation"),
        pytest.param(
            [said("sari", "Done: the route.\nNext: the worker."), said("dana", "Please add a line to the log.")],
            id="after something else was said",
        ),
    ],
)
def test_what_has_nothing_to_do_with_a_question_does_not_answer_it(between):
    assert rows(said("sari", STOP), *between)[0] == f"Q1 asked: {STOP}"


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(did(Deed.REVIEWED, "sari", pull=5, inline=(STOP,)), id="at a line"),
        pytest.param(
            said("sari", "/handoff question " + STOP, pull=5, commands=(("question", STOP),)), id="by command"
        ),
    ],
)
def test_what_comes_right_below_a_question_answers_it(asked):
    answered = rows(OPENED, asked, said("dana", "Only on weekdays.", pull=5))

    assert answered == [f"Q1 {Stand.ANSWERED}: {STOP} > Only on weekdays."]


def test_between_a_question_and_its_answer_a_nudge_changes_nothing():
    answered = rows(said("sari", STOP), said("sari", "Any update?"), said("dana", "Only on weekdays."))

    assert answered == [f"Q1 {Stand.ANSWERED}: {STOP} > Only on weekdays."]


def test_a_row_keeps_its_id_when_one_before_it_is_deleted():
    both = facts(said("sari", STOP), said("sari", CODE))
    first, second, third = both.events

    kept = ledger(replace(both, events=(first, third)), kept=ledger(both))

    assert [each.id for each in kept.questions] == ["Q2"]
    assert second.text == STOP


def test_a_new_row_never_takes_the_id_of_one_that_is_gone():
    both = facts(said("sari", STOP), said("sari", CODE))
    first, _, third = both.events
    fresh = replace(third, id=900, at=BEGIN + 5 * HOUR, text="Who may start a retry by hand?")

    kept = ledger(replace(both, events=(first, third, fresh)), kept=ledger(both))

    assert [each.id for each in kept.questions] == ["Q2", "Q3"]


def test_the_id_of_the_last_row_is_not_given_again_once_that_is_gone():
    asked = facts(said("sari", STOP))
    gone = ledger(replace(asked, events=asked.events[:1]), kept=ledger(asked))
    again = facts(did(Deed.REOPENED, "dana"), said("sari", CODE))

    assert [(each.id, each.text) for each in ledger(again, kept=gone).questions] == [("Q2", CODE)]


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        pytest.param("Should the retry stop after 5 attempts?", ["Q1"], id="in other words"),
        pytest.param(f"{CODE}\n\n{STOP}", ["Q2", "Q1"], id="with another one before it"),
        pytest.param(f"{STOP}\n\n{CODE}", ["Q1", "Q2"], id="with another one after it"),
    ],
)
def test_a_row_keeps_its_id_when_its_comment_is_edited(edited, expected):
    asked = facts(said("sari", STOP))
    pick_up, comment = asked.events

    after = ledger(replace(asked, events=(pick_up, replace(comment, text=edited))), kept=ledger(asked))

    assert [each.id for each in after.questions] == expected


def test_what_is_asked_twice_in_one_comment_is_one_row():
    twice = facts(said("sari", f"{STOP}\n/handoff question {STOP}", commands=(("question", STOP),)))
    once = ledger(twice)

    assert [each.id for each in once.questions] == ["Q1"]
    assert ledger(twice, kept=once) == once


def test_a_reply_at_the_line_of_the_question_answers_it():
    asked = did(Deed.REVIEWED, "sari", pull=5, opinion=Opinion.COMMENTED, inline=(STOP,))
    told = did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.COMMENTED, inline=("It stops after 5 attempts.",))

    assert rows(OPENED, asked, told) == [f"Q1 {Stand.ANSWERED}: {STOP} > It stops after 5 attempts."]


class TestAnswersThatTheIssueGivesItself:
    """Nobody answers; the description comes to speak of what was asked."""

    BEFORE = facts(said("sari", STOP))
    AFTER = replace(BEFORE, body=f"{BEFORE.body}\nThe retry stops after 5 attempts.", read_at=BEGIN + 9 * HOUR)

    def test_the_question_is_in_the_spec_and_the_contractor_goes_on(self):
        after = ledger(self.AFTER, kept=ledger(self.BEFORE))
        [row] = after.questions
        assert (row.stand, row.answered_at, after.move and after.move.why) == (
            Stand.IN_SPEC,
            BEGIN + 9 * HOUR,
            "to go on",
        )

    def test_what_was_added_about_something_else_answers_nothing(self):
        other = replace(self.AFTER, body=f"{self.BEFORE.body}\nThe page is blue.")
        assert [each.stand for each in ledger(other, kept=ledger(self.BEFORE)).questions] == [Stand.ASKED]

    def test_what_stood_there_when_it_was_asked_answers_nothing(self):
        kept = ledger(self.AFTER)
        later = replace(self.AFTER, body=f"{self.AFTER.body}\nThe page is blue.")
        assert [each.stand for each in ledger(later, kept=kept).questions] == [Stand.ASKED]

    def test_it_stays_answered_whatever_is_written_later(self):
        once = ledger(self.AFTER, kept=ledger(self.BEFORE))
        thanks = said("dana", "Added to the description.")
        told = replace(self.AFTER, events=facts(said("sari", STOP), thanks).events, read_at=BEGIN + 20 * HOUR)
        assert ledger(told, kept=once).questions == once.questions
        assert ledger(self.AFTER, kept=once) == once


def test_what_lies_before_the_part_that_was_read_stays_as_it_was():
    both = facts(said("sari", STOP), said("sari", CODE))
    before = ledger(both)
    last = both.events[-1]

    cut = ledger(replace(both, events=(last,), whole_since=last.at), kept=before)

    assert [each.id for each in cut.questions] == ["Q1", "Q2"]
