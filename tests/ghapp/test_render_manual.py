"""The manual's pages are made from the criteria's own words."""

import pytest

from ghapp.render.asks import asks
from ghapp.render.manual import manuals

NAMES = sorted({*asks("issue"), *asks("pull")})


@pytest.mark.parametrize("name", NAMES)
def test_every_criterion_has_a_page_with_all_parts(name):
    for manual in manuals(name):
        assert manual.question.endswith("?")
        assert [part for part, _ in manual.parts if part != "What it asks"] == ["Why", "Ready", "Not ready"]
        assert all(text.startswith("<p>") for _, text in manual.parts)


def test_a_criterion_of_both_kinds_has_both_pages():
    assert [manual.kind for manual in manuals("size")] == ["Issues", "Pull requests"]


@pytest.mark.parametrize("name", ["", "../os", "__init__", "why.py", "nothing"])
def test_what_nobody_asks_has_no_page(name):
    assert manuals(name) == ()
