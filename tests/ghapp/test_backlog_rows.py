"""From a subject to its row: what is kept of a verdict, and which single edit would make an issue ready."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.subject import Issue, Kind, Pull
from checks.verdict import Outcome, Status
from config.load import BARE, load
from ghapp.backlog.items import Item
from ghapp.backlog.rows import DRAFT, Row, row, rows, told
from ghapp.backlog.scans import SCAN, as_json, read
from ghapp.overrides import Word
from tests.ghapp import backlogs

CASES = Path(__file__).parents[1] / "cases"
GOOD = (CASES / "good-feature" / "issue.md").read_text(encoding="utf-8")
FOREIGN = (CASES / "foreign" / "issue.md").read_text(encoding="utf-8")


def judged(text: Issue | Pull, policy: str = "") -> Row:
    item = Item(number=7, text=text, opened_at=backlogs.AT, association="NONE", assigned=True)
    return row(item, load(policy) if policy else BARE)


NO_END = """\
Uploading `Prüfung.pdf` with `POST /files` answers 500. The name is written to the header without encoding, so the
proxy refuses it.
"""
NO_FAILURES = """\
- [ ] `DELETE /v1/keys/{id}` answers 204 and the key is rejected with 401 within 5 seconds
- [ ] A second call for the same key answers 204 as well
- [ ] A key of another account answers 404, and nothing changes
- [ ] The event `key.revoked` with `key_id` and `actor_id` is written to the audit log
"""


def test_a_row_has_what_leads_want_to_know_and_none_of_the_text():
    found = judged(Issue(title="Let customers revoke a key", body=GOOD, author="dana", labels=("api",)))
    assert found == Row(
        kind=Kind.ISSUE,
        number=7,
        title="Let customers revoke a key",
        author="dana",
        association="NONE",
        labels=("api",),
        assigned=True,
        opened=backlogs.AT.date(),
        outcome=Outcome.READY,
        score=100,
        gaps={},
    )


class TestTheEditThatLifts:
    def test_the_one_gap_that_keeps_an_issue_from_ready_is_named(self):
        found = judged(Issue(title="Revoke a key", body=NO_END))
        assert found.outcome is Outcome.ALMOST
        assert found.gaps["acceptance"] is Status.MISSING
        assert found.mended_by == ("acceptance",)

    def test_a_ready_issue_needs_none(self):
        found = judged(Issue(title="Revoke a key", body=NO_FAILURES))
        assert (found.outcome, found.mended_by) == (Outcome.READY, ())
        assert "edge-cases" in found.gaps

    def test_of_two_required_gaps_neither_alone_makes_it_ready(self):
        found = judged(Issue(title="Fast export", body="Make it fast."))
        assert found.mended_by == ()

    def test_it_is_told_by_weighing_the_verdict_anew_under_the_policy(self):
        text = Issue(title="Revoke a key", body=NO_FAILURES)
        strict = "readiness: {threshold: 99, criteria: {edge-cases: {weight: 20}}}"
        assert judged(text, strict).mended_by == ("edge-cases",)
        off = "readiness: {threshold: 99, criteria: {edge-cases: {mode: off}}}"
        assert judged(text, off).mended_by == ()

    def test_another_language_is_no_edit_since_nobody_knows_the_text_that_it_would_become(self):
        found = judged(Issue(title="Schlüssel sperren", body=FOREIGN))
        assert found.gaps["language"] is Status.MISSING
        assert found.mended_by == ()


class TestPulls:
    def test_a_reason_is_told_apart_from_the_outcome(self):
        text = Pull(title="Retry", body="Adds a retry, because the bank times out twice a day.", additions=300)
        assert judged(text).why in (Status.MET, Status.PARTLY)
        assert judged(replace(text, body="")).why is Status.MISSING

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"author": "bot[bot]", "author_is_bot": True}, "Written by a bot"),
            ({"is_draft": True}, DRAFT),
            ({"head": "release/2"}, "The branch release/2 is exempt"),
        ],
        ids=["a bot", "a draft", "a release"],
    )
    def test_what_the_policy_leaves_alone_is_not_asked_why(self, change, reason):
        found = judged(replace(Pull(title="Bump", body=""), **change))
        assert (found.outcome, found.why, found.score) == (Outcome.SKIPPED, None, 0)
        assert found.reason.startswith(reason)

    def test_a_draft_is_asked_where_the_policy_wants_it(self):
        assert judged(Pull(title="Bump", body="", is_draft=True), "rationale: {drafts: true}").why is Status.MISSING

    def test_where_the_reason_is_not_asked_for_nothing_is_said_of_it(self):
        found = judged(Pull(title="Bump", body=""), "rationale: {criteria: {why: {mode: off}}}")
        assert found.why is None


class TestPeoplesWords:
    def test_what_was_declared_ready_is_ready_and_what_is_exempt_is_not_judged(self):
        ready, exempt, other = backlogs.issue(1), backlogs.issue(2, mended_by=("scope",)), backlogs.issue(3)
        found = told((ready, exempt, other), {(Kind.ISSUE, 1): Word.READY, (Kind.ISSUE, 2): Word.EXEMPT})
        assert [each.outcome for each in found] == [Outcome.READY, Outcome.SKIPPED, Outcome.NOT_READY]
        assert [each.mended_by for each in found] == [(), (), ()]
        assert found[2] is other

    def test_a_word_is_about_one_kind(self):
        assert told((backlogs.pull(1),), {(Kind.ISSUE, 1): Word.EXEMPT}) == (backlogs.pull(1),)


def test_with_the_judgement_of_issues_off_none_is_judged():
    found = judged(Issue(title="A", body=GOOD), "readiness: {enabled: false}")
    assert (found.outcome, found.gaps) == (Outcome.SKIPPED, {})


@given(title=st.text(st.characters()), body=st.text(max_size=200), label=st.text(st.characters(), max_size=60))
def test_whatever_a_text_holds_its_row_is_kept_and_comes_back(title, body, label):
    item = Item(number=1, text=Issue(title=title, body=body, labels=(label,)), opened_at=backlogs.AT)
    scan = backlogs.scan(*rows([item], BARE))
    assert read(SCAN, as_json(SCAN, scan)) == scan


@pytest.mark.parametrize("kept", [None, {}, {"rows": []}, "x", 7, {"repository": 1}])
def test_what_another_version_kept_counts_as_nothing(kept):
    assert read(SCAN, kept) is None
