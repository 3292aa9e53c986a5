"""Gaps: where a quote stands, and which of a finding's quotes count."""

import pytest

from checks.subject import ChangedFile, LinkedIssue, Pull
from checks.verdict import Evidence, Status
from config.load import Loaded
from ghapp import judgement
from ghapp.render import gaps
from ghapp.render.counting import counting
from tests.ghapp import verdicts


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        pytest.param(Evidence(3, "words"), "line 3", id="body"),
        pytest.param(Evidence(0, "Stream the export"), "title", id="title"),
        pytest.param(Evidence(0, "Closes acme/shop#12 for good"), "title", id="title-with-an-issue"),
    ],
)
def test_a_quote_has_its_place(evidence, place):
    assert gaps.place(evidence) == place
    assert gaps.before(evidence) == f"{place}: "


@pytest.mark.parametrize("lines", [1, 12, 2_400])
def test_what_the_app_counted_or_github_linked_stands_nowhere(lines):
    pull = Pull(
        title="Stream the export",
        body="Months with 200,000 rows ran out of memory.",
        files=(ChangedFile(path="a.py", additions=lines),),
        changed_files=1,
        linked=(LinkedIssue(repository="acme/shop.api", number=12, title="Export", body=""),),
    )
    found = {each.criterion: each.evidence for each in judgement.pull(pull, Loaded()).findings}
    for criterion in ("size", "linked-issue"):
        assert [gaps.before(evidence) for evidence in found[criterion]] == [""]


WISH, COUNTS, LATER = Evidence(9, "Fast."), Evidence(10, "Answers 404."), Evidence(30, "Nice.")
FAULTY = verdicts.finding("clarity", Status.PARTLY, (9, "Fast."), advice="Say more.")
ENDLESS = verdicts.finding("clarity", Status.MISSING, *((line, "Fast.") for line in range(9, 17)), advice="Say more.")


def mixed(criterion="acceptance"):
    quotes = ((each.line, each.quote) for each in (WISH, COUNTS, LATER))
    return verdicts.finding(criterion, Status.PARTLY, *quotes, advice="Replace it.")


@pytest.mark.parametrize(
    ("finding", "others", "counted"),
    [
        pytest.param(mixed(), (FAULTY,), (COUNTS, LATER), id="without-the-wish"),
        pytest.param(mixed(), (ENDLESS,), (COUNTS,), id="as-far-as-wishes-were-looked-for"),
        pytest.param(mixed(), (), (), id="wishes-were-not-looked-for"),
        pytest.param(mixed("scope"), (), (WISH, COUNTS, LATER), id="a-part-without-wishes"),
        pytest.param(mixed("self-contained"), (), (), id="a-list-of-faults"),
        pytest.param(verdicts.CLEAR, (), verdicts.CLEAR.evidence, id="met"),
        pytest.param(verdicts.HIDDEN, (), (), id="missing"),
    ],
)
def test_what_counts_is_told_from_what_does_not(finding, others, counted):
    assert counting(verdicts.issue("almost", 50, finding, *others), finding) == counted
