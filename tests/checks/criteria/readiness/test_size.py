import pytest

from checks.criteria.readiness.size import CRITERION
from checks.verdict import Status

MET = {
    "one outcome": "`GET /keys` should answer 200.",
    "a dozen criteria": "## Acceptance criteria\n\n" + "\n".join(f"- Page {n} answers 200" for n in range(12)),
}
PARTLY = {
    "too many criteria": (
        "## Acceptance criteria\n\n" + "\n".join(f"- Page {n} answers 200" for n in range(13)),
        "Split it: 13 acceptance criteria are more than one engagement holds.",
    ),
    "too many tasks": (
        "## Tasks\n\n" + "\n".join(f"- Build the page for the {n}th team" for n in range(11)),
        "Split it: 11 tasks are more than one engagement holds; give each finish line its own issue.",
    ),
}


@pytest.mark.parametrize("body", MET.values(), ids=MET)
def test_one_engagement_meets_it(judge, body):
    assert judge(CRITERION, "Add pages", body).status is Status.MET


@pytest.mark.parametrize(("body", "advice"), PARTLY.values(), ids=PARTLY)
def test_more_than_one_person_holds_gets_the_advice_to_split(judge, body, advice):
    finding = judge(CRITERION, "Add pages", body)
    assert (finding.status, finding.advice) == (Status.PARTLY, advice)


def test_nothing_has_no_size(judge):
    assert judge(CRITERION, "", "").status is Status.NOT_ASKED
