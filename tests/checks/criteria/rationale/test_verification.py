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
]
PARTLY = [
    pytest.param("Tested locally.", id="tested locally"),
    pytest.param("Added unit tests.", id="added tests"),
    pytest.param("## Testing\n\nWorks fine.", id="a claim under the heading"),
    pytest.param("Added unit tests for `upload`.", id="tests written, none run"),
]
MISSING = [
    pytest.param("", id="nothing"),
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


@pytest.mark.parametrize("body", MISSING)
def test_missing(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MISSING
    assert finding.advice == "Add how you checked it: the command you ran and what came out, or why nothing was run."


def test_nothing_is_asked_of_a_small_change(judge):
    assert judge(CRITERION, "", small=True).status is Status.NOT_ASKED
