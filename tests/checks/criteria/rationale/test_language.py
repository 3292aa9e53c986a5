"""Whether it is written in English."""

import pytest

from checks.criteria.rationale.language import CRITERION
from checks.verdict import Status

GERMAN = "Der Upload wird dreimal wiederholt, weil die Verbindung nachts oft abbricht und die Datei sonst verloren ist."


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("The upload is tried three times.", id="English"),
        pytest.param(
            "The upload is tried again.\n\n```\nFehler: keine Verbindung zum Server\n```", id="another in code"
        ),
    ],
)
def test_met(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MET
    assert finding.evidence[0].line == 1


def test_missing_quotes_the_other_language(judge):
    finding = judge(CRITERION, GERMAN)

    assert finding.status is Status.MISSING
    assert [evidence.quote for evidence in finding.evidence] == [GERMAN]
    assert finding.advice == (
        "Add two or three sentences in English on what was changed and why; the original may stay below."
    )


@pytest.mark.parametrize("body", [pytest.param("", id="nothing"), pytest.param("<!-- Describe -->", id="a template")])
def test_not_asked_where_nothing_is_said(judge, body):
    assert judge(CRITERION, body).status is Status.NOT_ASKED
