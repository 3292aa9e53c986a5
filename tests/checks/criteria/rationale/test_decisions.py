"""What was decided, rejected, or is still open."""

import pytest

from checks.criteria.rationale.decisions import CRITERION
from checks.verdict import Status

MET = [
    pytest.param("Kept the old table rather than renaming it.", id="one thing rather than another"),
    pytest.param("We considered a message broker and rejected it for its running costs.", id="an alternative rejected"),
    pytest.param("Trade-off: reads get slower by a tenth, writes by nothing.", id="a trade-off"),
    pytest.param("## Limitations\n\nOnly uploads to the first region are retried.", id="limits under a heading"),
    pytest.param("Deliberately without a queue of its own.", id="on purpose"),
    pytest.param("Rows instead of files, since a file cannot be locked.", id="set against another, with the reason"),
    pytest.param("More than four workers did not help.", id="tried, and dropped"),
    pytest.param("Rather than copy the parser, I moved it.", id="what the author did rather than another thing"),
    pytest.param(
        "The old client is left for a follow-up, because the app still calls it.", id="a limit with its reason"
    ),
]
PARTLY = [
    pytest.param(
        "The old endpoint stays behind a feature flag.",
        'Say what the alternative to "The old endpoint stays behind a feature flag." was, and why it was rejected.',
        id="a limit without its reason",
    ),
    pytest.param(
        "Should we keep the old rows?",
        '"Should we keep the old rows?" needs a decision: add who decides and the options.',
        id="a question to nobody",
    ),
    pytest.param(
        "@ana, which one do you want to keep?",
        '"@ana, which one do you want to keep?" needs a decision: add the options.',
        id="a question without options",
    ),
    pytest.param(
        "Needs a decision: drop the rows or archive them.",
        '"Needs a decision: drop the rows or archive them." needs a decision: add who decides.',
        id="options without a name",
    ),
    pytest.param(
        "@ana needs to decide: drop the rows or archive them.",
        '"@ana needs to decide: drop the rows or archive them." waits for a decision: '
        "write the answer here once it is given.",
        id="a question with both",
    ),
    pytest.param(
        "## Open questions\n\nHow long rows are kept.",
        '"How long rows are kept." needs a decision: add who decides and the options.',
        id="under its heading",
    ),
]


@pytest.mark.parametrize("body", MET)
def test_met(judge, body):
    assert judge(CRITERION, body).status is Status.MET


@pytest.mark.parametrize(("body", "advice"), PARTLY)
def test_partly(judge, body, advice):
    finding = judge(CRITERION, body)

    assert finding.status is Status.PARTLY
    assert finding.advice == advice


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("Waits between attempts.", id="only what"),
        pytest.param("Points the report at the view instead of the table.", id="what it was before"),
        pytest.param("Customers can pay later so that they order rather than leave.", id="a goal"),
        pytest.param("I think this closes the gap in the import.", id="an opinion"),
        pytest.param("## Approach\n\n- Add a queue for uploads", id="how it was done"),
        pytest.param("Note: the upload tests could not be run here.", id="a note on a check"),
        pytest.param("## Potential risks\n\nnone", id="none"),
        pytest.param("<!-- Were alternatives considered? -->", id="a template's question"),
        pytest.param("> Should we keep the old rows?", id="somebody else's question"),
    ],
)
def test_missing(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MISSING
    assert finding.advice == "Add a line on what you chose and what you rejected, or that there was nothing to choose."


def test_an_open_question_is_quoted_before_the_choices(judge):
    finding = judge(CRITERION, "Kept the table rather than renaming it.\n\nNeeds a decision by @ana: drop it or not?")

    assert [evidence.line for evidence in finding.evidence] == [3, 1]


def test_nothing_is_asked_of_a_small_change(judge):
    assert judge(CRITERION, "", small=True).status is Status.NOT_ASKED
