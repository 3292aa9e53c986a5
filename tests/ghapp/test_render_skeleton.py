"""The skeleton to paste: headings for the gaps, the author's words, prompts that earn nothing."""

import re

import pytest

from checks.verdict import Status
from config.load import Loaded
from ghapp.render import skeleton
from ghapp.submission import judge, read
from tests.ghapp import verdicts


def test_it_has_a_part_for_each_gap_and_no_words_that_were_found_wanting(snapshot):
    assert "\n".join(skeleton.lines(verdicts.NOT_READY)) == snapshot


def test_a_pull_requests_skeleton_has_its_own_headings(snapshot):
    assert "\n".join(skeleton.lines(verdicts.NOTHING)) == snapshot


@pytest.mark.parametrize("verdict", [verdicts.READY, verdicts.SKIPPED], ids=["ready", "skipped"])
def test_without_gaps_there_is_none(verdict):
    assert skeleton.fold(verdict) == ""


def test_a_gap_without_a_part_of_its_own_adds_nothing():
    size = verdicts.finding("size", Status.MISSING, advice="Split it.")
    assert skeleton.fold(verdicts.issue("almost", 60, size)) == ""


def test_left_unfilled_nothing_of_it_is_seen_but_headings():
    verdict = verdicts.issue("not-ready", 0, verdicts.NO_EDGES, verdicts.NO_ENGAGEMENT)
    seen = re.sub(r"<!-- [^>]* -->", "", "\n".join(skeleton.lines(verdict)))
    assert [line for line in seen.splitlines() if line] == ["## Edge cases", "## Delivery"]


def test_a_part_that_counts_in_part_is_extended_without_its_wishes():
    fault = verdicts.finding("clarity", Status.PARTLY, (9, "Fast."), advice="Say more.", of=10)
    mixed = verdicts.finding("acceptance", Status.PARTLY, (9, "Fast."), (10, "Answers 404."), advice="Replace it.")
    assert skeleton.lines(verdicts.issue("almost", 50, mixed, fault)) == (
        "<!-- Acceptance criteria: replace or extend yours. One line for each",
        "check: what is done, and what can then be seen. -->",
        "- Answers 404.",
    )


def test_a_prompt_is_short_enough_to_be_read_without_scrolling():
    for verdict in (verdicts.NOT_READY, verdicts.NOTHING):
        assert max(map(len, skeleton.lines(verdict))) <= 76


@pytest.mark.parametrize("kind", ["issue", "pull"])
def test_pasted_and_left_unfilled_it_earns_nothing(kind):
    def judged(body):
        return judge(read({"kind": kind, "title": "Fix the export", "body": body}), Loaded())

    empty = judged("")
    unfilled = judged("\n".join(skeleton.lines(empty)))
    assert unfilled.score == empty.score
    assert [finding.status for finding in unfilled.findings] == [finding.status for finding in empty.findings]


def test_no_words_of_the_author_can_close_the_block():
    hostile = verdicts.finding("scope", Status.PARTLY, (1, "```` ``` </details> ~~~"), advice="Name the end.")
    block = skeleton.fold(verdicts.issue("not-ready", 0, hostile))
    assert "`````markdown\n" in block
    assert block.count("`````") == 2
