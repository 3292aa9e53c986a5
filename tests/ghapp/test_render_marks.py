"""Marks stand on the quoted words, over line ends as well, and never outside the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.verdict import Status
from ghapp.render.marks import apart, marks
from tests.ghapp.verdicts import finding

TEXT = ["Title", "  a sentence that runs", "over three lines", "of text. And another.", "", "last"]


def marked(line, words):
    gap = finding("scope", Status.PARTLY, (line, words), advice="Name the end.", of=15)
    return {
        number: [TEXT[number][mark.start : mark.stop] for mark in found] for number, found in marks(TEXT, [gap]).items()
    }


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
        pytest.param(9, "beyond", {}, id="beyond-the-text"),
        pytest.param(-1, "before", {}, id="before-the-text"),
    ],
)
def test_a_quote_is_found_where_it_stands(line, words, expected):
    assert marked(line, words) == expected


@given(
    st.lists(st.text(alphabet="ab \t", max_size=6), min_size=1, max_size=5),
    st.integers(-1, 6),
    st.text("ab ", max_size=20),
)
def test_every_mark_lies_within_its_line(lines, number, words):
    gap = finding("scope", Status.PARTLY, (number, words), (0, "a"), (0, "b"), advice="x", of=15)
    for line, found in marks(lines, [gap]).items():
        assert all(0 <= mark.start <= mark.stop <= len(lines[line]) for mark in found)
        kept = apart(found)
        assert all(one.stop <= other.start for one, other in pairwise(kept))
