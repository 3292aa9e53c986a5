"""What is said unasked: once, to who can act, in their hours; and when a quiet hand-over is looked at again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from config.load import load
from ghapp.handover.derive import Judged
from ghapp.handover.facts import Deed, Facts, Opinion
from ghapp.handover.ledger import Handover
from ghapp.handover.parties import Parties
from ghapp.handover.telling import REFRESH, due, tellings
from tests.ghapp.handover.people import BEGIN, HOUR, did, facts, ledger, said

HOURS = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00}
people:
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00, away: [2026-03-11]}
"""
OPENED = did(Deed.OPENED, "sari", pull=5)


def changes(text, **parts):
    return did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.CHANGES_REQUESTED, text=text, **parts)


def told(seen: Facts, policy: str = HOURS, *, known: Handover | None = None, judged: Judged | None = None) -> list[str]:
    found = known or ledger(seen, policy=policy, judged=judged)
    parties = Parties(contractor="sari", by="dana", policy=load(policy).policy, outside=frozenset())
    return [f"{each.topic} to {each.to} on {each.pull}" for each in tellings(found, seen, parties)]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        pytest.param("ready", [], id="ready"),
        pytest.param("almost", ["not-ready to dana on 0"], id="almost"),
        pytest.param("not-ready", ["not-ready to dana on 0"], id="not ready"),
        pytest.param("skipped", [], id="not judged"),
    ],
)
def test_who_hands_over_what_is_not_ready_hears_so(outcome, expected):
    assert told(facts(read_at=BEGIN + HOUR / 2), judged=Judged(outcome=outcome)) == expected


@pytest.mark.parametrize(
    ("read_at", "expected"),
    [
        pytest.param("2026-03-02T23:30+08:00", [], id="at night"),
        pytest.param("2026-03-03T09:05+08:00", ["not-ready to dana on 0"], id="in the morning"),
    ],
)
def test_who_hands_over_what_is_not_ready_hears_so_in_their_hours_where_we_come_late(read_at, expected):
    assert told(facts(read_at=at(read_at)), judged=Judged(outcome="not-ready")) == expected


def test_where_nobody_is_known_to_have_handed_it_over_nobody_hears_so():
    seen = replace(facts(author="", read_at=BEGIN), events=(did(Deed.ASSIGNED, "sari", to="sari"),))

    assert told(seen, judged=Judged(outcome="not-ready")) == []


def test_an_old_hand_over_is_not_taken_up():
    assert told(facts(read_at=BEGIN + timedelta(days=3)), judged=Judged(outcome="not-ready")) == []


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        pytest.param(changes(""), ["empty-review to dana on 5"], id="nothing"),
        pytest.param(changes("", inline=("The limit is missing.",)), [], id="words at lines"),
        pytest.param(changes("The limit is missing."), [], id="words"),
        pytest.param(
            changes("", inline=("Let's jump on a call.",)), ["elsewhere to dana on 5"], id="elsewhere at a line"
        ),
        pytest.param(changes("Let's jump on a call."), ["elsewhere to dana on 5"], id="elsewhere"),
        pytest.param(said("dana", "Ping me on Slack about this."), ["elsewhere to dana on 0"], id="on the issue"),
        pytest.param(said("sari", "Can we jump on a call?"), [], id="the contractor"),
        pytest.param(said("pat", "Let's jump on a call."), [], id="a stranger"),
        pytest.param(did(Deed.REVIEWED, "dana", pull=5, opinion=Opinion.APPROVED), [], id="approved without words"),
    ],
)
def test_a_review_without_words_or_elsewhere_gets_one_reply(review, expected):
    assert told(facts(OPENED, review, read_at=BEGIN + 2 * HOUR + timedelta(minutes=1))) == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(said("dana", "The limit of five attempts is missing.", pull=5), [], id="words of its writer"),
        pytest.param(changes("", inline=("Name it `limit`.",)), [], id="words at a line"),
        pytest.param(said("rui", "The limit is missing.", pull=5), ["empty-review to dana on 5"], id="another's"),
        pytest.param(said("dana", "The limit is missing."), ["empty-review to dana on 5"], id="words elsewhere"),
    ],
)
def test_a_review_that_was_explained_before_we_came_gets_no_reply(after, expected):
    assert told(facts(OPENED, changes(""), after, read_at=at("2026-03-03T10:00+08:00"))) == expected


def test_what_was_said_is_not_said_again():
    seen = facts(OPENED, changes(""), read_at=BEGIN + 2 * HOUR + timedelta(minutes=1))
    before = ledger(seen, policy=HOURS)
    [telling] = tellings(
        before, seen, Parties(contractor="sari", by="dana", policy=load(HOURS).policy, outside=frozenset())
    )

    assert told(seen, known=replace(before, told=frozenset({telling.key}))) == []


@pytest.mark.parametrize(
    ("read_at", "expected"),
    [
        pytest.param("2026-03-02T19:59+08:00", 1, id="within the hour, whatever the hours"),
        pytest.param("2026-03-03T05:00+08:00", 0, id="at night"),
        pytest.param("2026-03-03T10:00+08:00", 1, id="the next morning"),
        pytest.param("2026-03-05T10:00+08:00", 0, id="days later"),
    ],
)
def test_a_review_found_late_waits_for_its_writers_hours(read_at, expected):
    assert len(told(facts(OPENED, changes(""), read_at=at(read_at)))) == expected


def test_reviews_are_left_alone_where_the_policy_says_so():
    assert told(facts(OPENED, changes("")), f"{HOURS}reviews: {{enabled: no}}") == []


UPDATE = ["update to sari on 0"]
DONE = "Done: the retry itself.\nNext: the limit."


@pytest.mark.parametrize(
    ("read_at", "expected"),
    [
        pytest.param("2026-03-02T16:35+07:00", [], id="the day it was handed over"),
        pytest.param("2026-03-03T12:00+07:00", [], id="at noon"),
        pytest.param("2026-03-03T16:29+07:00", [], id="before the last half hour"),
        pytest.param("2026-03-03T16:30+07:00", UPDATE, id="the last half hour begins"),
        pytest.param("2026-03-03T16:59+07:00", UPDATE, id="the last minute"),
        pytest.param("2026-03-03T17:00+07:00", [], id="the day is over"),
        pytest.param("2026-03-07T16:45+07:00", [], id="a Saturday"),
        pytest.param("2026-03-11T16:45+07:00", [], id="away"),
    ],
)
def test_a_day_without_an_update_gets_one_reminder_before_it_ends(read_at, expected):
    assert told(facts(read_at=at(read_at))) == expected


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(said("sari", DONE), id="an update"),
        pytest.param(OPENED, id="the team has the move"),
        pytest.param(said("sari", "Should the retry stop after five attempts?"), id="waits for an answer"),
    ],
)
def test_who_wrote_today_or_cannot_act_is_not_reminded(event):
    late = facts(event, read_at=at("2026-03-03T16:45+07:00"))
    events = (late.events[0], replace(late.events[1], at=at("2026-03-03T11:00+07:00")))

    assert told(replace(late, events=events)) == []


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        pytest.param("2026-03-03T23:00+07:00", [], id="in the night's first hour"),
        pytest.param("2026-03-03T21:00+07:00", UPDATE, id="before the night"),
    ],
)
def test_who_works_at_night_has_written_today_before_midnight(spoken, expected):
    late = facts(said("sari", DONE), read_at=at("2026-03-04T05:45+07:00"))
    events = (late.events[0], replace(late.events[1], at=at(spoken)))

    assert told(replace(late, events=events), HOURS.replace("09:00-17:00", "22:00-06:00")) == expected


def test_commits_are_activity_and_no_update():
    pushed = facts(did(Deed.PUSHED, "sari", pull=5), read_at=at("2026-03-03T16:45+07:00"))

    assert told(pushed) == UPDATE


def test_one_silence_gets_one_reminder():
    seen = facts(read_at=at("2026-03-03T16:45+07:00"))
    first = ledger(seen, policy=HOURS)
    parties = Parties(contractor="sari", by="dana", policy=load(HOURS).policy, outside=frozenset())
    [telling] = tellings(first, seen, parties)
    reminded = replace(first, told=frozenset({telling.key}))

    assert told(replace(seen, read_at=at("2026-03-04T16:45+07:00")), known=reminded) == []
    assert due(reminded, parties.policy, now=seen.read_at) == seen.read_at + REFRESH


def test_after_an_update_a_new_silence_begins():
    seen = facts(said("sari", DONE), read_at=at("2026-03-03T16:45+07:00"))

    assert told(seen) == ["update to sari on 0"]


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(f"{HOURS}updates: {{enabled: no}}", id="switched off"),
        pytest.param("people: {sari: {role: contractor}}", id="nobody knows when they work"),
    ],
)
def test_where_nobody_asked_for_updates_nobody_is_reminded(policy):
    assert told(facts(read_at=at("2026-03-03T16:45+07:00")), policy) == []


def test_a_quiet_hand_over_is_looked_at_when_an_update_would_be_missed():
    now = at("2026-03-03T12:00+07:00")
    seen = facts(read_at=now)

    assert due(ledger(seen, policy=HOURS), load(HOURS).policy, now=now) == at("2026-03-03T16:30+07:00")


def test_and_else_every_few_hours_as_a_delivery_may_be_lost():
    now = at("2026-03-03T08:00+07:00")

    assert due(ledger(facts(read_at=now), policy=HOURS), load(HOURS).policy, now=now) == now + REFRESH


def test_what_has_ended_is_left_alone():
    closed = facts(did(Deed.CLOSED, "dana"), changes(""), is_open=False, read_at=at("2026-03-03T16:45+07:00"))

    assert told(closed) == []
    assert due(ledger(closed, policy=HOURS), load(HOURS).policy, now=BEGIN) is None
