"""Policy files of any kind: a policy, or mistakes that say where; never an exception, never a bomb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import schema
from config.load import load
from config.policy import DEFAULTS
from ghapp.render import excerpt
from tests.fuzz.effort import tries

PATHS = [path for path in schema.paths() if path]
SCALARS = st.sampled_from(
    [
        "on", "off", "yes", "no", "true", "~", "null", "", "0", "70", "-1", "1e3", "0x1F", "0o7", "9:30", "1_000",
        ".inf",
        ".NaN", "2026-11-22", "2026-02-30", "'70'", '"a"', "[]", "{}", "[a, [b]]", "{a: {b: c}}", "*x", "&x a", "&x",
        "!!int 7", "!!binary aGk=", "!!set {a}", "!!omap [a: 1]", "!!python/object/apply:os.system [id]",
        "!!timestamp x",
        "!<tag:yaml.org,2002:str> a", "!local a", "<<: a", "{<<: *x}", "{<<: {threshold: 5}}", "? a", "|", ">-", "|+9",
        "'", '"', '"\\uD800"', '"\\x00"', '"\\UFFFFFFFF"', "'\u202e'", "\u200b", "@a", "`a`", "%a", "- a", "a: b",
        "[" * 30, "{a: " * 30, "9" * 400, "a" * 300, "\t", "#", "---", "...", "required", "advisory", "dana", "**/*.md",
    ]
)  # fmt: skip


@st.composite
def files(draw):
    """Keys that exist, or nearly, each with a value that is right or anything but."""
    lines = []
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=5)):
        for depth, key in enumerate(path[:-1]):
            lines.append(f"{'  ' * depth}{key}:")
        indent = "  " * draw(st.sampled_from([len(path) - 1] * 4 + [0, len(path)]))
        key = path[-1] if draw(st.integers(0, 5)) else draw(st.sampled_from(["<<", "tresholds", "", "? x", "'", "*x"]))
        lines.append(f"{indent}{key}: {draw(SCALARS | st.text(max_size=12))}")
    return draw(st.sampled_from(["", "\ufeff", "%YAML 1.1\n---\n", "&x\n", "--- !!map\n"])) + "\n".join(lines)


def assert_said(text):
    """Whatever a text holds, what comes of it is whole."""
    loaded = load(text)
    assert not loaded.mistakes or loaded.policy == DEFAULTS
    for mistake in loaded.mistakes:
        assert 1 <= mistake.line <= text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + 2
        assert mistake.column >= 1
        assert str(mistake).isprintable()
        str(mistake).encode()
        assert len(str(mistake)) < 2_000
    for mistake in loaded.mistakes[:20]:
        shown = excerpt.excerpt(mistake, excerpt.lines(text))
        assert len(shown.split("\n")) <= 6
        assert not any(letter < " " for letter in shown.replace("\n", ""))
        assert max(map(len, shown.split("\n"))) < 1_000
    assert len(loaded.mistakes) <= 5_000
    return loaded


@tries(150)
@given(files())
def test_a_policy_file_is_understood_or_its_mistakes_are_said(text):
    assert_said(text)


@tries(60)
@given(st.binary(max_size=80))
def test_bytes_that_are_no_text_are_no_policy(raw):
    for text in (raw.decode("latin-1"), raw.decode("utf-8", "surrogateescape"), raw.decode("utf-8", "replace")):
        assert_said(text)


BOMBS = {
    "aliases": "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]" for n in range(9)),
    "merges": "a: &a {b: 1}\n" + "".join(f"c{n}: {{<<: [*a, *a]}}\n" for n in range(50)),
    "an alias to itself": "a: &a [*a]",
    "nesting in brackets": "[" * 30_000,
    "nesting in braces": "{a: " * 15_000,
    "nesting by indent": "".join(" " * depth + "a:\n" for depth in range(300)),
    "nesting by dashes": "- " * 30_000 + "a",
    "nesting by keys": "? " * 30_000 + "a",
    "many keys": "".join(f"k{n}: 1\n" for n in range(8_000)),
    "the same key": "language: en\n" * 4_000,
    "many values": f"rationale: {{exempt: {{paths: [{'a, ' * 20_000}]}}}}",
    "many tags": "!!a " * 15_000,
    "many anchors": "&a " * 20_000,
    "many documents": "---\n" * 15_000,
    "many directives": "%TAG !a! b\n" * 5_000,
    "a long word": "a" * 65_000,
    "a long key": f"{'a' * 65_000}: 1",
    "a long comment": f"#{'a' * 65_000}",
    "a long quote": f'"{"a" * 65_000}',
    "a long number": f"readiness: {{threshold: {'9' * 60_000}}}",
    "a long escape": '"' + "\\" * 65_000,
    "a long block": "a: |\n" + " b\n" * 20_000,
    "a long directive": f"%YAML {'9' * 60_000}",
    "empty lines": "\n" * 65_000,
    "white space": " " * 65_000,
    "carriage returns": "\r" * 65_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_does_not_go_off(text):
    assert_said(text)


def test_merge_keys_are_no_keys():
    assert load("readiness: {<<: {threshold: 5}}").mistakes[0].found == "the unknown key `<<`"
