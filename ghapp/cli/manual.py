"""`ghapp manual`: the manual in the terminal, a page or a part of one, as errors name it."""

import sys
from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.markdown import Markdown

from ghapp.cli.failed import say
from ghapp.errors import UserError
from ghapp.render import manual_page
from ghapp.render.manual_page import Heading, Page

FOUND, CANNOT = 0, 2
HEAD = 2  # lines that a table begins with
WIDEST = 100  # columns; longer lines are hard to read
UNASKED = "decisions"  # what was chosen and why is read whole, and answers nobody who looks for a symptom

Part = tuple[Page, Heading]


def run(words: str) -> int:
    """Print what the words name: a page, the part under a heading, or the row of a table; the exit code."""
    page = manual_page.page(words.removesuffix(".md") or manual_page.INDEX)  # the list names the files
    found = [(page, page.headings[0])] if page else _parts(words)
    rows = [] if found else list(_rows(f"| `{words}` |"))
    if not (found or rows):
        say(UserError(f"the manual says nothing of {words!r}: `ghapp manual` lists its pages."))
        return CANNOT
    if len(found) > 1:
        _list(found)
    else:
        _print(*(page.part(heading) for page, heading in found), *rows)
    return FOUND


def _parts(words: str) -> list[Part]:
    """The part with this anchor, else those that have all of these words in their headings."""
    every = [(page, heading) for page in _pages() for heading in page.headings]
    anchored = [(page, heading) for page, heading in every if heading.anchor == words]
    wanted = words.casefold().split()
    return anchored[:1] or [part for part in every if all(word in part[1].words.casefold() for word in wanted)]


def _rows(beginning: str) -> Iterator[str]:
    """Each row of a table that begins so, below the table's own head."""
    for page in _pages():
        head: list[str] = []
        for line in page.text.splitlines():
            if not line.startswith("|"):
                head = []
            elif len(head) < HEAD:
                head.append(line)
            elif line.startswith(beginning):
                yield "\n".join((*head, line))


def _pages() -> Iterator[Page]:
    return filter(None, (manual_page.page(name) for name in manual_page.names() if name != UNASKED))


def _print(*parts: str) -> None:
    out = Console(highlight=False)
    out.width = min(out.width, WIDEST)
    with out.capture() as captured:
        for part in parts:
            out.print(Markdown(part, hyperlinks=False))
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().strip("\n").splitlines())


def _list(found: list[Part]) -> None:
    for title, parts in groupby(found, key=lambda part: part[0].title):
        sys.stdout.write(f"{title}\n")
        sys.stdout.writelines(f"  ghapp manual {heading.anchor}\n" for _, heading in parts)
