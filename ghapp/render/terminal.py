"""What reports share in a terminal: lines that fit into it, and lying bars."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.text import Text

NARROW, WIDE = 40, 100  # columns that lines are set for, whatever the terminal has


def room(width: int) -> int:
    """The columns that lines may have in a terminal of a width."""
    return min(max(width, NARROW), WIDE)


def fitted(parts: Iterable[Iterable[Text]], columns: int) -> tuple[Text, ...]:
    """The lines of all parts, an empty one between two; none is longer than that."""
    found = [line for part in map(list, parts) if part for line in (Text(), *part)]
    for line in found:
        line.truncate(columns, overflow="ellipsis")
    return tuple(found[1:])


def lengths(parts: Sequence[float], *, longest: int, most: float) -> tuple[int, ...]:
    """How many letters each part of a bar has: one at least for the bar, and together what the bar has."""
    total = sum(parts)
    whole = max(1, round(longest * total / most)) if total else 0
    ends = [0, *(round(whole * sum(parts[: place + 1]) / total) if total else 0 for place in range(len(parts)))]
    return tuple(end - before for before, end in pairwise(ends))
