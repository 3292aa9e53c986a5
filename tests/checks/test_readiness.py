import json
from dataclasses import replace
from pathlib import Path

import pytest

from checks.reader import LocalReader
from checks.readiness import assess
from checks.reading import Reading
from checks.subject import Issue, Pull
from checks.text import parse
from checks.verdict import Outcome, Status
from config.policy import DEFAULTS, CriterionPolicy, Mode

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/issue.md"))
POLICY = DEFAULTS.readiness
FOREIGN = Issue(
    title="Der Export bricht ab",
    body="Wenn der Export mehr als tausend Zeilen hat, dann bricht er ab und schreibt nicht.",
)


def issue_in(path):
    """The first line is the title, written as a heading; the rest is the body."""
    title, _, body = path.read_text("utf-8").partition("\n")
    return Issue(title=title.removeprefix("# "), body=body.removeprefix("\n"))


@pytest.mark.parametrize("path", CASES, ids=[path.parent.name for path in CASES])
def test_whole_issues_get_the_verdict_beside_them(path):
    verdict = assess(issue_in(path), POLICY).to_json()
    written = path.with_name("verdict.json")
    if not written.exists():
        written.write_text(json.dumps(verdict, indent=2, ensure_ascii=False) + "\n", "utf-8")
        pytest.fail(f"{written} was missing and has been written: read it, and keep it if it is right")
    assert json.loads(written.read_text("utf-8")) == verdict


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("good-bug", Outcome.READY),
        ("good-feature", Outcome.READY),
        ("migration", Outcome.READY),
        ("spike", Outcome.READY),
        ("prose", Outcome.READY),
        ("issue-form", Outcome.READY),
        ("unfilled-template", Outcome.NOT_READY),
        ("epic", Outcome.NOT_READY),
        ("question", Outcome.NOT_READY),
        ("foreign", Outcome.NOT_READY),
        ("pasted-log", Outcome.NOT_READY),
        ("keywords", Outcome.NOT_READY),
        ("title-only", Outcome.NOT_READY),
        ("leaning", Outcome.NOT_READY),
        ("small-chore", Outcome.READY),
        ("wish", Outcome.NOT_READY),
        ("ownership", Outcome.NOT_READY),
        ("filler", Outcome.NOT_READY),
        ("release-notes", Outcome.NOT_READY),
        ("everything-elsewhere", Outcome.NOT_READY),
        ("several-projects", Outcome.NOT_READY),
        ("hardly-filled-form", Outcome.NOT_READY),
    ],
)
def test_what_can_be_started_is_ready_and_the_rest_is_not(name, outcome):
    path = next(path for path in CASES if path.parent.name == name)
    assert assess(issue_in(path), POLICY).outcome is outcome


@pytest.mark.parametrize("name", ["unfilled-template", "keywords", "question", "pasted-log"])
def test_form_without_words_earns_nothing_for_acceptance(name):
    path = next(path for path in CASES if path.parent.name == name)
    findings = {finding.criterion: finding for finding in assess(issue_in(path), POLICY).findings}
    assert findings["acceptance"].status is Status.MISSING


def test_findings_come_in_report_order():
    verdict = assess(Issue(title="", body=""), POLICY)
    assert [finding.criterion for finding in verdict.findings] == [
        "acceptance",
        "context",
        "contract",
        "scope",
        "edge-cases",
        "self-contained",
        "clarity",
        "engagement",
        "language",
        "size",
    ]
    assert verdict.outcome is Outcome.NOT_READY


def test_a_policy_that_switches_it_off_skips_with_the_reason():
    verdict = assess(Issue(title="Add a key", body=""), POLICY.model_copy(update={"enabled": False}))
    assert verdict.outcome is Outcome.SKIPPED
    assert verdict.reason == "The policy switches the judgement of issues off."


def test_another_language_is_one_gap_and_nothing_else_is_asked():
    verdict = assess(FOREIGN, POLICY)
    assert [gap.criterion for gap in verdict.gaps] == ["language"]
    assert (verdict.outcome, verdict.score) == (Outcome.NOT_READY, 25)


def test_of_another_language_names_and_values_still_count():
    body = 'Wenn `month` fehlt, dann soll `GET /exports` mit `400` antworten.\n\n```\n{\n  "error": "month"\n}\n```'
    verdict = assess(replace(FOREIGN, body=f"{FOREIGN.body}\n\n{body}"), POLICY)
    assert [gap.criterion for gap in verdict.gaps] == ["language"]
    assert (verdict.outcome, verdict.score) == (Outcome.ALMOST, 75)


def test_another_language_that_the_policy_asks_for_is_skipped_not_failed():
    verdict = assess(FOREIGN, POLICY, language="de")
    assert verdict.outcome is Outcome.SKIPPED
    assert "not in English" in verdict.reason


def test_another_language_is_skipped_where_english_is_not_required():
    criteria = POLICY.criteria.model_copy(update={"language": CriterionPolicy(mode=Mode.ADVISORY)})
    verdict = assess(FOREIGN, POLICY.model_copy(update={"criteria": criteria}))
    assert verdict.outcome is Outcome.SKIPPED


def test_an_english_text_is_judged_whatever_language_is_asked_for():
    verdict = assess(Issue(title="Add a key", body="We should add a key to the table."), POLICY, language="de")
    assert "language" not in {finding.criterion for finding in verdict.findings}


def test_another_reader_can_take_the_place():
    class Silent:
        def issue(self, issue):
            document = parse(issue.title, issue.body)
            return Reading(document, tuple(frozenset() for _ in document.units))

        def pull(self, pull):
            raise NotImplementedError

    good = issue_in(next(path for path in CASES if path.parent.name == "good-feature"))
    assert assess(good, POLICY, reader=Silent()).score == 0


def test_the_local_reader_reads_both_kinds():
    reader = LocalReader()
    assert reader.issue(Issue(title="Add a key", body="")).document.units
    assert reader.pull(Pull(title="Add a key", body="")).document.units


def test_the_same_sentence_repeated_earns_no_more_than_once():
    body = "The export should answer 200 when `rows` is empty."
    once = assess(Issue(title="Export", body=body), POLICY)
    often = assess(Issue(title="Export", body="\n\n".join([body] * 20)), POLICY)
    assert often.score == once.score


def test_headings_without_content_earn_nothing():
    bare = Issue(title="Add revocation of keys", body="")
    headed = replace(bare, body="## Context\n\n## Acceptance criteria\n\n## API\n\n## Out of scope\n\n## Edge cases\n")
    assert assess(headed, POLICY).score == assess(bare, POLICY).score
