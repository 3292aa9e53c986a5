"""The sticky comments' texts, whole."""

import re
from dataclasses import replace

import pytest

from checks.verdict import Status
from ghapp.render import quote, sticky
from tests.ghapp import verdicts
from tests.ghapp.verdicts import AS_OF, LATER, MANUAL

ISSUES = {
    "ready": verdicts.READY,
    "ready-with-advice": verdicts.READY_WITH_ADVICE,
    "almost": verdicts.ALMOST,
    "not-ready": verdicts.NOT_READY,
    "skipped": verdicts.SKIPPED,
}


def comment(verdict, **kwargs):
    return sticky.issue_comment(verdict, manual=MANUAL, as_of=AS_OF, **kwargs)


@pytest.mark.parametrize("name", ISSUES)
def test_a_verdict_reads_well_as_an_issues_comment(name, snapshot):
    assert comment(ISSUES[name]) == snapshot


def test_a_note_stands_before_the_folds(snapshot):
    assert comment(verdicts.READY, notes=("The label was set by @dana; it stays.",)) == snapshot


@pytest.mark.parametrize("verdict", [verdicts.NOTHING, verdicts.NO_REASON], ids=["nothing", "no-reason"])
def test_a_failing_check_reads_well_as_a_pull_requests_comment(verdict, snapshot):
    assert sticky.pull_comment(verdict, manual=MANUAL, as_of=AS_OF) == snapshot


def test_a_pull_requests_comment_repeats_nothing_of_the_check():
    text = sticky.pull_comment(verdicts.NOTHING, manual=MANUAL, as_of=AS_OF)
    assert "<details>" not in text
    assert "linked-issue" not in text
    assert "The check `handoff` holds the rest" in text


def test_a_text_that_was_not_read_to_its_end_is_said():
    assert "- Only the first 256 KiB or 10,000 lines were read." in comment(replace(verdicts.NOT_READY, truncated=True))


def test_a_comment_leaves_a_notes_details_to_the_check():
    text = comment(verdicts.NOT_READY, notes=("The policy file has a mistake.\nline 3: found `treshold`",))
    assert "- The policy file has a mistake." in text
    assert "treshold" not in text


@pytest.mark.parametrize("name", ["almost", "not-ready"])
def test_the_headline_counts_the_gaps_that_are_numbered(name):
    text = comment(ISSUES[name])
    numbered = [line for line in text.splitlines() if re.match(r"\d+\. \*\*", line)]
    assert f"{len(numbered)} gap" in text.splitlines()[1]


def test_of_wishes_and_words_that_count_one_each_is_quoted():
    fault = verdicts.finding("clarity", Status.PARTLY, (9, "Fast."), (10, "Nice."), advice="Say more.", of=10)
    mixed = verdicts.finding(
        "acceptance",
        Status.PARTLY,
        *((9, "Fast."), (10, "Nice."), (11, "`GET /a` answers 404.")),
        advice='Replace the wish "Fast."',
        mode="required",
        of=25,
    )
    quotes = "   > line 9: `Fast.`\\\n   > line 11: `` `GET /a` answers 404. `` (counts)\n"
    assert quotes in comment(verdicts.issue("almost", 50, mixed, fault))


def passing(verdict, before=""):
    return sticky.passing_comment(verdict, as_of=AS_OF, before=before)


def test_a_comment_that_is_no_longer_needed_is_one_line(snapshot):
    asking = sticky.pull_comment(verdicts.NO_REASON, manual=MANUAL, as_of=AS_OF)
    assert passing(verdicts.PASSES, asking) == snapshot


def test_a_check_that_never_failed_resolves_nothing(snapshot):
    first = passing(verdicts.PASSES)
    assert first == snapshot
    assert passing(verdicts.PASSES, first) == first


def test_what_was_resolved_stays_so():
    resolved = passing(verdicts.PASSES, sticky.pull_comment(verdicts.NO_REASON, manual=MANUAL, as_of=AS_OF))
    assert passing(verdicts.PASSES, resolved) == resolved


def test_a_pull_request_that_is_not_judged_has_nothing_missing_and_nothing_resolved(snapshot):
    skipped = passing(verdicts.PULL_SKIPPED, sticky.pull_comment(verdicts.NO_REASON, manual=MANUAL, as_of=AS_OF))
    assert skipped == snapshot
    assert passing(verdicts.PASSES, skipped) == passing(verdicts.PASSES)


@pytest.mark.parametrize("verdict", ISSUES.values(), ids=ISSUES)
def test_the_marker_is_the_first_line_and_stands_nowhere_else(verdict):
    text = comment(verdict)
    assert text.splitlines()[0] == sticky.MARKER
    assert text.count(sticky.MARKER) == 1


@pytest.mark.parametrize("verdict", ISSUES.values(), ids=ISSUES)
def test_what_is_seen_before_unfolding_fits_a_screen(verdict):
    visible = comment(verdict).split("<details>")[0].strip().splitlines()[1:]
    assert len(visible) <= 25


def test_comments_are_the_same_whatever_their_time_and_githubs_line_ends():
    later = sticky.issue_comment(verdicts.NOT_READY, manual=MANUAL, as_of=LATER)
    assert sticky.same(comment(verdicts.NOT_READY), later.replace("\n", "\r\n") + "\r\n")
    assert not sticky.same(comment(verdicts.NOT_READY), comment(verdicts.ALMOST))


def test_a_time_that_the_author_wrote_is_not_left_out():
    early, late = (
        verdicts.finding("clarity", Status.PARTLY, (1, f"as of {day} 08:30 UTC"), advice="Say more.")
        for day in ("2026-01-15", "2026-01-16")
    )
    assert not sticky.same(comment(verdicts.issue("almost", 50, early)), comment(verdicts.issue("almost", 50, late)))


def test_an_endless_verdict_stays_within_githubs_limit_and_keeps_its_last_line():
    many = [verdicts.finding(f"c{n}", Status.MISSING, (1, "ф" * 500), advice="ж" * 5_000) for n in range(300)]
    text = comment(verdicts.issue("not-ready", 0, *many))
    assert len(text.encode()) <= quote.LIMIT
    assert text.endswith("as of 2026-01-15 08:30 UTC</sub>")
    assert text.count("<details>") == text.count("</details>")
