"""How it was checked."""

import pytest

from checks.criteria.rationale.verification import CRITERION
from checks.verdict import Status

MET = [
    pytest.param("## Testing\n\n- `make test`", id="a command"),
    pytest.param("Tested with `curl -X POST /uploads`.", id="a command outside a section"),
    pytest.param("## Test plan\n\n```\n12 passed in 3.1s\n```", id="output"),
    pytest.param("Covered by tests in test_upload_retry.", id="a named test"),
    pytest.param("Measured: a 40 MB file takes 12 s.", id="a figure"),
    pytest.param("Ran the importer on the March dump: 0 rejects.", id="a run and its count"),
    pytest.param("With the index it takes 0.4 s (EXPLAIN ANALYZE on staging).", id="a measure in brackets"),
    pytest.param("Start p50 over 50 calls: 812 ms -> 604 ms.", id="before and after"),
    pytest.param("Checked with `pytest tests/upload` (41 passed).", id="a command and its count"),
    pytest.param("```\n41 passed in 2 s\n```", id="output outside a section"),
    pytest.param("| threads | time |\n|---|---|\n| 2 | 4.1 s |", id="a table of measures"),
    pytest.param("![after](https://example.com/after.png)", id="a picture"),
    pytest.param("## Testing\n\n- `make test` fails: no database here", id="a failed run, with its reason"),
    pytest.param("Not tested on Windows, as there is no machine at hand.", id="what was not checked"),
    pytest.param("## Testing\n\nhttps://ci.example.com/acme/shop/runs/12", id="the address of a run"),
    pytest.param("No tests were run: the runner has no network.", id="nothing run, with its reason"),
    pytest.param("Note: the tests could not be run, as there is no database here.", id="a note on what was not run"),
]
PARTLY = [
    pytest.param("Tested locally.", id="tested locally"),
    pytest.param("Added unit tests.", id="added tests"),
    pytest.param("## Testing\n\nWorks fine.", id="a claim under the heading"),
    pytest.param("Added unit tests for `upload`.", id="tests written, none run"),
    pytest.param("Adds pytest-based unit tests of the importer.", id="tests written, their runner named"),
    pytest.param("I have done some testing with old files.", id="some testing"),
]
IDLE = [
    pytest.param("## Testing\n\n- `node --version`", id="a version"),
    pytest.param("## Testing\n\n- `true`", id="a command that never fails"),
    pytest.param("## Testing\n\n- `git status --short`", id="the state of the checkout"),
]
MISSING = [
    pytest.param("", id="nothing"),
    pytest.param("Restores the benchmark of `import_rows` in 2 files.", id="a benchmark that was changed"),
    pytest.param("Document the need to run `make build` before the first start.", id="a manual that names a command"),
    pytest.param("- shop/benchmarks/import-2024.md", id="a path"),
    pytest.param("Uploads fail after 30 seconds.", id="a failure that is a reason"),
    pytest.param("The benchmark of the release times out after 30 s.", id="a trouble with a benchmark"),
    pytest.param("| option | meaning |\n|---|---|\n| retries | how often |", id="a table without measures"),
    pytest.param("## Testing\n\n- [ ] `make test`", id="a box that nobody ticked"),
    pytest.param("## How did you test it?\n\n<!-- Commands, screenshots -->", id="the template"),
]


@pytest.mark.parametrize("body", MET)
def test_met(judge, body):
    assert judge(CRITERION, body).status is Status.MET


@pytest.mark.parametrize("body", PARTLY)
def test_partly(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.PARTLY
    assert finding.advice == (
        f'Show what "{finding.evidence[0].quote}" rests on: the command or the test\'s name, and what came out.'
    )


@pytest.mark.parametrize("body", IDLE)
def test_a_command_that_cannot_fail_with_the_change_is_no_check(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.PARTLY
    assert finding.advice == (
        f'"{finding.evidence[0].quote}" cannot fail with the change: add the command that can, and what came out.'
    )


@pytest.mark.parametrize("body", MISSING)
def test_missing(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MISSING
    assert finding.advice == "Add how you checked it: the command you ran and what came out, or why nothing was run."


def test_nothing_is_asked_of_a_small_change(judge):
    assert judge(CRITERION, "", small=True).status is Status.NOT_ASKED
