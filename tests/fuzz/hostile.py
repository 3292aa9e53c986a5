"""Texts that people with bad intentions write, and what would show that one of them got through."""

import re
from collections.abc import Iterator
from unicodedata import category

from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ghapp.render import commands, quote, sticky
from tests.ghapp.verdicts import MANUAL, OUR_PAGES

BAIT = st.sampled_from(
    [
        "@octo-team/all", "@sam", "@sam@", "\\@sam", "#12", "owner/repo#3", "owner/repo@" + "a" * 40, "GH-7", "gh-7",
        "https://github.com/o/r/issues/1", "HTTPS://GITHUB.COM/o/r/pull/1", "www.example.com", "ftp://x.example/a",
        "mailto:sam@x.example", "javascript:alert(1)", "[a](javascript:alert(1))", "[a](https://x.example)", "![i](u)",
        "[a]: https://x.example", "[a][b]", "<https://x.example>", "<a@b.example>", "<script>alert(1)</script>",
        "<img src=x onerror=a>", "<a href=//x>", "</details>", "</summary>", "<details open>", "<summary>", "<sub>",
        "</sub>",
        "<!--", "-->", "--!>", "<!-- handoff:sticky v2 -->", sticky.MARKER, "<!-- handoff:help to sam -->",
        commands.addressed("x", commands.Answer.REFUSAL, to="s", about="7"), "<?php", "<![CDATA[", "```", "````",
        "`", "``", "~~~",
        "|", "\\|", "\\", "\\\\", "|---|", "\n", "\r", "\r\n", "\n\n", "\x85", "\u2028", "\u2029", "\x0b", "# ", "- ",
        "- [ ] ", "1. ", "> ", "---", "===", "    ", "\t", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff",
        "\u00ad", "\u061c", "\U000e0041", "\x00", "\x1b[31m", "\x7f", "\ud800", "\udfff", "a\u0301\u0301", "&lt;b&gt;",
        "&#64;sam", "&commat;sam", "&num;12", "&NewLine;", "$x$", "$$", "*", "**", "_", "~~", ":tada:", "[^1]",
        "[!NOTE]",
        "/handoff check", "\n/handoff check\n", "\U0001f468\u200d\U0001f469", "as of 2026-01-01 00:00 UTC</sub>",
    ]
)  # fmt: skip
HOSTILE = st.lists(st.one_of(BAIT, BAIT, st.text(max_size=12)), max_size=12).map("".join)
LONG = st.builds(lambda text, times: text * times, HOSTILE, st.sampled_from([1, 1, 1, 20, 400]))

_OURS = re.compile(
    r"<details><summary>[A-Za-z ,]+</summary>|</?(details|sub)>|<br>|"
    r"<!-- handoff:(sticky v1|\w+ to [\w\[\]-]* about \w+) -->"
)
_LIVE = re.compile(r"@\w|#\d|gh-\d|://|www\.", re.IGNORECASE)
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_OF_WORDS = "\u200c\u200d\u200b"  # two that spell words, and the one that breaks references
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def assert_harmless(markdown: str) -> None:
    """Nothing of it is live when GitHub reads it as Markdown, and it can be sent."""
    assert is_seen(markdown.replace("\n", ""))
    html = ""
    for kind, content in _read(markdown):
        match kind:
            case "html":
                html += content
                assert not _OURS.sub("", content).strip(), content
            case "link":
                assert content.startswith((f"{MANUAL}/", OUR_PAGES)), content
            case _:
                assert not _LIVE.search(content), content
    assert html.count("<details>") == html.count("</details>")


def assert_postable(markdown: str) -> None:
    """Harmless, and within what GitHub takes."""
    assert_harmless(markdown)
    assert len(markdown.encode()) <= quote.LIMIT


def assert_sticky(comment: str) -> None:
    """Ours by its first line, and by nothing else in it."""
    assert_postable(comment)
    assert comment.startswith(sticky.MARKER)
    assert comment.count("<!-- handoff:sticky") == 1


def is_seen(text: str) -> bool:
    """Whether no letter of a line hides, turns the others round, or cannot be sent."""
    return not any(category(letter) in _UNSEEN and letter not in _OF_WORDS for letter in text)


def _read(markdown: str) -> Iterator[tuple[str, str]]:
    """What GitHub reads as HTML, links and text; code is left out, where nothing is live."""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "html_block":
            yield "html", token.content
        for child in token.children or ():
            if child.type == "html_inline":
                yield "html", child.content
            elif child.type in ("link_open", "image"):
                yield "link", str(child.attrs.get("href") or child.attrs.get("src"))
            elif child.type == "text":
                yield "text", child.content
