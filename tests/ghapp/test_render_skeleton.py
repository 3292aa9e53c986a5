"""The skeleton to paste: headings for the gaps, the author's words, prompts that earn nothing."""

import pytest

from checks.verdict import Status
from config.load import Loaded
from ghapp.render import skeleton
from ghapp.submission import judge, read
from tests.ghapp import verdicts


def test_it_has_the_missing_parts_only_and_keeps_the_authors_words(snapshot):
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
    for line in skeleton.lines(verdict):
        assert not line or line.startswith("## ") or (line.startswith("<!-- ") and line.endswith(" -->"))


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
