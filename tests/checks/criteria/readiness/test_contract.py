import pytest

from checks.criteria.readiness.contract import CRITERION
from checks.verdict import Status

MET = {
    "endpoint with fields and codes": (
        "Add revocation of keys",
        "Add `DELETE /v1/keys/{id}`. It should answer `204`. With an unknown id it should answer `404`.",
    ),
    "steps, actual and expected": (
        "Export drops the last row",
        "## Steps\n\n1. Open the report\n2. Export it as CSV\n\n## Expected\n\nThe file holds all rows.",
    ),
    "code beside the wish": (
        "Support durations in the config",
        "We should accept this:\n\n```yaml\ntimeout: 5s\nretry: 1m\n```\n\nIt must parse to `5` and `60`.",
    ),
    "old and new of a migration": ("Replace `moment` by `date-fns`", ""),
}
LATER = "Once it is plain what should change, give one example: what is put in or done, and what should then be seen."
PARTLY = {
    "one value of a feature": (
        "Add revocation of keys",
        "It should answer `204`.",
        'Beside "It should answer `204`.", give one example: what is put in or done, and what should then be seen.',
    ),
    "one error text": (
        "Import fails",
        "It stops with `KeyError`.",
        "Give the steps one by one, the exact actual outcome and the expected one.",
    ),
    "a bug that leaves open what is right": (
        "Export drops the last row",
        "It crashes on `r.csv`.\n\n```\nIndexError: 7\n```\n\n## Steps\n\n1. Open the report\n2. Export it as CSV",
        "Give the steps one by one, the exact actual outcome and the expected one.",
    ),
    "only code": (
        "Parser",
        "```\nparse(x)\n```",
        LATER,
    ),
}
MISSING = {
    "feature": (
        "Add revocation of keys",
        "",
        "Give one example: what is put in or done, and what should then be seen.",
    ),
    "bug": (
        "Login fails",
        "It does not work.",
        "Give the steps one by one, the exact actual outcome and the expected one.",
    ),
    "docs": (
        "Improve the documentation",
        "",
        "Quote the passage that changes, or the one beside the new words, and write out the new words.",
    ),
    "migration": (
        "Migrate the database",
        "",
        "Name exactly what is there before and what is there after.",
    ),
    "spike": (
        "Investigate slow starts",
        "",
        "Say what the answer has to contain: which numbers, options or recommendation.",
    ),
    "nothing": (
        "",
        "",
        LATER,
    ),
    "log only": (
        "Worker",
        "```\n2024-03-01 10:00:00 INFO start\n2024-03-01 10:00:01 INFO end\n```",
        LATER,
    ),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_concrete_input_and_output_meet_it(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.MET


@pytest.mark.parametrize(("title", "body", "advice"), PARTLY.values(), ids=PARTLY)
def test_one_concrete_line_meets_it_partly(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.PARTLY, advice)


@pytest.mark.parametrize(("title", "body", "advice"), MISSING.values(), ids=MISSING)
def test_nothing_concrete_is_missing_and_the_advice_fits_the_kind(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.MISSING, advice)
