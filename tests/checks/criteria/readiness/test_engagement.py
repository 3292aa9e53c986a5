import pytest

from checks.criteria.readiness.engagement import CRITERION
from checks.verdict import Status

MET = {
    "one line": "Deliverable: one pull request, reviewed by Mira, due by Friday.",
    "list": "## Hand-over\n\n- one pull request to `main`\n- about six hours\n- reviewed by Mira",
}
PARTLY = {
    "time only": ("Estimate: 6 hours.", 'Beside "Estimate: 6 hours.", say what is handed over and who reviews it.'),
    "no reviewer": (
        "Deliverable: one pull request, due by Friday.",
        'Beside "Deliverable: one pull request, due by Friday.", say who reviews it.',
    ),
}
MISSING = {"no word": "Add `DELETE /keys`.", "heading only": "## Timeline\n"}


@pytest.mark.parametrize("body", MET.values(), ids=MET)
def test_deliverable_time_and_review_meet_it(judge, body):
    assert judge(CRITERION, "Add revocation of keys", body).status is Status.MET


@pytest.mark.parametrize(("body", "advice"), PARTLY.values(), ids=PARTLY)
def test_what_lacks_is_named(judge, body, advice):
    finding = judge(CRITERION, "Add revocation of keys", body)
    assert (finding.status, finding.advice) == (Status.PARTLY, advice)


@pytest.mark.parametrize("body", MISSING.values(), ids=MISSING)
def test_none_of_it_is_missing(judge, body):
    finding = judge(CRITERION, "Add revocation of keys", body)
    assert finding.status is Status.MISSING
    assert finding.advice == (
        "Add a line that says what is handed over, by which day or within how many hours, and who reviews it."
    )


def test_where_nothing_is_to_be_done_nothing_is_handed_over(judge):
    assert judge(CRITERION, "How do I revoke a key?", "Any idea?").status is Status.NOT_ASKED
