"""Decisions: what needs one, with options, decider and day, and what was decided."""

from dataclasses import replace
from datetime import date

from ghapp.handover.facts import Deed
from tests.ghapp.handover.people import BEGIN, HOUR, did, facts, handback, ledger, said

ASKED = "Needs a decision: keep the queue or drop it? @rui by 2026-03-06"
OPENED = did(Deed.OPENED, "sari", pull=5)
COMMAND = "/handoff decide"


def described(*events, body=ASKED):
    told = facts(OPENED, *events)
    return replace(told, pulls=(handback(created_at=BEGIN + HOUR, body=body),))


def rows(found):
    return [(each.id, each.decision, each.decided_by) for each in found.decisions]


def test_a_comment_of_the_contractor_asks_for_one():
    [row] = ledger(facts(said("sari", ASKED))).decisions

    assert (row.id, row.decider, row.due, row.by) == ("D1", "rui", date(2026, 3, 6), "sari")
    assert len(row.options) == 2


def test_a_day_that_is_named_in_words_stays_the_one_that_was_meant():
    asked = facts(said("sari", "Needs a decision: keep the queue or drop it? @rui by Friday"))
    first = ledger(asked)

    later = ledger(replace(asked, read_at=BEGIN + 240 * HOUR), kept=first)

    assert [each.due for each in (*first.decisions, *later.decisions)] == [date(2026, 3, 6), date(2026, 3, 6)]


def test_a_day_that_is_named_in_a_description_stays_as_well():
    asked = described(body="Needs a decision: keep the queue or drop it? @rui by Friday")

    assert [each.due for each in ledger(replace(asked, read_at=BEGIN + 240 * HOUR)).decisions] == [date(2026, 3, 6)]


def test_a_strangers_description_asks_for_none():
    seen = described()
    offered = tuple(replace(each, by="pat") if each.deed is Deed.OPENED else each for each in seen.events)

    assert ledger(replace(seen, events=offered)).decisions == ()


def test_an_id_is_given_once_though_its_comment_is_gone():
    asked = facts(said("sari", ASKED))
    gone = ledger(replace(asked, events=asked.events[:1]), kept=ledger(asked))
    again = facts(did(Deed.REOPENED, "dana"), said("sari", "Needs a decision: UTC or local time? @rui"))

    assert [each.id for each in ledger(again, kept=gone).decisions] == ["D2"]


def test_what_is_to_be_chosen_from_is_no_question_beside():
    assert ledger(facts(said("sari", ASKED))).questions == ()


def test_a_description_asks_for_one():
    [row] = ledger(described()).decisions

    assert (row.pull, row.by, row.at) == (5, "sari", BEGIN + HOUR)


def test_a_reply_that_chooses_decides():
    assert rows(ledger(described(said("rui", "Let's drop it.", pull=5))))[0][2] == "rui"


def test_a_reply_that_does_not_choose_leaves_it_open():
    assert rows(ledger(described(said("rui", "I will think about it.", pull=5)))) == [("D1", "", "")]


def test_a_reply_elsewhere_leaves_it_open():
    assert rows(ledger(described(said("rui", "Let's drop it.")))) == [("D1", "", "")]


def test_the_contractor_decides_nothing():
    own = said("sari", f"{COMMAND} drop it", pull=5, commands=(("decide", "drop it"),))

    assert rows(ledger(described(own))) == [("D1", "", "")]


def test_a_command_decides_the_oldest_or_the_one_it_names():
    other = said("sari", "Needs a decision: UTC or local time? @rui", pull=5)
    second = said("dana", f"{COMMAND} D2 UTC", pull=5, commands=(("decide", "D2 UTC"),))
    first = said("dana", f"{COMMAND} drop it", pull=5, commands=(("decide", "drop it"),))

    found = ledger(described(other, second, first))

    assert rows(found) == [("D1", "drop it", "dana"), ("D2", "UTC", "dana")]


def test_a_command_that_names_no_row_decides_nothing():
    wrong = said("dana", f"{COMMAND} D7 drop it", commands=(("decide", "D7 drop it"), ("decide", "D1")))

    assert rows(ledger(described(wrong))) == [("D1", "", "")]


def test_a_decision_that_nobody_asked_for_is_a_row_of_its_own():
    noted = said("dana", f"{COMMAND} We keep UTC.", commands=(("decide", "We keep UTC."),))

    assert rows(ledger(facts(noted))) == [("D1", "We keep UTC.", "dana")]


def test_what_a_description_asks_for_no_more_goes_unless_it_was_decided():
    open_one = ledger(described())
    settled = ledger(described(said("rui", "Let's drop it.", pull=5)))

    assert ledger(described(body="Drops the queue."), kept=open_one).decisions == ()
    assert [each.id for each in ledger(described(body="Drops the queue."), kept=settled).decisions] == ["D1"]


def test_a_decision_that_is_kept_is_not_listed_twice():
    told = described(said("rui", "Let's drop it.", pull=5))
    once = ledger(told)

    assert ledger(told, kept=once).decisions == once.decisions


def test_what_lies_before_the_part_that_was_read_stays_as_it_was():
    told = facts(said("sari", ASKED), said("dana", "We meet tomorrow."))
    last = told.events[-1]

    cut = ledger(replace(told, events=(last,), whole_since=last.at), kept=ledger(told))

    assert [each.id for each in cut.decisions] == ["D1"]
