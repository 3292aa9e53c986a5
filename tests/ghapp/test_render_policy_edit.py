"""What the check says of a pull request that edits the policy, whole."""

from datetime import UTC, datetime

import pytest

from config.changes import changes
from config.load import BARE, PATH, load
from config.origin import Source
from ghapp.render import policy_edit as render
from ghapp.render.policy_edit import Branches, DryRun, Shift

AT = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)
NONE = Shift(there=0, seen=0)
OVER = load("readiness:\n  threshold: 60\nlock: [rationale.size]\n", file=f"acme/.github/{PATH}", source=Source.OWNER)
MANY = """\
readiness:
  threshold: 80
  comment: silent
  since: 2026-03-01
  applies-to:
    labels: [handoff, "a|b `c` @dana"]
rationale:
  enabled: off
  exempt:
    branches: []
"""


def mistakes(text):
    return load(text).mistakes


def valid(old, new, dry_run=None, **said):
    return render.valid(changes(old, new), dry_run, **{"overruled": new.overruled, "deed": "edits"} | said)


def test_the_mistakes_of_a_file(snapshot):
    assert render.broken(mistakes("readiness:\n  treshold: 80\n  comment: loud\n")) == snapshot


def test_more_mistakes_than_are_listed_and_marked(snapshot):
    assert render.broken(mistakes("".join(f"key{number}: 1\n" for number in range(60)))) == snapshot


def test_a_file_that_is_no_text(snapshot):
    assert snapshot == render.NO_TEXT


@pytest.mark.parametrize(
    ("found", "changed"),
    [((), ()), (mistakes("readiness: {treshold: 80}"), ()), ((), changes(BARE, load("readiness: {threshold: 80}")))],
    ids=["nothing", "mistakes", "changes"],
)
def test_a_branch_that_is_not_the_default(found, changed, snapshot):
    assert render.elsewhere(Branches(base="release/2`x`", default="main"), found, changed) == snapshot


def test_changes_of_every_kind(snapshot):
    assert valid(BARE, load(MANY)) == snapshot


LIST = "rationale: {exempt: {authors: [%s]}}"
LONG = [f"a-rather-long-login-{number}" for number in range(30)]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ([*LONG, "dana"], "with `[dana]`"),
        (LONG[1:], "without `[a-rather-long-login-0]`"),
        ([*LONG[:-1], "dana"], "with `[dana]` and without `[a-rather-long-login-29]`"),
        (LONG[::-1], "in another order"),
        (["dana"], "`[dana]`"),
    ],
)
def test_of_a_list_too_long_for_a_cell_the_difference_is_told(new, said):
    shown = valid(load(LIST % ", ".join(LONG)), load(LIST % ", ".join(new)))
    assert f"…`, 30 in all (the repository) | {said} (the repository) |" in shown


def test_changes_over_an_owner_with_what_it_locks(snapshot):
    assert valid(OVER, load("readiness:\n  threshold: 80\nrationale:\n  size: 90\n", over=OVER)) == snapshot


def test_a_file_of_the_owner(snapshot):
    assert valid(BARE, OVER, deed="adds", owner="acme") == snapshot


def test_a_file_that_changes_nothing(snapshot):
    assert valid(BARE, load("readiness: {threshold: 70}")) == snapshot


@pytest.mark.parametrize(
    ("issues", "pulls"),
    [
        (NONE, NONE),
        (Shift(there=1, seen=1, judged=1), Shift(there=2, seen=2, judged=1, lost=1)),
        (
            Shift(there=340, seen=100, judged=41, lost=6, won=2, unjudged=1, untold=3),
            Shift(there=12, seen=12, judged=12, won=1, untold=2),
        ),
    ],
    ids=["nothing is open", "few", "more than are looked at"],
)
def test_what_it_would_do(issues, pulls, snapshot):
    counted = DryRun(issues=issues, pulls=pulls, at=AT)
    assert valid(BARE, load("readiness: {threshold: 80}"), counted) == snapshot


def test_a_mark_says_what_was_found_in_one_line_without_its_place():
    (mark,) = render.annotations(mistakes("readiness:\n  treshold: 80\n"), text="readiness:\n  treshold: 80\n")
    assert (mark.path, mark.line) == (PATH, 2)
    assert mark.message.startswith("readiness.treshold: found the unknown key `treshold`, allowed is `enabled`, ")
    assert mark.message.endswith("; did you mean `threshold`?")
