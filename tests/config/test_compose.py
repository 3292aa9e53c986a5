import pytest

from config.compose import MOST_BYTES, MOST_DEPTH, MOST_NODES, compose
from config.mistakes import Mistake


def said(text: str) -> str:
    mistake = compose(text, file="f")
    assert isinstance(mistake, Mistake)
    return str(mistake)


def test_a_text_within_all_bounds_becomes_a_node():
    assert compose("a: [b]", file="f").tag == "tag:yaml.org,2002:map"


def test_an_empty_text_has_no_node():
    assert compose("# nothing yet", file="f") is None


def test_a_text_may_be_as_long_as_the_bound_in_bytes():
    text = "#" + "ä" * ((MOST_BYTES - 1) // 2)

    assert compose(text, file="f") is None
    assert said(text + "äh") == "f:1:1: the file: found 65538 bytes, allowed is at most 65536"


def test_a_text_may_be_as_deep_as_the_bound():
    assert compose("[" * MOST_DEPTH + "]" * MOST_DEPTH, file="f") is not None
    assert said("[" * 30_000) == "f:1:21: the file: found more than 20 levels, allowed is at most 20"


def test_a_text_may_hold_as_many_values_as_the_bound():
    assert compose("[" + "a," * (MOST_NODES - 1) + "]", file="f") is not None
    assert said("[" + "a,\n" * MOST_NODES + "]") == (
        "f:5000:1: the file: found more than 5000 values, allowed is at most 5000"
    )


COLON = (
    "found a `:` where no key can stand, "
    "allowed is one `key: value` on each line, and quotes around a value with `: ` in it"
)
MARK = "found a value that begins with a mark of YAML's own, allowed is quotes around it"
WORDS = (
    "found words where no value can stand, "
    "allowed is one `key: value` on each line, and quotes around a value with a quote in it"
)
INDENT = "found a line that is indented unlike its neighbours, allowed is the same indent for all keys of a section"
NO_SUCH = "found a character or number that does not exist, allowed is YAML"
UNREADABLE = {
    "alias": (
        "a: &x 1\nb: *x",
        "2:4: the file: found the alias `*x`, allowed is every value written out, with quotes around `*`",
    ),
    "two colons": (
        "a: b: c",
        f"1:5: the file: {COLON}",
    ),
    "too far in": (
        "a: 1\n  b: 2",
        f"2:4: the file: {COLON}",
    ),
    "too far out": (
        "  a: 1\n b: 2",
        f"2:2: the file: {INDENT}",
    ),
    "between two sections": (
        "a:\n    b: 1\n  c: 2",
        f"3:3: the file: {INDENT}",
    ),
    "tab": (
        "a:\n\tb: 1",
        "2:1: the file: found a tab, allowed is spaces",
    ),
    "no colon": (
        "a: 1\nword\nb: 2",
        "3:1: the file: found a line without `:`, allowed is `key: value`",
    ),
    "two documents": (
        "a\n---\nb",
        "2:1: the file: found a second document, allowed is one",
    ),
    "open list": (
        "a: [1,",
        "1:7: the file: found the end of the file, allowed is a value",
    ),
    "open quote": (
        "a: 'b",
        "1:6: the file: found the end of the file inside a quote, allowed is a quote that is closed",
    ),
    "list without an end": (
        "a: [1",
        "1:6: the file: found the end of the file inside a list, allowed is a `]` that closes it",
    ),
    "section without an end": (
        "a: {b: 1",
        "1:9: the file: found the end of the file inside a section, allowed is a `}` that closes it",
    ),
    "login with its mark": (
        "a: @dana",
        f"1:4: the file: {MARK}",
    ),
    "pattern without quotes": (
        "a:\n- *.md",
        f"2:4: the file: {MARK}",
    ),
    "any pattern without quotes": (
        "a: [**/*.md]",
        f"1:6: the file: {MARK}",
    ),
    "quote in a quote": (
        "a: 'it's'",
        f"1:8: the file: {WORDS}",
    ),
    "anything else": (
        "a: ]",
        "1:4: the file: found what YAML cannot read: expected the node content, but found ']', allowed is YAML",
    ),
    "unprintable": (
        "a: 1\nb: \0",
        "2:4: the file: found the character U+0000, allowed is printable text",
    ),
    "half a character": (
        "a: \ud800",
        "1:4: the file: found the character U+D800, allowed is printable text",
    ),
    "half a character, escaped": (
        'a: "\\ud800"',
        "1:4: the file: found half of a character, allowed is whole ones",
    ),
    "half a character in a key": (
        '"\\udfff": a',
        "1:1: the file: found half of a character, allowed is whole ones",
    ),
    "no such character": (
        'a: "\\UFFFFFFFF"',
        f"1:7: the file: {NO_SUCH}",
    ),
    "endless version": (
        "%YAML " + "9" * 5000 + ".1\n---\na",
        f"1:7: the file: {NO_SUCH}",
    ),
}


@pytest.mark.parametrize(("text", "expected"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_one_mistake_with_its_place(text, expected):
    assert said(text) == f"f:{expected}"
