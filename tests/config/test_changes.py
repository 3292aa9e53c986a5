"""Two policies in, what one changes of the other out."""

import pytest

from config.changes import changes
from config.load import BARE, PATH, load
from config.origin import Origin, Source

OWNER = f"acme/.github/{PATH}"


def shown(old, new):
    return [(each.key, each.old, each.new) for each in changes(old, new)]


def owner(text):
    return load(text, file=OWNER, source=Source.OWNER)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "readiness: {threshold: 80}", [("readiness.threshold", 70, 80)]),
        ("readiness: {threshold: 80}", "", [("readiness.threshold", 80, 70)]),
        ("", "readiness: {threshold: 70}", []),
        ("# old\nlanguage: de", "language: de  # new", []),
        ("", "rationale: {enabled: off}", [("rationale.enabled", True, False)]),
        ("", "readiness: {since: 2026-03-01}", [("readiness.since", None, "2026-03-01")]),
        ("rationale: {exempt: {labels: [a]}}", "", [("rationale.exempt.labels", ["a"], [])]),
        (
            "",
            "readiness: {criteria: {edge-cases: {mode: required}}}",
            [("readiness.criteria.edge-cases.mode", "advisory", "required")],
        ),
    ],
    ids=[
        "nothing",
        "set",
        "dropped",
        "the default written down",
        "comments",
        "a switch",
        "a day",
        "a list",
        "a criterion",
    ],
)
def test_only_values_in_force_that_differ_are_changes(old, new, expected):
    assert shown(load(old), load(new)) == expected


def test_changes_stand_in_the_order_of_the_new_file_and_what_it_drops_comes_last():
    old = load("language: de\nrationale:\n  size: 300\n")
    new = load("rationale:\n  drafts: true\nreadiness:\n  threshold: 80\n  enabled: false\n")

    assert [each.key for each in changes(old, new)] == [
        "rationale.drafts",
        "readiness.threshold",
        "readiness.enabled",
        "language",
        "rationale.size",
    ]


def test_each_change_knows_where_both_values_come_from():
    over = owner("readiness:\n  threshold: 60\n")
    (change,) = changes(over, load("readiness:\n  threshold: 80\n", over=over))

    assert change.old_origin == Origin(Source.OWNER, OWNER, 2)
    assert change.origin == Origin(Source.REPOSITORY, PATH, 2)


def test_a_default_has_no_origin():
    (change,) = changes(load("language: de"), BARE)

    assert change.origin is None


def test_the_locks_of_an_owner_are_a_change_too():
    found = changes(BARE, owner("language: de\nlock: [readiness, language]\n"))

    assert [(each.key, each.old, each.new) for each in found] == [
        ("language", "en", "de"),
        ("lock", [], ["readiness", "language"]),
    ]
