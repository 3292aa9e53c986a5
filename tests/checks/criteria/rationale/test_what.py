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
    pytest.param("This patch keeps rows as plain strings on disk.", id="whatever the patch does"),
]
PARTLY = [
    pytest.param("Uploads fail, because the proxy cuts them after 30 seconds.", id="only a reason"),
]
UNTOLD = [
    pytest.param("", id="empty body"),
    pytest.param("Closes #12", id="only a link"),
    pytest.param("Retry failed uploads.", id="the title again"),
    pytest.param("<!-- Describe your changes -->", id="only a template's comment"),
    pytest.param("## Testing\n\n`make test` passes on my machine.", id="only a check"),
    pytest.param("> The upload should be retried when the network is down.", id="only somebody else's words"),
    pytest.param("Cleanup.", id="one word"),
    pytest.param("The thumbnails are lost as well, let us see to them in another PR.", id="what is put off"),
    pytest.param("See the commits for the details of it.", id="a pointer"),
    pytest.param("WIP, do not merge this one yet.", id="a warning"),
    pytest.param("Thanks for the review of the last one.", id="thanks"),
    pytest.param("- [ ] Rename the column of attempts", id="a plan"),
    pytest.param("| file | what has changed there |\n|---|---|", id="the head of a table"),
    pytest.param("Applies best practices to deliver robust and scalable solutions.", id="filler"),
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
        'Add a sentence on what was changed and where; so far only the title says it: "Retry failed uploads".'
    )


@pytest.mark.parametrize("body", UNTOLD)
def test_missing_where_the_body_says_nothing_of_it(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MISSING
    assert finding.evidence == (Evidence(0, "Retry failed uploads"),)


def test_a_title_as_long_as_a_sentence_is_half_of_it(judge):
    finding = judge(
        CRITERION, "", title="Answer 404 rather than 500 where the address of an invoice holds an unknown id"
    )

    assert finding.status is Status.PARTLY


def test_beside_a_reason_two_words_of_a_title_name_the_change(judge):
    finding = judge(CRITERION, "The parser fails on empty rows, because it reads the first byte.", title="Fix parser")

    assert finding.status is Status.PARTLY


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


def test_lines_that_name_the_change_are_quoted_before_others(judge):
    body = "The thumbnails lie beside the originals. Tested with `make test` on old files. Moves them into a folder."

    assert judge(CRITERION, body).evidence[0] == Evidence(1, "Moves them into a folder.")
