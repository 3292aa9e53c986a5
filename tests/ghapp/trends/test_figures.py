"""What the weeks of many hand-overs say together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.people import Role
from ghapp.trends.cost import FEWEST, costs
from ghapp.trends.counting import FOLLOWED
from ghapp.trends.figures import figures, quarter
from ghapp.trends.turns import middle
from tests.ghapp.trends.handed import NOW, SARI, some, wait, week

LONG_AGO = date(2025, 1, 1)


def told(*weeks, since=LONG_AGO, now=NOW):
    found = figures("acme", weeks, since=since, now=now)
    assert found
    return found


def hours(spent: timedelta) -> float:
    return spent / timedelta(hours=1)


def test_without_weeks_there_are_no_figures():
    assert figures("acme", (), since=LONG_AGO, now=NOW) is None
    assert figures("acme", some(), since=date(2026, 3, 23), now=NOW) is None


@pytest.mark.parametrize(
    ("monday", "name"),
    [
        ("2026-03-30", "2026-Q2"),  # its Thursday is the second of April
        ("2026-03-23", "2026-Q1"),
        ("2025-12-29", "2026-Q1"),  # its Thursday is the first of January
        ("2025-12-22", "2025-Q4"),
        ("2026-06-29", "2026-Q3"),
        ("2026-09-28", "2026-Q4"),
    ],
)
def test_a_week_is_of_the_quarter_that_has_its_thursday(monday, name):
    assert quarter(date.fromisoformat(monday)) == name


class TestTime:
    """Weeks and quarters."""

    def test_a_report_begins_with_the_whole_week_of_its_day(self):
        found = told(*some(), since=date(2026, 2, 13))

        assert (found.since, found.weeks[0].name) == (date(2026, 2, 9), "2026-W07")
        assert found.whole.handed == 6

    def test_weeks_without_anything_are_there(self):
        assert [each.in_hand for each in told(*some()).weeks if each.name == "2026-W09"] == [0]

    def test_this_week_is_not_whole_and_all_others_are(self):
        weeks = told(*some()).weeks

        assert [each.name for each in weeks if not each.is_whole] == ["2026-W12"]
        assert weeks[-1].name == "2026-W12"

    def test_it_is_monday_where_the_team_is(self):
        sunday = datetime(2026, 3, 22, 20, tzinfo=UTC)

        assert told(*some(), now=sunday).weeks[-1].name == "2026-W13"

    @pytest.mark.parametrize(
        ("since", "whole"),
        [
            ("2025-09-29", [True, False]),  # the first week of the quarter
            ("2025-10-06", [False, False]),
        ],
    )
    def test_a_quarter_is_whole_where_all_of_its_weeks_are_told(self, since, whole):
        found = told(week(1, "2025-11-03"), week(2, "2026-01-05"), since=date.fromisoformat(since))

        assert [each.name for each in found.quarters] == ["2025-Q4", "2026-Q1"]
        assert [each.is_whole for each in found.quarters] == whole

    def test_a_hand_over_in_two_weeks_is_one_in_their_quarter(self):
        first = week(1, "2026-01-05", questions=("scope",), rounds=1)
        second = replace(first, monday=date(2026, 1, 12), begins=False, questions=(), rounds=2)
        found = told(first, second)

        assert [each.in_hand for each in found.weeks[:2]] == [1, 1]
        assert (found.whole.handed, found.whole.in_hand, found.whole.questions, found.whole.rounds) == (1, 1, 1, 3)


class TestReadiness:
    """Of what was handed over."""

    def test_its_share_and_its_middle(self):
        weeks = [
            week(1, "2026-01-05"),
            week(2, "2026-01-05", outcome="almost", score=61),
            week(3, "2026-01-05", score=80),
        ]
        [found, *_] = told(*weeks).weeks

        assert (found.ready, found.judged, found.outcomes, found.score) == (2, 3, (2, 1, 0), 80)

    @pytest.mark.parametrize("outcome", ["skipped", ""])
    def test_what_nobody_judged_counts_for_neither_side(self, outcome):
        [found, *_] = told(week(1, "2026-01-05", outcome=outcome, score=0)).weeks

        assert (found.handed, found.judged, found.score) == (1, 0, None)

    def test_it_counts_in_the_week_of_the_pick_up_alone(self):
        first = week(1, "2026-01-05")
        found = told(first, replace(first, monday=date(2026, 1, 12), begins=False))

        assert [each.handed for each in found.weeks[:2]] == [1, 0]


class TestWaiting:
    """By side and by person."""

    def test_a_turn_in_two_weeks_is_one_turn(self):
        since = datetime(2026, 1, 9, 2, tzinfo=UTC)
        first = week(1, "2026-01-05", waits=(wait("dana", 3, since),))
        second = replace(first, monday=date(2026, 1, 12), begins=False, waits=(wait("dana", 4, since, until=NOW),))
        team = told(first, second).whole.team

        assert (team.count, hours(team.worked), hours(team.longest)) == (1, 7, 7)

    def test_the_middle_and_the_longest(self):
        team = told(*(week(number, "2026-01-05", team=spent) for number, spent in enumerate((1, 2, 30), 1))).whole.team

        assert (team.count, hours(team.worked), hours(team.median), hours(team.longest)) == (3, 33, 2, 30)

    def test_people_by_their_side_the_longest_waited_for_first(self):
        found = told(*some()).people

        assert [(each.login, each.side) for each in found] == [
            ("dana", Role.TEAM),
            ("rui", Role.TEAM),
            ("sari", Role.CONTRACTOR),
        ]

    def test_one_person_is_one_however_they_are_spelt(self):
        since = datetime(2026, 1, 5, 2, tzinfo=UTC)
        weeks = [
            week(number, "2026-01-05", waits=(wait(who, 1, since),)) for number, who in enumerate(("Sari", "sari"))
        ]

        assert [(each.login, each.turns.count) for each in told(*weeks).people] == [("sari", 2)]

    def test_what_goes_on_counts_up_to_now_and_says_so(self):
        found = told(*some())
        sari = found.people[-1]

        assert (sari.turns.running, sari.is_known, found.not_over, found.unfollowed) == (1, False, 1, 0)
        assert hours(found.weeks[-1].contractor.worked) == 6
        assert found.whole.is_whole is False

    def test_the_longest_is_marked_where_it_goes_on(self):
        since = datetime(2026, 3, 16, 2, tzinfo=UTC)
        runs = week(1, "2026-03-16", ended_at=None, waits=(wait("sari", 40, since, until=NOW, theirs=SARI),))

        assert told(runs, week(2, "2026-03-16")).whole.contractor.longest_runs
        assert not told(runs, week(2, "2026-03-16", contractor=50)).whole.contractor.longest_runs

    def test_one_that_nobody_looked_at_for_days_is_told_apart(self):
        found = told(*some(), now=NOW + FOLLOWED + timedelta(hours=1))

        assert (found.not_over, found.unfollowed) == (1, 1)
        assert hours(found.weeks[-1].contractor.worked) == 4

    def test_of_nothing_the_middle_is_nothing(self):
        assert middle(()) == timedelta()


class TestCost:
    """What a missing part went with."""

    def thin(self, number, **changes):
        return week(number, "2026-01-05", gaps=("scope",), questions=("scope", "context"), team=number, **changes)

    def test_of_enough_hand_overs_it_is_told_beside_the_others(self):
        [found], few = costs(
            [*(self.thin(number) for number in range(1, 6)), *(week(n, "2026-01-05") for n in range(6, 11))]
        )

        assert (found.criterion, found.about, found.thin.handovers, found.thin.each) == ("scope", 5, 5, 2)
        assert (hours(found.thin.waited), found.others.handovers, found.others.each) == (3, 5, 0)
        assert few == ()

    def test_of_fewer_nothing_is_said(self):
        assert costs([self.thin(number) for number in range(1, FEWEST)]) == ((), (("scope", FEWEST - 1),))

    def test_too_few_others_are_left_out(self):
        [found], _ = costs([*(self.thin(number) for number in range(1, 6)), week(6, "2026-01-05")])

        assert found.others is None

    def test_a_hand_over_that_began_before_is_left_out(self):
        assert costs([self.thin(number, begins=False) for number in range(1, 6)]) == ((), ())

    def test_all_weeks_of_a_hand_over_count(self):
        firsts = [self.thin(number) for number in range(1, 6)]
        [found], _ = costs([*firsts, replace(firsts[0], monday=date(2026, 1, 12), begins=False)])

        assert (found.thin.handovers, found.thin.questions) == (5, 12)

    def test_what_went_with_most_questions_comes_first(self):
        quiet = [week(number, "2026-01-05", gaps=("clarity",)) for number in range(6, 11)]
        said, _ = costs([*quiet, *(self.thin(number) for number in range(1, 6))])

        assert [each.criterion for each in said] == ["scope", "clarity"]
