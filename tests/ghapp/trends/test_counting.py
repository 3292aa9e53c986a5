"""How weeks come from ledgers: in whose hours, and that what was counted is not counted otherwise later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import load
from config.people import Role
from ghapp.handover.ledger import Handover, Move, Question, Why
from ghapp.trends.counting import FOLLOWED, counted, current
from ghapp.trends.weeks import Week
from tests.ghapp.trends.handed import POLICY

SHORTER = POLICY.replace("09:00-17:00", "09:00-10:00").replace("09:00-18:00", "09:00-11:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def move(owner: str, since: str, why: Why = Why.START) -> Move:
    return Move(owner=owner, side=Role.TEAM if owner == "dana" else Role.CONTRACTOR, since=at(since), why=why)


def ledger(*moves: Move, **changes: Any) -> Handover:
    whole: dict[str, Any] = {
        "repository": "acme/billing",
        "number": 1,
        "title": "Retry",
        "contractor": moves[0].owner,
        "by": "dana",
        "picked_up_at": moves[0].since,
        "outcome": "almost",
        "score": 60,
        "gaps": ("scope",),
        "moves": moves,
    }
    return Handover(**whole | changes)


def count(found: Handover, now: str, *kept: Week, policy: str = POLICY, **parts: Any) -> tuple[Week, ...]:
    return counted(found, load(policy).policy, now=at(now), kept=kept, **parts)


def spent(weeks: tuple[Week, ...]) -> list[tuple[str, str, float]]:
    """Week, owner and hours of each wait."""
    return [
        (f"{each.monday:%m-%d}", wait.owner, wait.worked / timedelta(hours=1)) for each in weeks for wait in each.waits
    ]


@pytest.mark.parametrize(
    ("owner", "since", "now", "hours"),
    [
        pytest.param("sari", "2026-03-02T10:00+07:00", "2026-03-03T10:00+07:00", 8, id="a day of hers"),
        pytest.param("dana", "2026-03-02T10:00+07:00", "2026-03-03T10:00+07:00", 9, id="the same day of the team"),
        pytest.param("mads", "2026-03-27T12:00+01:00", "2026-03-30T09:00+02:00", 5, id="over the night of summer time"),
        pytest.param("ana", "2026-03-09T17:00-03:00", "2026-03-13T11:00-03:00", 2, id="over days away"),
        pytest.param("sari", "2026-03-18T16:00+07:00", "2026-03-20T10:00+07:00", 2, id="over a public holiday"),
        pytest.param("lee", "2026-03-02T10:00+08:00", "2026-03-02T12:00+08:00", 2, id="without hours, as the team"),
    ],
)
def test_a_turn_counts_in_working_hours_of_its_owner(owner, since, now, hours):
    weeks = count(ledger(move(owner, since)), now)

    assert sum(each for *_, each in spent(weeks)) == hours
    assert weeks[-1].runs


def test_turns_are_cut_where_weeks_begin():
    weeks = count(
        ledger(move("sari", "2026-03-06T16:00+07:00"), move("dana", "2026-03-09T10:00+07:00", Why.REVIEW)),
        "2026-03-17T10:00+08:00",
    )

    assert spent(weeks) == [
        ("03-02", "sari", 1),
        ("03-09", "sari", 1),
        ("03-09", "dana", 7 + 4 * 9),
        ("03-16", "dana", 9 + 1),
    ]
    assert [each.begins for each in weeks] == [True, False, False]
    assert [wait.theirs is not None for each in weeks for wait in each.waits] == [False, False, False, True]


class TestWhatWasCountedStays:
    """A policy of tomorrow does not rewrite what is past."""

    moves = (move("sari", "2026-03-02T09:00+07:00"), move("dana", "2026-03-02T17:00+07:00", Why.REVIEW))
    first = count(ledger(*moves), "2026-03-03T11:00+08:00")

    def test_with_other_hours_only_what_came_since_is_counted_by_them(self):
        assert spent(self.first) == [("03-02", "sari", 8), ("03-02", "dana", 2)]

        later = count(ledger(*self.moves), "2026-03-04T18:00+08:00", *self.first, policy=SHORTER)

        assert spent(later) == [("03-02", "sari", 8), ("03-02", "dana", 4)]

    def test_looked_at_twice_is_the_same_as_once(self):
        assert count(ledger(*self.moves), "2026-03-03T11:00+08:00", *self.first) == self.first

    @given(st.lists(st.integers(min_value=1, max_value=30 * 24 * 60), min_size=1, max_size=20).map(sorted))
    def test_looked_at_often_is_the_same_as_once(self, minutes):
        seen = ()
        for each in minutes:
            now = (self.moves[1].since + timedelta(minutes=each)).isoformat()
            seen = count(ledger(*self.moves), now, *seen)

        assert spent(seen) == spent(count(ledger(*self.moves), now))

    def test_a_clock_that_goes_back_takes_nothing_away(self):
        assert spent(count(ledger(*self.moves), "2026-03-03T10:00+08:00", *self.first)) == spent(self.first)

    def test_a_team_that_moves_to_another_zone_leaves_the_weeks_that_were_counted(self):
        moved = POLICY.replace("Asia/Taipei", "America/Sao_Paulo")

        later = count(ledger(*self.moves), "2026-03-09T10:00-03:00", *self.first, policy=moved)

        assert [each[:2] for each in spent(later)] == [("03-02", "sari"), ("03-02", "dana"), ("03-09", "dana")]
        assert spent(later)[0] == ("03-02", "sari", 8)

    def test_a_turn_that_had_ended_before_it_was_counted_is_counted_anew(self):
        answered = (*self.moves, move("sari", "2026-03-03T10:00+08:00", Why.GO_ON))

        assert ("03-02", "dana", 1) in spent(count(ledger(*answered), "2026-03-03T12:00+08:00", *self.first))

    def test_a_turn_that_there_never_was_goes(self):
        assert spent(count(ledger(self.moves[0]), "2026-03-03T11:00+08:00", *self.first)) == [("03-02", "sari", 9)]


class TestTheEnd:
    """An issue that is closed, opened again, or handed to somebody else."""

    moves = (move("sari", "2026-03-02T09:00+07:00"), move("dana", "2026-03-03T09:00+08:00", Why.CLOSE))
    closed = ledger(*moves, ended_at=at("2026-03-03T11:00+08:00"))

    def test_nobody_waits_after_it(self):
        first = count(self.closed, "2026-03-03T12:00+08:00")
        later = count(self.closed, "2026-03-20T12:00+08:00", *first)

        assert spent(first)[-1] == ("03-02", "dana", 2)
        assert later == first
        assert not any(each.runs for each in later)

    def test_while_it_was_closed_nobody_waited(self):
        shut = count(self.closed, "2026-03-03T12:00+08:00")
        reopened = ledger(*self.moves, move("sari", "2026-03-05T09:00+07:00", Why.GO_ON))

        assert spent(count(reopened, "2026-03-05T11:00+07:00", *shut))[1:] == [
            ("03-02", "dana", 2),
            ("03-02", "sari", 2),
        ]

    def test_whose_turn_goes_on_is_counted_from_then_on(self):
        shut = count(self.closed, "2026-03-03T12:00+08:00")
        reopened = count(ledger(*self.moves), "2026-03-05T10:00+08:00", *shut)

        assert spent(reopened)[-1] == ("03-02", "dana", 2)
        assert spent(count(ledger(*self.moves), "2026-03-05T13:00+08:00", *reopened))[-1] == ("03-02", "dana", 5)

    def test_one_that_is_handed_to_somebody_else_is_over_and_stays(self):
        before = ledger(move("sari", "2026-03-02T09:00+07:00"))
        first = count(before, "2026-03-02T11:00+07:00")
        now = ledger(move("mads", "2026-03-02T14:00+07:00"))

        weeks = count(now, "2026-03-02T10:00+01:00", *first, before=before)

        assert spent(weeks) == [("03-02", "sari", 5), ("03-02", "mads", 2)]
        assert [each.ended_at for each in weeks] == [at("2026-03-02T14:00+07:00"), None]
        assert [each.picked_up_at for each in weeks] == [before.picked_up_at, now.picked_up_at]
        assert spent(count(now, "2026-03-02T12:00+01:00", *weeks, before=now))[0] == ("03-02", "sari", 5)


def asked(number: int, moment: str, criterion: str = "") -> Question:
    return Question(
        id=f"Q{number}", comment=number, place=0, pull=0, text="?", criterion=criterion, by="sari", at=at(moment)
    )


def test_a_question_counts_in_the_week_in_which_it_was_asked():
    questions = (
        asked(1, "2026-03-02T09:00+07:00", "scope"),
        asked(2, "2026-03-08T23:30+07:00"),  # Monday in Taipei
        asked(3, "2026-03-20T09:00+07:00", "scope"),  # long after the end
    )
    found = ledger(move("sari", "2026-03-02T08:00+07:00"), questions=questions, ended_at=at("2026-03-10T09:00+07:00"))

    assert [each.questions for each in count(found, "2026-03-21T09:00+07:00")] == [("scope",), ("", "scope")]


def test_a_round_counts_in_the_week_in_which_it_was_asked_for():
    demanded = tuple(map(at, ("2026-03-03T09:00+08:00", "2026-03-09T09:00+08:00", "2026-03-10T09:00+08:00")))
    found = ledger(move("sari", "2026-03-02T08:00+07:00"), demanded=demanded)

    assert [each.rounds for each in count(found, "2026-03-17T09:00+08:00")] == [1, 2, 0]


def test_a_ledger_without_a_turn_has_no_weeks():
    found = replace(ledger(move("sari", "2026-03-02T08:00+07:00")), moves=())

    assert count(found, "2026-03-17T09:00+08:00") == ()


def test_of_absences_only_those_to_come_are_kept():
    found = ledger(move("ana", "2026-03-09T17:00-03:00"))
    ahead, after = (
        count(found, now)[-1].waits[-1].theirs for now in ("2026-03-10T12:00-03:00", "2026-03-13T12:00-03:00")
    )

    assert ahead.away == ((date(2026, 3, 10), date(2026, 3, 12)),)
    assert after.away == ()


class TestUpToNow:
    """A report counts on from the last look."""

    weeks = count(ledger(move("sari", "2026-03-06T09:00+07:00")), "2026-03-06T15:00+07:00")

    def test_a_turn_that_goes_on_is_counted_on_in_the_hours_of_the_last_look(self):
        assert spent(current(self.weeks, at("2026-03-06T20:00+07:00"))) == [("03-02", "sari", 8)]

    def test_over_a_sunday_night_it_gets_a_week_of_its_own(self):
        weeks = count(ledger(move("sari", "2026-03-06T09:00+07:00")), "2026-03-07T12:00+07:00")
        later = current(weeks, at("2026-03-09T11:00+07:00"))

        assert spent(later) == [("03-02", "sari", 8), ("03-09", "sari", 2)]
        assert [(each.begins, each.runs) for each in later] == [(True, False), (False, True)]

    def test_one_that_nobody_looked_at_for_days_stays_as_it_was_seen(self):
        assert current(self.weeks, at("2026-03-06T15:00+07:00") + FOLLOWED + timedelta(minutes=1)) == self.weeks

    def test_one_that_is_over_stays(self):
        over = tuple(replace(each, waits=(replace(each.waits[0], theirs=None),)) for each in self.weeks)
        assert current(over, at("2026-03-07T12:00+07:00")) == over

    def test_a_look_later_than_now_stays(self):
        assert current(self.weeks, at("2026-03-06T14:00+07:00")) == self.weeks
