"""Marks stand on the quoted words, over line ends as well, and never outside the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.verdict import Status
from ghapp.render.marks import apart, marks
from tests.ghapp.verdicts import finding, issue

TEXT = ["Title", "  a sentence that runs", "over three lines", "of text. And another.", "", "last"]


def judged(*findings):
    return issue("almost", 50, *findings)


def marked(line, words):
    gap = finding("scope", Status.PARTLY, (line, words), advice="Name the end.", of=15)
    found = marks(TEXT, judged(gap))
    return {number: [TEXT[number][mark.start : mark.stop] for mark in found[number]] for number in found}


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        pytest.param(0, "Title", {0: ["Title"]}, id="title"),
        pytest.param(3, "And another.", {3: ["And another."]}, id="within-a-line"),
        pytest.param(
            1,
            "a sentence that runs over three lines of text.",
            {1: ["a sentence that runs"], 2: ["over three lines"], 3: ["of text."]},
            id="over-three-lines",
        ),
        pytest.param(
            1, "a sentence that runs elsewhere", {1: ["a sentence that runs"]}, id="goes-on-differently-than-the-text"
        ),
        pytest.param(2, "words that are not there", {2: ["over three lines"]}, id="other-words"),
        pytest.param(5, "last of all", {5: ["last"]}, id="ends-with-the-text"),
        pytest.param(3, "", {3: ["of text. And another."]}, id="no-words"),
        pytest.param(0, "240 changed lines in 6 files", {}, id="a-fact-beside-the-title"),
        pytest.param(9, "beyond", {}, id="beyond-the-text"),
        pytest.param(-1, "before", {}, id="before-the-text"),
    ],
)
def test_a_quote_is_found_where_it_stands(line, words, expected):
    assert marked(line, words) == expected


def test_of_a_gap_that_is_partly_closed_the_words_that_count_have_a_tone_of_their_own():
    fault = finding("clarity", Status.PARTLY, (5, "last"), advice="Say more.", of=10)
    mixed = finding("acceptance", Status.PARTLY, (5, "last"), (2, "over"), advice="Replace it.", of=25)
    met = finding("context", Status.MET, (0, "Title"), points=15, of=15)
    found = marks(TEXT, judged(mixed, met, fault))
    tones = {number: {(mark.criterion, mark.tone) for mark in found[number]} for number in found}
    assert tones == {
        5: {("acceptance", "gap"), ("clarity", "gap")},
        2: {("acceptance", "partly")},
        0: {("context", "met")},
    }


@given(
    st.lists(st.text(alphabet="ab \t", max_size=6), min_size=1, max_size=5),
    st.integers(-1, 6),
    st.text("ab ", max_size=20),
)
def test_every_mark_lies_within_its_line(lines, number, words):
    gap = finding("scope", Status.PARTLY, (number, words), (0, "a"), (0, "b"), advice="x", of=15)
    for line, found in marks(lines, judged(gap)).items():
        assert all(0 <= mark.start <= mark.stop <= len(lines[line]) for mark in found)
        kept = apart(found)
        assert all(one.stop <= other.start for one, other in pairwise(kept))
