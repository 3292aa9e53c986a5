import pytest

from checks.criteria.readiness.acceptance import CRITERION
from checks.verdict import Status

MET = {
    "list under a heading": (
        "Add revocation of keys",
        "### Acceptance criteria\n\n- A revoked key answers 401\n- `GET /keys` leaves it out",
    ),
    "bold heading and tick boxes": (
        "Add revocation of keys",
        "**Definition of Done**\n- [ ] A revoked key answers 401\n- [ ] The audit log holds `key.revoked`",
    ),
    "expected behaviour of a bug": (
        "Export drops the last row",
        "The export drops a row.\n\n## Expected behavior\n\nThe file holds all 1,001 rows.",
    ),
    "expected on one line": ("Search fails on umlauts", "Actual: no hits\n\nExpected result: the page lists `Müller`."),
    "given when then": (
        "Add revocation of keys",
        "Given a revoked key\nWhen it is used\nThen the answer is 401.\n\nThen the audit log should hold one row.",
    ),
    "code under a heading of what is expected": (
        "`repr` loses the unit",
        "`repr(Length(3))` returns `3`.\n\n## Expected\n\n```\nLength(3, 'm')\n```",
    ),
    "words of a text that are right": (
        "Fix a typo in `README.md`",
        "Current text: `teh list`\n\nShould be: `the list`",
    ),
    "remarks in code": (
        "`join` fails on empty parts",
        "Today it returns `a`.\n\n```python\njoin(['a', ''])  # should be 'a,'\n```",
    ),
    "scenario in code": (
        "Add a limit for jobs",
        "```gherkin\nGiven a job with `limit: 2`\nThen it fails after 2 tries\nThen `jobs.log` holds both\n```",
    ),
    "demands in prose": (
        "Add revocation of keys",
        "A revoked key must answer `401` within 5 seconds. If the key is unknown, the call should answer `404`.",
    ),
    "deliverable of a spike": (
        "Investigate a faster parser",
        "## Deliverable\n\nA table with the time per file in ms for three parsers.",
    ),
    "one finish line of a small chore": (
        "Remove the flag `--old`",
        "`--old` does nothing since 2.0.\n\nDone when `grep -r old cli` finds nothing.",
    ),
    "failures with their answers": (
        "Add `DELETE /tags/{id}`",
        "Tags stay for ever today. If the row is gone, answer 404. An empty list returns `[]`.",
    ),
    "tests that are named": (
        "Add a retry to the mailer",
        "- Add a unit test that covers a timeout\n- Verify that `mail_log` holds one row",
    ),
}
PARTLY = {
    "one output that should be seen": (
        "Show the table's name in a join",
        "The list of columns names no table today.\n\nIt should print:\n\n```\na.id, b.id\n```",
        'Add the other outcomes beside "a.id, b.id": one line for each thing that can be checked.',
    ),
    "one measure": (
        "Speed up `GET /reports`",
        "`GET /reports` loads every row.\n\nP95 under 90 ms on `big`.",
        'Add the other outcomes beside "P95 under 90 ms on `big`.": one line for each thing that can be checked.',
    ),
    "one behaviour under a condition": (
        "Support the new header",
        "The proxy drops it today. If `X-Id` is set, it must stay.",
        'Add the other outcomes beside "If `X-Id` is set, it must stay.": one line for each thing that can be checked.',
    ),
    "one line for a feature": (
        "Add revocation of keys",
        "We should mail the owner. We should log it. We should show it.\n\n## Done when\n\n- A revoked key answers 401",
        'Add the other outcomes beside "A revoked key answers 401": one line for each thing that can be checked.',
    ),
    "one line for a bug": (
        "Export fails",
        "## Expected\n\nThe file holds all 1,001 rows.",
        'Add the other outcomes beside "The file holds all 1,001 rows.": one line for each thing that can be checked.',
    ),
    "as many wishes as facts": (
        "Add revocation of keys",
        "## Acceptance criteria\n\n- A revoked key answers 401\n- Everything works properly",
        'Turn the wish "Everything works properly" into a check: what is done, and the value or message then seen.',
    ),
    "wanted in concrete words": (
        "Add `--dry-run` to the import",
        "",
        "Below the title, say what somebody sees or gets once it is done.",
    ),
    "what is to be replaced": (
        "Replace `moment` by `date-fns`",
        "Both are in `package.json`.",
        "Below the title, name the command or the test that has to pass once it is done.",
    ),
    "words to be put": (
        "Mention `--json` in the README",
        "",
        "Below the title, say what a reader has to find there once it is done.",
    ),
    "symptom of a bug": (
        "Import fails",
        "The import stops with `KeyError: 'id'` on line 3.",
        "Say what should happen instead: the value, message or state that is right.",
    ),
}
MISSING = {
    "title only": (
        "Improve the settings page",
        "",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
    "heading without content": (
        "Add revocation of keys",
        "## Acceptance criteria\n",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
    "only wishes": (
        "Add revocation of keys",
        "## Acceptance criteria\n\n- It is user-friendly\n- Everything works as expected",
        'Turn the wish "It is user-friendly" into a check: what is done, and the value or message then seen.',
    ),
    "a wish in one line": (
        "Retry failed invoices",
        "Invoices should be better.",
        'Turn the wish "Invoices should be better." into a check: what is done, and the value or message then seen.',
    ),
    "the title said again": (
        "Improve the data layer",
        "## Acceptance criteria\n\n- The data layer is improved\n- All stakeholders are satisfied",
        'Turn the wish "The data layer is improved" into a check: what is done, and the value or message then seen.',
    ),
    "ownership": (
        "Look after the payments service",
        "You will be responsible for it. `PaymentsApi` must stay up.",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
    "everything elsewhere": (
        "Implement the sync protocol",
        "It is described in our wiki. See ticket SYNC-12. The call must answer 204.",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
    "report of what was done": (
        "Release 2.4.0",
        "## What's Changed\n\n* Add a retry by @al in #1",
        "Say what is left to do and how somebody can tell that it is done: the text reports what was done already.",
    ),
    "a bug without what is right": (
        "Login does not take umlauts",
        "It ends on the first page again.",
        "Say what should happen instead: the value, message or state that is right.",
    ),
    "placeholder": (
        "Add revocation of keys",
        "## Acceptance criteria\n\n_No response_",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
    "support question": (
        "How do I revoke a key?",
        "Is it possible to do that in the console? Thanks in advance.",
        "Once it is plain what should change, say how somebody can tell that it is done.",
    ),
    "nothing at all": (
        "",
        "",
        "Once it is plain what should change, say how somebody can tell that it is done.",
    ),
    "told, not asked": (
        "Certificate of the shop",
        "The certificate is from last year.",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
    "code without a word": (
        "Parser",
        "```\nparse(x)\n```",
        "Add acceptance criteria: one line for each thing that a stranger can check once the work is done.",
    ),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_lines_that_can_be_checked_meet_it(judge, title, body):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.MET
    assert all(evidence.quote in f"{title}\n{body}" for evidence in finding.evidence)


@pytest.mark.parametrize(("title", "body", "advice"), PARTLY.values(), ids=PARTLY)
def test_thin_lines_meet_it_partly_and_are_quoted(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.PARTLY, advice)


@pytest.mark.parametrize(("title", "body", "advice"), MISSING.values(), ids=MISSING)
def test_nothing_to_check_is_missing_with_the_next_edit(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.MISSING, advice)


def test_wishes_are_quoted_before_the_lines_that_can_be_checked(judge):
    finding = judge(CRITERION, "Add a key", "## Acceptance criteria\n\n- The key answers 401\n- It is easy to use")
    assert [(evidence.line, evidence.quote) for evidence in finding.evidence] == [
        (4, "It is easy to use"),
        (3, "The key answers 401"),
    ]
