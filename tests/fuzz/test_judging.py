"""Any Markdown is judged: every finding in bounds, every quote really there, and never an exception."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import rationale, readiness
from checks.criteria.rationale import ALL as OF_PULLS
from checks.criteria.readiness import ALL as OF_ISSUES
from checks.subject import ChangedFile, Issue, LinkedIssue, Pull
from checks.text.lines import prepare
from config.policy import DEFAULTS
from tests.fuzz.effort import tries
from tests.fuzz.hostile import HOSTILE

SAID = st.sampled_from(
    [
        "The export should answer 200 when `rows` is empty.", "Errors are handled properly, etc.",
        "As discussed with Dana.",
        "Because months with 200,000 rows ran out of memory.", "Needs a decision: keep the order, or sort by date?",
        "`GET /exports/{month}` returns text/csv.", "TBD", "Out of scope: the yearly export.",
        "See https://x.slack.com/a",
        "We chose a queue over a cron job because it retries.", "Tested with `make test`: 41 passed.", "Closes #12",
        "1. Start it.", "Expected: 201", "Actual: 500", "It should be fast and user-friendly.", "Own the service.",
        "If the file is missing, then exit with 2.", "Es soll schnell sein und gut.", "Ask @sam.", "fix it",
        "error: no",
    ]
)  # fmt: skip
MARKS = st.sampled_from(
    [
        "## Context\n", "### Acceptance criteria\n\n", "## Why\n", "**Steps:** ", "- [ ] ", "- [x] ", "- ", "  - ",
        "1. ",
        "> ", "> - ", "| a | b |\n|---|---|\n| ", " | ", "```\n", "~~~py\n", "`", "*", "**", "_", "~~", "<!-- ", " -->",
        "<details><summary>", "</summary>", "</details>", "<b>", "</b>", "<br>", "<td>", "{code}", "{noformat}", "h3. ",
        "![a](b) ", "[a](", ")", "[//]: # (", "Label:\n", "---\n", "===\n", "    ", "\t", "\\", "&amp;",
    ]
)  # fmt: skip
BODIES = st.lists(
    st.tuples(st.one_of(SAID, MARKS, MARKS, HOSTILE), st.sampled_from(["", " ", "\n", "\n\n", "\r\n", "  "])),
    max_size=25,
).map(lambda parts: "".join(piece + end for piece, end in parts))
QUOTES = 40  # of one finding
NOT_WORDS = re.compile(r"[\W_]+")
TAG = re.compile(r"<[^<>]*>|\{[^{}]*\}|!?\[[^\[\]]*\]\([^()]*\)|h[1-6]\.")


def bare(text):
    return NOT_WORDS.sub("", text)


def assert_sound(verdict, title, body, criteria):
    """What a verdict says is whole, and quotes what is there."""
    lines = [title, *body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    assert 0 <= verdict.score <= 100
    assert [finding.criterion for finding in verdict.findings] in ([], [each.name for each in criteria])
    for finding in verdict.findings:
        assert len(finding.evidence) <= QUOTES
        assert len(finding.advice) <= 1_000
        for evidence in finding.evidence:
            evidence.quote.encode()
            assert 0 <= evidence.line < len(lines)
            if evidence.line:
                first = bare(evidence.quote.split()[0]) if evidence.quote.split() else ""
                line = lines[evidence.line]
                assert first in bare(line) or first in bare(TAG.sub("", line)), (finding.criterion, evidence, line)


@tries(80)
@given(HOSTILE, BODIES, BODIES)
def test_any_issue_is_judged(title, body, template):
    verdict = readiness.assess(Issue(title=title, body=body, templates=(template,)), DEFAULTS.readiness)
    assert_sound(verdict, title, body, OF_ISSUES)


@tries(80)
@given(HOSTILE, BODIES, BODIES, HOSTILE)
def test_any_pull_request_is_judged(title, body, issue, name):
    pull = Pull(
        title=title,
        body=body,
        author=name,
        head=name,
        repository=name,
        labels=(name,),
        files=(ChangedFile(path=name, additions=30),),
        changed_files=1,
        additions=30,
        linked=(LinkedIssue(repository="acme/billing", number=3, title=title, body=issue),),
        templates=(issue,),
    )
    assert_sound(rationale.assess(pull, DEFAULTS.rationale), title, body, OF_PULLS)


LINES = 6_000


@pytest.mark.parametrize("piece", ["<h1>", "<p>a</p>", "<li>a", "<br>a", "<!--a-->", "<tr><td>a", "<summary>a"])
def test_one_line_of_tags_is_no_way_round_the_bound_of_lines(piece):
    made, too_many = prepare(piece * (LINES + 1), most=LINES)
    assert max(len(made.lines), len(made.comments)) == LINES
    assert too_many
