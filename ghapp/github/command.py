"""Commands in comments: `/handoff WORD` at the start of a line, outside code, quotes, lists and HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

CALL = "/handoff"
# Characters of a comment that are read. The webhook reads it before it answers, and a hostile text costs about 10 ms a
# KiB; people write a command at the beginning, if not alone.
LONGEST = 4 * 1024

# Links and emphasis hide no line's beginning and are the dearest to find; code, HTML and escapes do and stay, the last
# as long as they are not joined with the words around them.
_UNREAD = ["link", "image", "emphasis", "autolink", "entity", "text_join"]
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 20}).disable(_UNREAD)
_BREAKS = frozenset({"softbreak", "hardbreak"})
_FOLDS = re.compile(r"<(/?)(?:blockquote|details|div|table)\b", re.IGNORECASE)  # HTML with Markdown in it


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a comment: its word in small letters, "" when there is none, and what follows in its line."""

    word: str
    rest: str = ""


def commands(text: str) -> tuple[Command, ...]:
    """The commands of a comment, in order. Total for any text, linear in its length.

    Of a long comment whole lines are read: half a line may lack the day until which something is to hold.
    """
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition("\n")[0]
    if CALL not in text.lower():  # nearly every comment ends here
        return ()
    return tuple(_found(_MARKDOWN.parse(text)))


def _found(tokens: list[Token]) -> Iterator[Command]:
    within = 0  # elements of HTML that are open
    for before, token in pairwise(tokens):
        if before.type == "html_block" and not before.content.lstrip().startswith("<!--"):
            within += sum(-1 if closes else 1 for closes in _FOLDS.findall(before.content))
        # A paragraph at level 0 stands in no quote and no list; HTML and code are no paragraphs.
        if before.type == "paragraph_open" and before.level == 0 and within <= 0:
            for line in _lines(token.children or []):
                if found := _called(line):
                    yield found


def _lines(children: list[Token]) -> list[str]:
    """A paragraph's lines as far as they are plain text: a span of code or HTML at its start hides a command."""
    lines = [""]
    for child in children:
        if child.type in _BREAKS:
            lines.append("")
        else:
            lines[-1] += child.content if child.type == "text" else f"\0{child.content}"
    return lines


def _called(line: str) -> Command | None:
    first, word, rest = [*line.split(maxsplit=2), "", "", ""][:3]
    if first.lower() != CALL:
        return None
    return Command(word.lower(), rest.replace("\0", "").strip())
