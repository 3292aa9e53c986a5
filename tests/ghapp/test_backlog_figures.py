"""What a scan says as a whole."""

import pytest

from checks.verdict import Outcome, Status
from ghapp.backlog.figures import Gap, Issues, Lift, Pulls, figures, share
from tests.ghapp import backlogs
from tests.ghapp.backlogs import issue, pull, scan


def test_issues_are_counted_by_outcome_and_only_the_judged_ones_have_a_share():
    found = figures(backlogs.some()).issues
    assert found == Issues(open=7, ready=3, almost=1, not_ready=2, skipped=1)
    assert found.judged == 6


def test_pull_requests_are_counted_by_whether_they_say_why():
    found = figures(backlogs.some()).pulls
    assert found == Pulls(read=4, says_why=1, says_in_part=1, silent=1)
    assert found.judged == 3


@pytest.mark.parametrize(("score", "index"), [(0, 0), (9, 0), (10, 1), (69, 6), (70, 7), (99, 9), (100, 9)])
def test_scores_are_counted_by_tens_and_a_hundred_with_the_nineties(score, index):
    counts = figures(scan(issue(1, Outcome.ALMOST, score))).scores
    assert len(counts) == 10
    assert [sum(each.values()) for each in counts] == [int(at == index) for at in range(10)]
    assert counts[index][Outcome.ALMOST] == 1


def test_what_is_most_often_missing_comes_first_and_partly_met_decides_between_equals():
    missing, partly = Status.MISSING, Status.PARTLY
    found = figures(
        scan(
            issue(1, gaps={"scope": missing, "context": partly}),
            issue(2, gaps={"scope": missing, "contract": missing}),
            issue(3, gaps={"clarity": missing, "contract": partly}),
        )
    )
    assert found.gaps == (
        Gap(criterion="scope", missing=2, partly=0),
        Gap(criterion="contract", missing=1, partly=1),
        Gap(criterion="clarity", missing=1, partly=0),
        Gap(criterion="context", missing=0, partly=1),
    )


def test_gaps_of_what_was_not_judged_and_of_pull_requests_do_not_count():
    found = figures(scan(issue(1, Outcome.SKIPPED), pull(2, Status.MISSING, gaps={"why": Status.MISSING})))
    assert found.gaps == ()


class TestBest:
    def test_ready_ones_come_first_then_almost_ready_ones_by_score_and_age(self):
        found = figures(
            scan(
                issue(1, Outcome.ALMOST, 99),
                issue(2, Outcome.READY, 80),
                issue(3, Outcome.READY, 90),
                issue(4, Outcome.READY, 80),
            )
        )
        assert [row.number for row in found.best] == [3, 2, 4, 1]

    def test_what_somebody_works_on_or_is_not_nearly_ready_is_left_out(self):
        rows = (issue(1, Outcome.READY, 90, assigned=True), issue(2, Outcome.NOT_READY, 44), pull(3))
        assert figures(scan(*rows)).best == ()

    def test_there_are_ten_at_most(self):
        assert len(figures(scan(*(issue(number, Outcome.READY, 80) for number in range(1, 20)))).best) == 10


def test_the_three_edits_that_lift_most_are_counted_over_all_issues():
    found = figures(
        scan(
            issue(1, mended_by=("scope",)),
            issue(2, mended_by=("scope", "acceptance")),
            issue(3, mended_by=("context",)),
            issue(4, mended_by=("contract",)),
            issue(5, mended_by=("acceptance", "context", "scope")),
        )
    )
    assert found.lifts == (
        Lift(criterion="scope", issues=3),
        Lift(criterion="acceptance", issues=2),
        Lift(criterion="context", issues=2),
    )


@pytest.mark.parametrize(
    ("part", "of", "said"),
    [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (1, 10_000, "under 1 %"),
        (1, 3, "33 %"),
        (9_999, 10_000, "over 99 %"),
        (7, 7, "100 %"),
    ],
)
def test_a_share_never_says_none_or_all_where_there_is_some(part, of, said):
    assert share(part, of) == said


def test_an_empty_backlog_has_figures_too():
    found = figures(scan())
    assert (found.issues.open, found.best, found.gaps, found.lifts) == (0, (), (), ())
