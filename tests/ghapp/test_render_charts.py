"""Charts as SVG: numbers that add up, words that are escaped, nothing that a strict policy would refuse."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from ghapp.render.charts import Column, Part, bar, columns

TWO = (
    Column(name="one", parts=(Part(value=3, tone="ready"), Part(value=1, tone="almost"))),
    Column(name="two", parts=()),
)


def shares(svg: str, name: str) -> list[float]:
    return [float(each) for each in re.findall(rf'{name}="([0-9.]+)%"', svg.partition("<rect")[2])]


def test_a_lying_bar_has_its_parts_in_their_shares(snapshot):
    assert bar([Part(value=1, tone="ready"), Part(value=2, tone="almost")], 4) == snapshot


def test_standing_bars_stand_on_the_ground_with_their_numbers_and_names(snapshot):
    assert columns(TWO, label="Two of them", mark=0.7) == snapshot


def test_a_small_part_can_be_seen_and_none_cannot():
    assert shares(bar([Part(value=1, tone="a"), Part(value=0, tone="b")], 100_000), "width") == [0.6]


@pytest.mark.parametrize("drawn", [bar([], 0), bar([Part(value=0, tone="a")], 0), columns([], label="None")])
def test_nothing_is_drawn_of_nothing(drawn):
    ElementTree.fromstring(drawn)


def test_words_are_escaped():
    drawn = columns([Column(name="<b>", parts=(Part(value=1, tone='"x'),))], label='"><script>')
    assert isinstance(drawn, Markup)
    assert "<script" not in drawn
    assert "<b>" not in drawn
    ElementTree.fromstring(drawn)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=12))
def test_no_column_leaves_the_chart(counts):
    made = [Column(name="x", parts=(Part(value=a, tone="a"), Part(value=b, tone="b"))) for a, b in counts]
    drawn = columns(made, label="Any")
    assert all(-1.3 <= each <= 100.01 for name in ("x", "y", "width", "height") for each in shares(drawn, name))
    assert "style=" not in drawn
