"""Commands are found at the start of a line, outside code, quotes, lists and HTML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github.command import LONGEST, Command, commands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/handoff check", Command("check")),
        ("/handoff", Command("")),
        ("/HandOff Check", Command("check")),
        ("Hello\n/handoff check now please", Command("check", "now please")),
        ("Hello\r\n\r\n   /handoff\tcheck  ", Command("check")),
        ("> a quote\n\n/handoff help", Command("help")),
        ("/handoff exempt `lock file` only", Command("exempt", "lock file only")),
        ("/handoff exempt because\nof this", Command("exempt", "because")),
        ("<details>\n\na log\n\n</details>\n\n/handoff check", Command("check")),
        ("<!-- <details> -->\n\n/handoff check", Command("check")),
        ("</details>\n\n<p>\n\n/handoff check", Command("check")),
    ],
)
def test_a_command_is_read(text, expected):
    assert commands(text) == (expected,)


def test_the_commands_of_a_comment_are_read_in_order():
    text = "/handoff check\n/handoff help\nand\n\n`/handoff ready x`\n\n/handoff exempt vendored"
    assert commands(text) == (Command("check"), Command("help"), Command("exempt", "vendored"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "handoff check",
        "see /handoff check",
        "/handoffcheck",
        "`/handoff check`",
        "`code\n/handoff check`",
        "```\n/handoff check\n```",
        "~~~\n/handoff check",
        "    /handoff check",
        "> /handoff check",
        "> quoted\n/handoff check",
        "* /handoff check",
        "1. /handoff check",
        "# /handoff check",
        "<div>/handoff check</div>",
        "<!-- \n/handoff check\n-->",
        "text <!-- \n/handoff check -->",
        "<blockquote>\n\n/handoff check\n\n</blockquote>",
        "<details><summary>What Dana wrote</summary>\n\n> a quote\n\n/handoff check\n\n</details>",
        "<DIV align=center>\n\n/handoff check",
        "[/handoff check](https://example.org)",
        "**/handoff check**",
        "| a |\n|---|\n| /handoff check |",
        "\u200b/handoff check",
    ],
)
def test_what_only_looks_like_a_command_is_not_one(text):
    assert commands(text) == ()


@given(st.text(alphabet="/handof \n\t`>*-<!#[](){}~|\\\"'&@_01\u200b", max_size=300))
def test_any_text_has_commands_or_none(text):
    assert all(found.word == found.word.strip().lower() for found in commands(text))


@given(st.text(max_size=200))
def test_a_command_stands_after_any_paragraph_that_is_plain(text):
    plain = "".join(letter for letter in text if letter.isalnum() or letter == " ").strip()
    assert commands(f"x{plain}\n\n/handoff check") == (Command("check"),)


def test_a_command_is_looked_for_at_the_beginning_of_a_long_comment():
    assert commands("x\n\n" * (LONGEST // 3) + "/handoff check") == ()
    assert commands("/handoff check\n" + "x" * 10**6) == (Command("check"),)


def test_a_command_whose_line_is_not_read_whole_is_none():
    cut = "/handoff exempt " + "x" * LONGEST + " until 2026-12-31"
    assert commands(cut) == ()
    assert commands(f"/handoff check\n{cut}") == (Command("check"),)


@pytest.mark.parametrize("piece", ["[", "`", "*a ", "> ", "<", "![a](<", "- ", "a**b", "/handoff", "/handoff a\n"])
def test_reading_is_bounded_whatever_the_text(piece):
    began = time.perf_counter()
    commands("/handoff" + piece * (LONGEST // len(piece)) + "\n\n/handoff check")
    assert time.perf_counter() - began < 1
