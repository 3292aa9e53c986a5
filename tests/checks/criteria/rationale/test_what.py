"""What was built or changed."""

import pytest

from checks.criteria.rationale.what import CRITERION
from checks.verdict import Evidence, Status

MET = [
    pytest.param("The worker now waits 30 seconds between two attempts.", id="one sentence of prose"),
    pytest.param(
        "## Changes\n\n- add a `retries` column to the table\n- drop the cron job", id="a list under a heading"
    ),
    pytest.param("Changes: the queue keeps a row until the third attempt.", id="a label on the line itself"),
    pytest.param("This PR moves the back-off into `queue/backoff.py`.", id="led by the words this PR"),
    pytest.param("| file | change |\n|---|---|\n| queue.py | waits between attempts |", id="a table"),
]
PARTLY = [
    pytest.param("", id="empty body, specific title"),
    pytest.param("Closes #12", id="only a link"),
    pytest.param("Retry failed uploads.", id="the title again"),
    pytest.param("<!-- Describe your changes -->", id="only a template's comment"),
    pytest.param("## Testing\n\n`make test` passes on my machine.", id="only a check"),
    pytest.param("> The upload should be retried when the network is down.", id="only somebody else's words"),
]


@pytest.mark.parametrize("body", MET)
def test_met(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MET
    assert all(evidence.line for evidence in finding.evidence)


@pytest.mark.parametrize("body", PARTLY)
def test_partly_where_only_the_title_names_the_change(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.PARTLY
    assert finding.evidence == (Evidence(0, "Retry failed uploads"),)
    assert finding.advice == (
        'Add a sentence on what behaves differently now; so far only the title says it: "Retry failed uploads".'
    )


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Fixes", id="one word"),
        pytest.param("Update README", id="a verb and a file"),
        pytest.param("Feat/retry-failed-uploads", id="the branch's name"),
    ],
)
def test_missing_where_not_even_the_title_names_it(judge, title):
    finding = judge(CRITERION, "", title=title)

    assert finding.status is Status.MISSING
    assert finding.evidence == (Evidence(0, title),)
    assert finding.advice == f'Say in the title and in one sentence what was changed; "{title}" does not name it.'


def test_missing_without_any_words(judge):
    finding = judge(CRITERION, "", title="")

    assert (finding.status, finding.evidence) == (Status.MISSING, ())
    assert finding.advice == "Give it a title and a sentence that say what was changed."


def test_a_small_change_may_say_it_in_its_title(judge):
    finding = judge(CRITERION, "", small=True)

    assert (finding.status, finding.evidence) == (Status.MET, (Evidence(0, "Retry failed uploads"),))
