"""Which issue it answers."""

import pytest

from checks.criteria.rationale.linked_issue import CRITERION
from checks.subject import LinkedIssue
from checks.verdict import Evidence, Status

MET = [
    *(
        pytest.param(f"{keyword} #12", id=keyword)
        for keyword in ("close", "Closes", "closed", "fix", "FIXES", "fixed", "resolve", "resolves", "Resolved")
    ),
    pytest.param("Closes: #12", id="with a colon"),
    pytest.param("This closes acme/shop#12.", id="in another repository"),
    pytest.param("Fixes https://github.com/acme/shop/issues/12", id="keyword and address"),
    pytest.param("Fixes [#12](https://github.com/acme/shop/issues/12)", id="a Markdown link"),
    pytest.param(
        "Part of https://github.com/acme/shop/issues/12, the second step of three.", id="a relation and an address"
    ),
    pytest.param(
        "This mends the lost uploads described in [#12](https://github.com/acme/shop/issues/12) in May.",
        id="where it is described",
    ),
    pytest.param("https://git.example.com/acme/shop/issues/12", id="an address alone, own server"),
    pytest.param("acme/shop#12", id="the short form alone"),
    pytest.param(
        "## Related issue\n\nThe one on uploads: acme/shop#12, reported in May by support", id="under its heading"
    ),
]
PARTLY = [
    pytest.param("Part of #12", id="a relation without keyword"),
    pytest.param("Fixes issue #12", id="a word between"),
    pytest.param("## Related issues\n\n- #12", id="a number under its heading"),
]
MISSING = [
    pytest.param("", id="nothing"),
    pytest.param("The table was added by #12 and has grown since.", id="a number in passing"),
    pytest.param(
        "Like golang/go#34053 did, this reads the header before the body is there.", id="elsewhere, in passing"
    ),
    pytest.param(
        "As https://github.com/acme/shop/issues/12 shows, the header can be empty there.", id="an address in passing"
    ),
    pytest.param("## Related\n\nReplaces PR #12", id="another pull request"),
    pytest.param("Write `closes #12` into the body.", id="inside code"),
    pytest.param("```\ncloses #12\n```", id="inside a fence"),
    pytest.param("Fixes #", id="the template's number"),
    pytest.param("Fixes #0", id="zero"),
    pytest.param("Fixes SHOP-12", id="the key of another tracker"),
    pytest.param("Closes !12", id="a merge request"),
    pytest.param("prefixes #12", id="the keyword inside a word"),
    pytest.param("## Related issue\n\nThe colour goes from a#12 to b#13", id="inside a word, under its heading"),
    pytest.param("<!-- Closes #12 -->", id="inside a comment"),
]


@pytest.mark.parametrize("body", MET)
def test_met(judge, body):
    assert judge(CRITERION, body).status is Status.MET


@pytest.mark.parametrize("body", PARTLY)
def test_partly(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.PARTLY
    assert finding.advice == (
        f'Write "Closes" before the number, or the full address: GitHub makes no link of "{finding.evidence[0].quote}".'
    )


@pytest.mark.parametrize("body", MISSING)
def test_missing(judge, body):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MISSING
    assert finding.advice == 'Name the issue it answers: "Closes" and its number, or its full address.'


def test_the_sidebar_counts_and_is_shown_beside_the_title(judge):
    issue = LinkedIssue(repository="acme/shop", number=12, title="Uploads are lost", body="")

    finding = judge(CRITERION, "Waits between attempts.", linked=(issue,))

    assert (finding.status, finding.evidence) == (Status.MET, (Evidence(0, "acme/shop#12 Uploads are lost"),))


def test_nothing_is_asked_of_a_small_change(judge):
    assert judge(CRITERION, "", small=True).status is Status.NOT_ASKED
