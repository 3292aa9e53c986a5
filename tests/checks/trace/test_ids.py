"""Where a text names acceptance criteria by their ids."""

import pytest

from checks.trace.ids import groups, issue_in

KNOWN = frozenset({"AC1", "AC2", "AC3", "AC4", "R1", "R2", "AC1.2"})
NAMED = [
    pytest.param("AC1 is done", [("AC1",)], id="one"),
    pytest.param("ac-1, [AC 02] and AC#3", [("AC1",), ("AC2",), ("AC3",)], id="spellings; brackets part a list"),
    pytest.param("AC1, AC2 and AC4 are done", [("AC1", "AC2", "AC4")], id="a list"),
    pytest.param("AC1 & AC2/AC3 + AC4", [("AC1", "AC2", "AC3", "AC4")], id="signs"),
    pytest.param("AC1 to AC3", [("AC1", "AC2", "AC3")], id="a range"),
    pytest.param("AC1-3", [("AC1", "AC2", "AC3")], id="a short range"),
    pytest.param("AC1..AC3", [("AC1", "AC2", "AC3")], id="a range with dots"),
    pytest.param("AC3 to AC1", [("AC3", "AC1")], id="a range that goes back"),
    pytest.param("AC2 to R2", [("AC2", "R2")], id="a range of two kinds"),
    pytest.param("AC1.2 is done", [("AC1.2",)], id="with a point"),
    pytest.param("AC1. AC2", [("AC1",), ("AC2",)], id="two sentences"),
    pytest.param("R1 and r2", [("R1",)], id="one letter is a capital"),
    pytest.param("R 1", [], id="one letter and a space"),
    pytest.param("AC9, HTTP 404, v1, x.AC1, AC1x2, /AC1", [], id="others"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "keys"), NAMED)
def test_groups(text, keys):
    assert [group.keys for group in groups(text, KNOWN)] == keys


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        pytest.param("#12 AC1", "#12", id="a number"),
        pytest.param("acme/shop#12: AC1", "acme/shop#12", id="a name"),
        pytest.param("https://github.com/acme/shop/issues/12 AC1", "acme/shop#12", id="an address"),
        pytest.param("#11 and #12/AC1", "#12", id="the nearest"),
        pytest.param("#12 is merged, AC1", "", id="not beside it"),
        pytest.param("AC1", "", id="none"),
    ],
)
def test_the_issue_beside_an_id(text, issue):
    [group] = groups(text, KNOWN)

    assert group.issue == issue
    assert text[group.start : group.stop].endswith("AC1")
    assert text[group.start :].startswith(issue.rpartition("#")[0] or ("#12" if issue else "AC1")) or "://" in text


def test_the_issue_that_a_heading_names():
    assert issue_in("For acme/shop#12") == "acme/shop#12"
    assert issue_in("Changes") == ""
