"""What the playground shows: what would be posted, and the text with its findings marked."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.verdict import Status
from config.policy import DEFAULTS
from ghapp.render import page
from tests.ghapp import verdicts
from tests.ghapp.verdicts import AS_OF, finding

TAGS = re.compile(r"<[^>]*>")


def posted(verdict, **kwargs):
    return page.posted(verdict, DEFAULTS, manual="/criteria", as_of=AS_OF, **kwargs)


def test_an_issue_gets_a_comment_and_a_label(snapshot):
    shown = posted(verdicts.ALMOST)
    assert (shown.check, shown.label, shown.conclusion) == ("", "handoff: not ready", "")
    assert str(shown.comment) == snapshot


def test_a_pull_request_gets_a_check_run_and_a_comment_while_that_fails(snapshot):
    shown = posted(verdicts.NO_REASON)
    assert (shown.label, shown.conclusion) == ("", "failure")
    assert f"{shown.title}\n{shown.check}\n{shown.comment}" == snapshot


@pytest.mark.parametrize(
    ("verdict", "draft"), [(verdicts.PASSES, False), (verdicts.NO_REASON, True)], ids=["passes", "draft"]
)
def test_a_check_that_does_not_fail_stands_alone(verdict, draft):
    assert posted(verdict, draft=draft).comment == ""


@pytest.mark.parametrize(
    ("verdict", "label"),
    [
        pytest.param(verdicts.READY, "handoff: ready", id="ready"),
        pytest.param(verdicts.NOT_READY, "handoff: not ready", id="not-ready"),
        pytest.param(verdicts.SKIPPED, "", id="skipped"),
    ],
)
def test_the_label_says_the_outcome(verdict, label):
    assert posted(verdict).label == label


def test_a_draft_is_shown_in_neutral():
    assert posted(verdicts.NO_REASON, draft=True).conclusion == "neutral"


def test_a_quotes_place_leads_to_its_line():
    html = posted(verdicts.NOT_READY).comment
    assert '<a href="#line-9">line 9</a>: <code>' in html
    assert '<a href="#line-10">line 10</a>: <code>' in html


def test_lines_are_marked_where_a_finding_quotes_them(snapshot):
    gap = finding("clarity", Status.PARTLY, (2, "fast"), (0, "Better"), advice="Say how fast.", of=10)
    met = finding("context", Status.MET, (2, "The billing export"), points=15, of=15)
    wrapped = finding("scope", Status.MISSING, (4, "a sentence over two lines"), advice="Name the end.", of=15)
    body = "## Why\r\nThe billing export should be fast.\r\n\r\na sentence over\r\ntwo lines\r\n"
    assert str(page.marked("Better export", body, verdicts.issue("almost", 50, gap, met, wrapped))) == snapshot


def test_what_is_met_without_points_is_not_marked():
    met = finding("language", Status.MET, (1, "words"), mode="required")
    assert "<mark" not in page.marked("", "words", verdicts.issue("ready", 100, met))


def test_no_mark_covers_another():
    one = finding("clarity", Status.PARTLY, (1, "a b c"), advice="x", of=10)
    two = finding("scope", Status.PARTLY, (1, "b"), (1, ""), (9, "gone"), advice="x", of=10)
    marked = page.marked("", "a b c", verdicts.issue("almost", 50, one, two))
    assert marked.count("<mark") == 1
    assert marked.count('<span class="tag ') == 2


def test_a_very_long_text_is_not_shown_to_its_end():
    marked = page.marked("t", "line\n" * 5_000, verdicts.READY)
    assert marked.count("<li") == page.LINES + 2
    assert "3,000 more lines are not shown; they count as well." in marked


def test_of_a_text_that_was_not_read_to_its_end_no_more_is_claimed():
    marked = page.marked("t", "line\n" * 12_000, replace(verdicts.READY, truncated=True))
    assert "10,000 more lines are not shown, and not all of them were read." in marked


@given(st.text(alphabet=st.sampled_from("ab <>&\"'/\n\r\t\x00\u202e"), max_size=80), st.text(max_size=5))
def test_the_text_stays_text(body, words):
    gap = finding("clarity", Status.PARTLY, (0, body), (1, words), (2, "a"), advice="x", of=10)
    marked = page.marked(body, body, verdicts.issue("almost", 50, gap))
    tags = set(re.findall(r"</?([^\s>/]*)", marked))
    assert tags <= {"ol", "li", "span", "mark"}
    assert not re.search(r'[<>"]', TAGS.sub("", marked))
