import pytest

from checks.criteria.readiness.self_contained import CRITERION
from checks.verdict import Status

MET = {
    "everything stands there": ("Add revocation of keys", "Add `DELETE /v1/keys/{id}`. It answers 204."),
    "a public link beside the text": (
        "Support RFC 9110",
        "We should follow https://example.org/rfc9110 for `HEAD`. `GET` stays.",
    ),
    "a ticket that is left out": (
        "Add `X-Trace`",
        "Send it on `GET /keys`.\n\n## Out of scope\n\n- The cache of `api.py`, that is #12",
    ),
    "where it came from": ("Add `X-Trace`", "Add it to `api.py`. Related to https://example.org/a/b/issues/1"),
    "a standard": ("Add `X-Trace`", "It should follow RFC-9110 in `api.py`."),
    "own machine in a step": (
        "Login fails",
        "## Steps\n\n1. Open http://localhost:8000/login\n2. Press `Enter`\n3. Read the page's `500`",
    ),
    "news of a system of the team": (
        "Login fails",
        "`GET /login` answers `500` on production servers.\n\n## Expected\n\nIt answers `200`.",
    ),
    "a program called Slack": (
        "Add Slack notifications",
        "Post to the Slack webhook of `ci.yml` when `build` fails. Say `failed` and the 7 digits of its id: 1 line.",
    ),
}
CHORE = ("Remove `moment` from `package.json`", "Nothing uses it any more.")
FACTLESS = "Name the place, so that nobody has to ask for it: the file, page, command or setting, and the version."
PARTLY = {
    "another ticket": (
        "Add `X-Trace`",
        "Send `X-Trace` on `GET /keys`. It is a part of #12.",
        "Line 1 names another ticket: say here what matters of it.",
    ),
    "no facts": ("Add revocation of keys", "A key should end when its owner leaves.", FACTLESS),
    "one fact": (
        "Add revocation of keys",
        "A key should end after 3 days.",
        'Besides "A key should end after 3 days.", write down what else you would be asked: a place, a value.',
    ),
    "an address at the end of a clause": (
        "Add `X-Trace`",
        "Send `X-Trace`, see https://example.org/acme/api/issues/12, on `GET /keys`.",
        'Line 1 points at "https://example.org/acme/api/issues/12": say here what is needed from there.',
    ),
    "a side note": (
        "Add revocation of keys",
        "Add `DELETE /v1/keys/{id}`. It should answer `204`. So must the second call. As discussed, no button.",
        'Line 1 leans on "as discussed": put what was said there into this issue.',
    ),
    "everything behind a public link": (
        "Support the new header",
        "See https://example.org/headers for details.",
        "Line 1 points at another page: say here what is needed from there.",
    ),
    "a ticket": (
        "Support the new header",
        "Add `X-Trace`. It is described in #12.",
        'Line 1 points at "#12": say here what is needed from there.',
    ),
    "a thread": (
        "Support the new header",
        "Add `X-Trace`, as in https://example.org/acme/api/issues/12 they say.",
        'Line 1 points at "https://example.org/acme/api/issues/12": say here what is needed from there.',
    ),
    "only a picture": (
        "Hide the border",
        "![before](https://example.org/a.png)",
        "Line 1 shows it in a picture only: write what is to be seen there.",
    ),
}
MISSING = {
    "call": ("Change the discount", "As agreed in our call.", 'Line 1 leans on "as agreed": put what was said there'),
    "chat": (
        "Change the discount",
        "See https://acme.slack.com/archives/C1/p2 for it.",
        "quote here what that page says",
    ),
    "drive": ("Change the discount", "Numbers: https://docs.google.com/document/d/1", "quote here what that page says"),
    "intranet": ("Change the discount", "Spec: https://wiki.acme.internal/discounts", "quote here what that page says"),
    "own machine as a source": (
        "Change the header",
        "See http://localhost:8080/spec",
        "quote here what that page says",
    ),
    "person": (
        "Change the discount",
        "Please ask Bob about the numbers.",
        'leans on "ask Bob": write down what they know',
    ),
    "a team": ("Change the discount", "Ask the backend team for it.", 'leans on "Ask the backend team"'),
    "a wiki of its own": ("Change it", "It is on https://wiki.acme.example/x", "quote here what that page says"),
    "a demand that stands elsewhere": (
        "Add `GET /invoices.zip`",
        "It answers `200`. It answers `404`. It answers `403`. The layout should be as discussed.",
        'leans on "as discussed"',
    ),
    "work in a system of the team": (
        "Move the queue to the new host",
        "The staging server has to run `queue 3.1`.",
        'leans on "staging server": say which access a stranger gets, or how to do without it',
    ),
    "a certificate": ("The certificate expires on Friday", "Renew it.", "say which access a stranger gets"),
    "usual way": ("Change the discount", "Do it the usual way.", "write down what that way is"),
    "title": ("Change the discount as discussed", "", 'The title leans on "as discussed"'),
    "nothing": ("", "", "so far there is nothing to go by"),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_a_text_that_stands_alone_meets_it(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.MET


@pytest.mark.parametrize(("title", "body", "advice"), PARTLY.values(), ids=PARTLY)
def test_what_leans_a_little_meets_it_partly(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.PARTLY, advice)


@pytest.mark.parametrize(("title", "body", "advice"), MISSING.values(), ids=MISSING)
def test_what_a_stranger_cannot_reach_is_missing(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.MISSING
    assert advice in finding.advice


def test_of_a_chore_the_name_of_what_changes_is_enough(judge):
    assert judge(CRITERION, *CHORE).status is Status.MET
