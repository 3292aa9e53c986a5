"""A body made ready for the Markdown parser: one dialect, no HTML, each line still knowing where it stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checks.text.sentences import Line

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]|[^\S\t\n\r ]")  # the second: spaces of other kinds
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # cannot be encoded, so could not be posted or stored

_BREAKS = re.compile(r"( {2,})")
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}(?=[^`]*$)|~{3,})")
_COMMENT = re.compile(r"`[^`]*`|(<!--)")
_EMPTY_COMMENT = re.compile(r"-?>")  # HTML closes <!--> and <!---> at once
_LINK_COMMENT = re.compile(r"\s*\[[^\[\]]*\]:\s*(?:#|<>)\s*[\"'(](.*)[\"')]\s*")  # [//]: # (seen by nobody)
_MARKER = re.compile(
    r"`[^`]*`|(?P<mark>\{(?:code|noformat)(?::(?P<options>[^{}]*))?\}|<pre(?:\s[^<>]*)?>|</pre>)", re.IGNORECASE
)
_CLOSER = re.compile(r"\{(?:code|noformat)\}|</pre>", re.IGNORECASE)
_OWN_FENCE = "~" * 12
_MOST_MARKERS = 200

_TAG = re.compile(
    r"`[^`]*`|<(?P<pair>b|strong|code|samp|tt)>\s*(?P<inner>[^<>\s`][^<>`]*)</(?P=pair)>|<(?P<close>/?)(?P<name>details|summary|h[1-6]|li|ul|ol|p|div|center|section|table|thead|tbody|tr|td|th"
    r"|blockquote|br|hr|b|strong|i|em|u|sub|sup|span|font|kbd|small|code|samp|tt)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PAIRS = {"b": "**", "strong": "**", "code": "`", "samp": "`", "tt": "`"}
_WITHIN = dict.fromkeys(("i", "em", "u", "sub", "sup", "span", "font", "kbd", "small", *_PAIRS), "") | {
    "td": " ", "th": " "
}  # fmt: skip
_OPENING = {"summary": "\n###### ", "li": "\n- "} | {f"h{level}": f"\n{'#' * level} " for level in range(1, 7)}

_MARKS_IN_A_ROW = re.compile(r"([\s>]*(?:[-*+]|\d{1,9}[.)])\s+)(?:(?:[-*+>]|\d{1,9}[.)])\s+){2,}(?=[^\s\-*+>])")

_DIALECTS = (
    (_MARKS_IN_A_ROW, lambda mark: mark[1]),  # nobody means lists in lists on one line; each would be parsed as one
    (re.compile(r"\s*h([1-6])\.\s+"), lambda mark: "#" * int(mark[1]) + " "),  # JIRA
    (re.compile(r" {0,3}(#{2,6})(?=[^\s#\d])"), lambda mark: f"{mark[1]} "),
    (
        re.compile(r"(\s*)(?:[\u2022\u25e6\u25aa\u2023\u00b7\u25cf]|\*{2,4}(?=\s))\s*(?=\S)"),
        lambda mark: f"{mark[1]}- ",
    ),
    (
        re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)]))\s*\[([ xX]?)\](?=\s|$)"),
        lambda mark: f"{mark[1]} [{mark[2] or ' '}]",
    ),
)
_MAY_BE_DIALECT = re.compile(r"\s*[>h#\u2022\u25e6\u25aa\u2023\u00b7\u25cf*+\-\d]")


@dataclass(slots=True)
class Lines:
    """What was made of a body: lines for the parser, and the comments taken out of them."""

    lines: list[Line] = field(default_factory=list)
    comments: list[Line] = field(default_factory=list)

    def cut(self, most: int) -> bool:
        """Keep that many of each; whether some were left out. One line of a body can hold any number of tags."""
        too_many = max(len(self.lines), len(self.comments)) > most
        del self.lines[most:], self.comments[most:]
        return too_many


def printable(text: str) -> str:
    """The text without what cannot be printed or encoded; its lines and their order stay."""
    return _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub(" ", text))


def prepare(body: str, *, most: int) -> tuple[Lines, bool]:
    """At most about that many lines of a body, made ready, and whether some were left out."""
    scan = _Scan(markers=sum(1 for found in _MARKER.finditer(body) if found["mark"]))
    too_many = False
    for number, text in _numbered(body.replace("\r\n", "\n").replace("\r", "\n")):
        too_many = len(scan.made.lines) + len(scan.made.comments) >= most
        if too_many:
            break
        scan.take(number, text)
    return scan.made, scan.made.cut(most) or too_many


def _numbered(body: str) -> Iterator[Line]:
    """The lines from 1; where all line breaks were lost (exports of JIRA do that) several spaces stand for them."""
    begin = len(body) - len(body.lstrip())
    if "\n" in body.strip() or not _BREAKS.search(body.strip()):
        yield from enumerate(body.split("\n"), start=1)
        return
    number = body.count("\n", 0, begin) + 1
    for piece in _BREAKS.split(body.strip()):
        if not piece.isspace():
            yield number, piece
        elif len(piece) > 3:
            yield number, ""


@dataclass(slots=True)
class _Scan:
    markers: int  # of JIRA's code and HTML's <pre> still to come: one without a partner opens nothing
    made: Lines = field(default_factory=Lines)
    fence: str = ""
    in_comment: bool = False

    def take(self, number: int, text: str) -> None:
        rest: str | None = text
        while rest is not None:
            rest = self._inside(number, rest) if self.fence else self._outside(number, rest)

    def _inside(self, number: int, text: str) -> str | None:
        """A line of code; returns what follows the end of the code on the same line."""
        if self.fence != _OWN_FENCE:
            self.made.lines.append((number, text))
            if text.strip(" \t>").startswith(self.fence) and not text.strip(f" \t>{self.fence[0]}"):
                self.fence = ""
            return None
        closer = _CLOSER.search(text)
        code = text[: closer.start()] if closer else text
        if code.strip():
            self.made.lines.append((number, code.replace(_OWN_FENCE, "")))
        if closer is None:
            return None
        self._turn(number, "")
        return text[closer.end() :]

    def _outside(self, number: int, text: str) -> str | None:
        """A line of text; returns what follows a marker of code on the same line."""
        text = self._without_comments(number, text)
        marker = self._marker(text)
        if marker:
            self._write(number, text[: marker.start()])
            self._turn(number, (marker["options"] or "").split("|")[-1])
            return text[marker.end() :]
        fence = _FENCE.match(text)
        if fence:
            self.fence = fence[1]
            self.made.lines.append((number, text))
        else:
            self._write(number, text)
        return None

    def _marker(self, text: str) -> re.Match[str] | None:
        if not 2 <= self.markers <= _MOST_MARKERS:
            return None
        return next((found for found in _MARKER.finditer(text) if found["mark"]), None)

    def _turn(self, number: int, language: str) -> None:
        self.fence = "" if self.fence else _OWN_FENCE
        self.markers -= 1
        self.made.lines.append((number, _OWN_FENCE + (language if language.isalnum() else "")))

    def _without_comments(self, number: int, text: str) -> str:
        if not self.in_comment and "<!--" not in text:
            return self._without_link_comment(number, text)
        kept: list[str] = []
        at = 0
        while at < len(text):
            if self.in_comment:
                end = text.find("-->", at)
                stop = end if end >= 0 else len(text)
                self._note(number, text[at:stop])
                self.in_comment = end < 0
                at = stop + 3
            else:
                begin = next((found.start() for found in _COMMENT.finditer(text, at) if found[1]), len(text))
                kept.append(text[at:begin])
                at = begin + 4
                empty = _EMPTY_COMMENT.match(text, at)
                self.in_comment = begin < len(text) and not empty
                at = empty.end() if empty else at
        return "".join(kept)

    def _without_link_comment(self, number: int, text: str) -> str:
        found = _LINK_COMMENT.fullmatch(text) if "]: " in text else None
        if found is None:
            return text
        self._note(number, found[1])
        return ""

    def _note(self, number: int, comment: str) -> None:
        words = comment.strip(" \t-!")
        if words:
            self.made.comments.append((number, words))

    def _write(self, number: int, text: str) -> None:
        if "<" in text:
            text = _TAG.sub(_untagged, text)
            if text.lstrip().startswith("|"):
                text = text.replace("\n", " ")  # a table's row stays one line
        for piece in text.split("\n"):
            self.made.lines.append((number, _in_one_dialect(piece)))


def _untagged(tag: re.Match[str]) -> str:
    if tag["pair"]:
        mark, inner = _PAIRS[tag["pair"].lower()], tag["inner"]
        return f"{mark}{inner.rstrip()}{mark}" + inner[len(inner.rstrip()) :]
    if not tag["name"]:
        return tag[0]
    name = tag["name"].lower()
    if name in _WITHIN:
        return _WITHIN[name]
    return "\n" if tag["close"] else _OPENING.get(name, "\n")


def _in_one_dialect(text: str) -> str:
    if not _MAY_BE_DIALECT.match(text):
        return text
    for pattern, mark in _DIALECTS:
        text = pattern.sub(mark, text, count=1) if pattern.match(text) else text
    return text
