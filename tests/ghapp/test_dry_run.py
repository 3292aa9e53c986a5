"""The dry run: verdicts that are kept, two policies, and how a subject fares under both."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checks.subject import Issue, Pull
from config.load import load
from ghapp import judgement
from ghapp.github.facts import OpenPull
from ghapp.handlers import dry_run
from ghapp.handlers.dry_run import Edit, Stand
from ghapp.render.policy_edit import DryRun, Shift

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "cases").glob("*/issue.md"))
P, F, OFF, UNTOLD = Stand.PASSES, Stand.FAILS, Stand.UNJUDGED, Stand.UNTOLD
DAY = datetime(2026, 3, 2, tzinfo=UTC)
GOOD = (
    "The nightly job in `billing/retry.py` skips invoices whose bank answered 504, because it treats a timeout as a "
    "refusal. Finance sends them by hand each morning.\n\n"
    "## Acceptance criteria\n\n"
    "- [ ] `retry(invoice)` is called again after 60 s when the bank answers 504, at most 3 times.\n"
    "- [ ] After the third 504 the invoice has the status `parked` and `GET /invoices?status=parked` lists it.\n\n"
    "Out of scope: refusals (402) stay as they are.\n"
)
POOR = "The export should be faster and friendlier."
GERMAN = "Der nächtliche Export bricht ab, wenn die Bank nicht antwortet, und niemand merkt es am nächsten Morgen."
WHAT = "Adds a retry table and a worker that walks it."
WHY = f"{WHAT}\n\nInvoices that failed on a bank timeout were lost, because nobody tried them again."


def policies(old, new):
    found = load(old), load(new)
    assert not any(each.mistakes for each in found)
    return found


def issue(body, old, new):
    before, after = policies(old, new)
    kept = judgement.issue(Issue(title="Retry failed invoices", body=body), before).to_json()
    return dry_run._issue(kept, Edit(before.policy, after.policy))


def pull(old, new, body=WHY, **facts):
    before, after = policies(old, new)
    whole = Pull(title="Retry failed invoices", body=body, head="retry", additions=120, **facts)
    kept = judgement.pull(whole, before).to_json()
    seen = OpenPull(number=6, pull=replace(whole, title="", body="", files=()), created_at=DAY)
    return dry_run._Pull(kept, seen, DAY).fares(Edit(before.policy, after.policy))


NO_WHY = "rationale: {criteria: {why: {mode: advisory}}}"
SECTION = "readiness: {criteria: {%s}}"


@pytest.mark.parametrize(
    ("body", "old", "new", "fares"),
    [
        (GOOD, "", "", (P, P)),
        (POOR, "", "", (F, F)),
        (GOOD, "", SECTION % "engagement: {mode: required}", (P, F)),
        (GOOD, SECTION % "engagement: {mode: required}", "", (F, P)),
        (GOOD, "", "readiness: {enabled: false}", (P, OFF)),
        (GOOD, "readiness: {enabled: false}", "", (OFF, UNTOLD)),
        (GOOD, "readiness: {enabled: false}", "readiness: {enabled: false, threshold: 80}", (P, P)),
        (GOOD, SECTION % "size: {mode: off}", SECTION % "size: {weight: 5}", (P, UNTOLD)),
        (GOOD, "", SECTION % "scope: {mode: off}", (P, P)),
        (GOOD, "", "language: de", (P, P)),
        (GOOD, "language: de", "", (P, UNTOLD)),
        (GERMAN, "", "language: de", (F, OFF)),
        (GERMAN, "language: de", "", (UNTOLD, UNTOLD)),
        (GERMAN, "", "readiness: {threshold: 0}", (F, F)),
    ],
    ids=[
        "ready and unchanged",
        "not ready and unchanged",
        "asked more",
        "asked less",
        "switched off",
        "switched on",
        "off before and after",
        "asked what was not judged",
        "not asked any more",
        "an English issue where another language is asked for",
        "an English issue where English is asked for",
        "another language is asked for no more",
        "another language, and then English is asked for",
        "another language, and only the threshold",
    ],
)
def test_how_an_issue_fares(body, old, new, fares):
    assert issue(body, old, new) == fares


@pytest.mark.parametrize(
    ("facts", "old", "new", "fares"),
    [
        ({}, "", "", (P, P)),
        ({"body": WHAT}, "", "", (F, F)),
        ({"body": WHAT}, "", NO_WHY, (F, P)),
        ({"body": WHAT}, NO_WHY, "", (P, F)),
        ({"body": WHAT}, "", "rationale: {enabled: false}", (F, P)),
        ({"body": WHAT}, "rationale: {enabled: false}", "", (P, UNTOLD)),
        ({"body": WHAT, "labels": ("skip",)}, "", "rationale: {exempt: {labels: [skip]}}", (F, P)),
        ({"body": WHAT, "author": "kim"}, "", "rationale: {exempt: {authors: [kim]}}", (F, P)),
        ({"author": "x[bot]", "author_is_bot": True}, "", "rationale: {exempt: {bots: false}}", (P, UNTOLD)),
        ({"author": "x[bot]", "author_is_bot": True}, "", "rationale: {size: 90}", (P, P)),
        ({"body": WHAT}, "", "rationale: {exempt: {paths: ['docs/**']}}", (F, UNTOLD)),
        ({"body": WHAT}, "", "rationale: {small-change: {lines: 200}}", (F, UNTOLD)),
        ({"body": WHAT}, "", "rationale: {size: 90}", (F, F)),
        ({}, "", "rationale: {size: 90, criteria: {size: {mode: required}}}", (P, UNTOLD)),
        ({"body": WHAT, "is_draft": True}, "", "rationale: {drafts: true}", (P, F)),
        ({"body": WHAT}, "", "rationale: {since: 2026-03-09}", (F, P)),
        ({"body": WHAT, "is_draft": True}, "", "rationale: {small-change: {lines: 200}}", (P, P)),
    ],
    ids=[
        "passes and unchanged",
        "fails and unchanged",
        "asked less",
        "asked more",
        "switched off",
        "switched on",
        "a label exempts it",
        "its author is exempt",
        "bots are exempt no more",
        "a bot's, and nothing about bots",
        "paths may exempt it",
        "it may be small",
        "its size is advice",
        "its size may fail it",
        "drafts count",
        "it is older than what is asked",
        "a draft, whatever is small",
    ],
)
def test_how_a_pull_request_fares(facts, old, new, fares):
    assert pull(old, new, **facts) == fares


@pytest.mark.parametrize(
    "policy",
    [
        "readiness: {threshold: 90}",
        "readiness: {criteria: {scope: {mode: advisory, weight: 0}, clarity: {mode: required, weight: 40}}}",
        "readiness: {threshold: 0, criteria: {acceptance: {mode: off}, language: {mode: advisory}}}",
    ],
    ids=["threshold", "weights and modes", "off"],
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_issue_fares_as_it_would_be_judged(case, policy):
    title, _, body = (case / "issue.md").read_text(encoding="utf-8").partition("\n")
    before, after = policies("", policy)
    subject = Issue(title=title.lstrip("# "), body=body)
    kept = judgement.issue(subject, before).to_json()
    fared = {"ready": P, "almost": F, "not-ready": F, "skipped": OFF}[judgement.issue(subject, after).outcome]

    assert dry_run._issue(kept, Edit(before.policy, after.policy))[1] is fared


def test_counts_tell_what_changes_from_what_does_not():
    pairs = [(P, P), (F, F), (P, F), (F, P), (F, P), (P, OFF), (OFF, OFF), (UNTOLD, P), (P, UNTOLD)]

    assert dry_run._shift(pairs, there=300, seen=100) == Shift(
        there=300, seen=100, judged=9, lost=1, won=2, unjudged=1, untold=2
    )


def test_what_was_counted_comes_back_for_the_same_policies_only():
    counted = DryRun(issues=Shift(there=3, seen=3, lost=1), pulls=Shift(there=0, seen=0), at=DAY)
    kept = dry_run.to_json(counted, of=["a", "b"])

    assert dry_run.from_json(kept, of=["a", "b"]) == counted
    assert dry_run.from_json(kept, of=["a", "c"]) is None
    assert dry_run.from_json(None, of=["a", "b"]) is None
