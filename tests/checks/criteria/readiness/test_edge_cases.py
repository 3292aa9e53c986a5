import pytest

from checks.criteria.readiness.edge_cases import CRITERION
from checks.verdict import Status

MET = {
    "conditions with outcomes": (
        "Add an import",
        "If the file is empty, the import should stop. When a row is a duplicate, it must be left out.",
    ),
    "answers in prose": (
        "Add `DELETE /tags/{id}`",
        "If the row is gone, answer 404. On 409 from the store, retry once.",
    ),
    "roll-back": (
        "Add an import",
        "An empty list returns `[]`. When the audit row is missing, the call is rolled back.",
    ),
    "under a heading": ("Add an import", "## Edge cases\n\n- A file over 10 MB answers 413\n- Two imports at once"),
}
PARTLY = {"one of them": ("Add an import", "If the file is empty, the import should stop.")}
MISSING = {
    "sunny path only": (
        "Add an import",
        "Add `POST /import`.",
        "Name the case most likely to go wrong",
    ),
    "change of what is there": ("Replace `moment` by `date-fns`", "", "the way back where data or users are touched"),
    "bug": ("Import fails", "It stops with `KeyError`.", "Say which neighbouring cases have to keep working"),
    "failures without a case": ("Add an import", "## Edge cases\n\nempty", "Name the case most likely to go wrong"),
    "nothing": ("", "", "Once it is plain what should change, name the case"),
}
NOT_ASKED = {
    "docs": ("Fix a typo in the README", "It says `instal`."),
    "spike": ("Investigate the slow start", "Time box: 8 hours."),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_failures_with_their_outcome_meet_it(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.MET


@pytest.mark.parametrize(("title", "body"), PARTLY.values(), ids=PARTLY)
def test_one_failure_meets_it_partly(judge, title, body):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.PARTLY
    assert finding.advice.startswith('Besides "If the file is empty, the import should stop."')


def test_a_failure_of_today_is_not_quoted_as_a_case_of_the_work(judge):
    finding = judge(CRITERION, "Import fails", "The import stops if the file is empty.")
    assert finding.status is Status.PARTLY
    assert finding.advice.startswith("Say which neighbouring cases have to keep working")


@pytest.mark.parametrize(("title", "body", "advice"), MISSING.values(), ids=MISSING)
def test_the_sunny_path_alone_is_missing(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.MISSING
    assert advice in finding.advice


@pytest.mark.parametrize(("title", "body"), NOT_ASKED.values(), ids=NOT_ASKED)
def test_a_text_or_a_finding_has_no_failures_of_its_own(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.NOT_ASKED
