"""A mistake in a policy file as a good compiler shows it: the place, the line with a mark, what would be right."""

import re

from rich.cells import cell_len

from config.mistakes import Mistake
from ghapp.render import quote

WIDE = 100  # characters of a line that are shown
BEFORE = 40  # of these, left of the mark

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML ends a line


def lines(text: str) -> list[str]:
    """The lines of a file as YAML counts them."""
    return _BREAK.split(text)


def excerpt(mistake: Mistake, lines: list[str]) -> str:
    """A mistake with its line and a mark below the place; nothing of the file drives the terminal."""
    place = f"{mistake.file}:{mistake.line}:{mistake.column}: {mistake.path or 'the file'}"
    said = [f"  found    {mistake.found}", f"  allowed  {mistake.allowed}"]
    nearest = [f"  nearest  `{mistake.nearest}`"] if mistake.nearest else []
    line = lines[mistake.line - 1] if mistake.line <= len(lines) else ""
    return "\n".join([place, *_marked(line, mistake), *said, *nearest])


def _marked(line: str, mistake: Mistake) -> list[str]:
    start = max(0, mistake.column - 1 - BEFORE) if len(line) > WIDE else 0
    left, right = "…" if start else "", "…" if len(line) > start + WIDE else ""
    shown = left + quote.visible(line[start : start + WIDE]).rstrip() + right
    before = left + quote.visible(line[start : mistake.column - 1].ljust(mistake.column - 1 - start))
    pad = " " * cell_len(before)
    number = str(mistake.line)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {pad}^"]
