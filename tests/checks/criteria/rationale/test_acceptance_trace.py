"""Where each acceptance criterion of the linked issue is addressed."""

import pytest

from checks.criteria.rationale.acceptance_trace import CRITERION
from checks.subject import LinkedIssue
from checks.verdict import Status

ISSUE = LinkedIssue(
    repository="acme/shop",
    number=12,
    title="Uploads are lost when the connection breaks",
    body="""The worker gives up at the first error and the file is gone.

## Acceptance criteria

- [ ] A failed upload is retried three times
- [ ] After the third failure the row gets the status `failed`
- [ ] The customer receives one e-mail, not three
""",
)
MET = [
    pytest.param(
        """- [x] A failed upload is retried three times: `backoff.py`
- [x] After the third failure the row gets the status `failed`: `worker.py`
- [x] The customer receives one e-mail, not three: `mail.py`""",
        id="each box repeated and ticked",
    ),
    pytest.param(
        """| acceptance criterion | where |
|---|---|
| failed upload retried three times | backoff.py |
| after third failure, row gets status failed | worker.py |
| customer receives one e-mail | mail.py |""",
        id="a table",
    ),
    pytest.param(
        """Each failed upload is now retried three times. The row gets the status `failed` after the third failure.
Left out: the customer receives no e-mail yet, so not three and not one; that is #13.""",
        id="prose, one left out and said so",
    ),
]


@pytest.mark.parametrize("body", MET)
def test_met(judge, body):
    finding = judge(CRITERION, body, linked=(ISSUE,))

    assert finding.status is Status.MET
    assert len(finding.evidence) == 3 or finding.evidence[0].line == 1


def test_partly_names_the_first_that_is_passed_over(judge):
    finding = judge(CRITERION, "A failed upload is now retried three times.", linked=(ISSUE,))

    assert finding.status is Status.PARTLY
    assert [evidence.quote for evidence in finding.evidence] == ["A failed upload is now retried three times."]
    assert finding.advice == (
        'Say where AC2 ("After the third failure the row gets the status `failed`") is addressed, '
        "or that it was left out and why; 2 of 3 acceptance criteria have no answer yet."
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("Adds a queue.", id="other words"),
        pytest.param("A failed upload is shown in red.", id="two words of five"),
        pytest.param("- [ ] A failed upload is retried three times", id="a box that nobody ticked"),
        pytest.param("<!-- A failed upload is retried three times -->", id="a comment"),
        pytest.param("```\nA failed upload is retried three times\n```", id="code"),
        pytest.param("- A failed upload is retried three times", id="the issue's own line"),
        pytest.param("A failed upload will be retried three times; that will follow.", id="a plan"),
    ],
)
def test_missing(judge, body):
    finding = judge(CRITERION, body, title="Work on the worker", linked=(ISSUE,))

    assert finding.status is Status.MISSING
    assert finding.advice.endswith("3 of 3 acceptance criteria have no answer yet.")


@pytest.mark.parametrize(
    "linked",
    [
        pytest.param((), id="no linked issue"),
        pytest.param((LinkedIssue(repository="acme/shop", number=1, title="Slow", body=""),), id="nothing to verify"),
    ],
)
def test_not_asked(judge, linked):
    assert judge(CRITERION, "Adds a queue.", linked=linked).status is Status.NOT_ASKED


def test_an_issue_that_promises_in_prose_is_traced_by_its_sentences(judge):
    prose = LinkedIssue(
        repository="acme/shop",
        number=13,
        title="Uploads are lost",
        body="## Acceptance criteria\n\nA failed upload must be retried three times before the row is marked.",
    )

    finding = judge(CRITERION, "A failed upload is retried three times before its row is marked.", linked=(prose,))

    assert finding.status is Status.MET
