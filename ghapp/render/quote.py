"""Words of others made harmless: quoted, they reach nobody, link nowhere and open no HTML.

What GitHub brings to life in Markdown: mentions, `#1`, `GH-1`, `owner/name#1`, issue addresses (each leaves a
cross-reference on the other side) and HTML. None of it is live in code, and none survives a zero-width space.
"""

import re
import unicodedata
from collections.abc import Iterator

LIMIT = 60_000  # bytes; GitHub checks 65,535 of a check run in characters and in bytes (github/docs#35252)
QUOTE = 160  # characters of a quote; the place is named beside it, so the rest is easily found
SENTENCE = 600  # characters of advice, a reason or a note

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
_JOINERS = "\u200c\u200d"  # they spell words in Persian and Hindi, and reorder nothing
_BREAK = "\u200b"
_RUN = re.compile("`+")
_MARKDOWN = re.compile(r"[\\`*_\[\]~|$]")
_LIVE = re.compile(r"@|#(?=\d)|(?<=[Gg][Hh])-(?=\d)|:(?=//)|(?<=[Ww]{3})(?=\.)")


def visible(text: str) -> str:
    """The text with a space for each control, bidirectional and invisible character, so that none of it hides."""
    if text.isprintable():  # nearly every text ends here
        return text
    return "".join(_seen(letter) for letter in text)


def plain(text: str, most: int = QUOTE) -> str:
    """One visible line, cut at `most` characters."""
    line = " ".join(visible(text[: 4 * most]).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _seen(letter: str) -> str:
    return " " if unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS else letter


def inert(text: str, most: int = QUOTE) -> str:
    """One line for a place where Markdown is not read; it cannot pass for one of our markers."""
    return plain(text, most).replace("<!--", f"<{_BREAK}!--")


def code(text: str, most: int = QUOTE) -> str:
    """A code span with exactly these words: the way every quote of an author is shown."""
    line = inert(text, most) or "(empty)"
    ticks = "`" * (_longest_run(line) + 1)
    pad = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def cell(text: str, most: int = QUOTE) -> str:
    """A code span for a table, where a bar would end the cell even inside code."""
    return code(text, most).replace("|", "\\|")


def prose(text: str) -> str:
    """A sentence that may hold words of others: its code spans stay code, all else is taken literally."""
    line = plain(text, SENTENCE)
    pieces, end = [], 0
    for opened, closed in _spans(line):
        pieces += [_literal(line[end : opened.start()]), code(line[opened.end() : closed.start()], SENTENCE)]
        end = closed.end()
    return "".join([*pieces, _literal(line[end:])])


def _spans(line: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The runs around each code span: one is closed by the next of its own length (CommonMark, section 6.1)."""
    runs = list(_RUN.finditer(line))
    nearest: dict[int, re.Match[str]] = {}
    closers: list[re.Match[str] | None] = []
    for run in reversed(runs):
        closers.append(nearest.get(len(run[0])))
        nearest[len(run[0])] = run
    end = 0
    for opened, closed in zip(runs, reversed(closers), strict=True):
        if closed and opened.start() >= end:
            yield opened, closed
            end = closed.end()


def _literal(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\g<0>", text)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LIVE.sub(r"\g<0>&#8203;", escaped)


def fence(lines: tuple[str, ...], language: str = "markdown") -> str:
    """A code block that none of its lines can close."""
    ticks = "`" * max(3, _longest_run("\n".join(lines)) + 1)
    return "\n".join([ticks + language, *lines, ticks])


def _longest_run(text: str) -> int:
    return max((len(run) for run in _RUN.findall(text)), default=0)


def cut(text: str, most: int = LIMIT) -> str:
    """The text's beginning within `most` bytes of UTF-8, never half a character."""
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"
