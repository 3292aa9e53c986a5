"""Commands are found at the start of a line, outside code, quotes, lists and HTML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github.command import LONGEST, Command, command


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/handoff check", Command("check")),
        ("/handoff", Command("")),
        ("/HandOff Check", Command("check")),
        ("Hello\n/handoff check now please", Command("check", "now please")),
        ("Hello\r\n\r\n   /handoff\tcheck  ", Command("check")),
        ("> a quote\n\n/handoff help", Command("help")),
        ("/handoff check\n/handoff help", Command("check")),
        ("/handoff exempt `lock file` only", Command("exempt", "lock file only")),
    ],
)
def test_a_command_is_read(text, expected):
    assert command(text) == expected


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
        "[/handoff check](https://example.org)",
        "**/handoff check**",
        "| a |\n|---|\n| /handoff check |",
        "\u200b/handoff check",
    ],
)
def test_what_only_looks_like_a_command_is_not_one(text):
    assert command(text) is None


@given(st.text(alphabet="/handof \n\t`>*-<!#[](){}~|\\\"'&@_01\u200b", max_size=300))
def test_any_text_has_a_command_or_none(text):
    found = command(text)
    assert found is None or found.word == found.word.strip().lower()


@given(st.text(max_size=200))
def test_a_command_stands_after_any_paragraph_that_is_plain(text):
    plain = "".join(letter for letter in text if letter.isalnum() or letter == " ").strip()
    assert command(f"x{plain}\n\n/handoff check") == Command("check")


def test_a_command_is_looked_for_at_the_beginning_of_a_long_comment():
    assert command("x\n\n" * (LONGEST // 3) + "/handoff check") is None
    assert command("/handoff check\n" + "x" * 10**6) == Command("check")


@pytest.mark.parametrize("piece", ["[", "`", "*a ", "> ", "<", "![a](<", "- ", "a**b", "/handoff"])
def test_reading_is_bounded_whatever_the_text(piece):
    began = time.perf_counter()
    command("/handoff" + piece * (LONGEST // len(piece)) + "\n\n/handoff check")
    assert time.perf_counter() - began < 1
