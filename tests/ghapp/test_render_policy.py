"""The policy in force as people read it, and the excerpt of a mistake."""

import pytest

from config.load import BARE, PATH, load
from config.mistakes import Mistake
from config.origin import Source
from ghapp.render import notes, policy
from ghapp.render.excerpt import excerpt, lines
from tests.fakes import NOON

OWNERS = f"acme/.github/{PATH}"


def both(owners, own):
    return load(own, over=load(owners, file=OWNERS, source=Source.OWNER))


def test_the_defaults(snapshot):
    assert policy.in_force(BARE, (), as_of=NOON) == snapshot


def test_values_of_both_files_and_locks(snapshot):
    loaded = both(
        "lock: [language, readiness.criteria]\nlanguage: de\nreadiness: {threshold: 60, comment: silent}\n",
        "readiness:\n  threshold: 80\n  applies-to: {labels: [a|b, '@dana `x`']}\nlanguage: en\n",
    )
    said = notes.overruled(PATH, loaded.overruled, owner="acme/.github")
    assert policy.in_force(loaded, said, as_of=NOON) == snapshot


def test_a_list_that_is_cut_says_how_long_it_is():
    names = ", ".join(f"a-rather-long-login-{number}" for number in range(30))
    shown = policy.in_force(load(f"rationale: {{exempt: {{authors: [{names}]}}}}"), (), as_of=NOON)
    assert "…`, 30 in all | `.github/handoff.yml`, line 1 |" in shown


@pytest.mark.parametrize(
    ("owners", "own", "sentence"),
    [
        ("", "language: de", "This repository sets 1 value; all others are the defaults."),
        ("language: de", "", "Its owner sets 1 value; all others are the defaults."),
        (
            "rationale: {size: 5, comment: silent}",
            "language: de",
            "This repository sets 1 value and its owner sets 2 values; all others are the defaults.",
        ),
    ],
)
def test_the_headline_counts_whose_values_hold(owners, own, sentence):
    assert policy.headline(both(owners, own)) == sentence


MISTAKE = Mistake(file="f", line=2, column=3, path="a.b", found="this", allowed="that", nearest="c")


def test_a_mistake_is_shown_with_its_line_and_a_mark(snapshot):
    assert excerpt(MISTAKE, lines("first\n  second\n")) == snapshot


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        pytest.param("\ta: b", 2, "  1 |  a: b\n    |  ^", id="a tab"),
        pytest.param("変変: x", 5, "  1 | 変変: x\n    |       ^", id="wide letters"),
        pytest.param("\x1b[31mred", 1, "  1 |  [31mred\n    | ^", id="what drives a terminal"),
        pytest.param("x" * 300, 200, f"  1 | …{'x' * 100}…\n    | {' ' * 41}^", id="a long line"),
        pytest.param("x" * 101, 1, f"  1 | {'x' * 100}…\n    | ^", id="a long line from its start"),
        pytest.param("ab", 3, "  1 | ab\n    |   ^", id="its end"),
    ],
)
def test_the_mark_stands_below_the_place(line, column, shown):
    mistake = Mistake(file="f", line=1, column=column, path="", found="this", allowed="that")
    assert excerpt(mistake, [line]) == f"f:1:{column}: the file\n{shown}\n  found    this\n  allowed  that"


def test_a_mistake_behind_the_last_line_has_no_words_of_it():
    assert "\n  2 | \n    |   ^\n" in excerpt(MISTAKE, ["only"])


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_lines_end_where_yaml_ends_them(end):
    [mistake] = load(f"language: en{end}x: 1").mistakes
    assert excerpt(mistake, lines(f"language: en{end}x: 1")).splitlines()[1] == "  2 | x: 1"
