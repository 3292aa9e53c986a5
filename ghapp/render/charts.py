"""Charts as inline SVG without script or style: places are shares of the width, so letters keep their size on a phone.

Colours are the page's: it styles `.chart rect`, and each tone by its class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

_THICK = 12  # pixels of a lying bar
_HEIGHT, _ABOVE, _BELOW = 200, 22, 24  # pixels of a chart, and of what stands above and below its columns
_GAP = 0.16  # of a column's place
_LEAST = 0.6  # percent: what is there can be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: how much it is, and the class that colours it."""

    value: int
    tone: str

    def __bool__(self) -> bool:
        """Whether there is something to draw."""
        return bool(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One standing bar: what it is called, and its parts from the ground up."""

    name: str
    parts: tuple[Part, ...]

    @property
    def value(self) -> int:
        """All parts together."""
        return sum(part.value for part in self.parts)


_BAR = Markup('<svg class="chart bar" width="100%" height="{}" aria-hidden="true">{}</svg>')
_LYING = Markup('<rect class="{}" x="{}%" width="{}%" height="{}"/>')
_COLUMNS = Markup(
    '<svg class="chart columns" width="100%" height="{}" role="img" aria-label="{}">'
    '<svg y="{}" width="100%" height="{}" overflow="visible">{}</svg>{}{}</svg>'
)
_STANDING = Markup('<rect class="{}" x="{}%" y="{}%" width="{}%" height="{}%"/>')
_NUMBER = Markup('<text x="{}%" y="{}%" dy="-6">{}</text>')
_NAME = Markup('<text x="{}%" y="{}">{}</text>')
_LINE = Markup('<line x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>')


def bar(parts: Sequence[Part], of: int) -> Markup:
    """A lying bar of one or more parts, each in its share of the whole; the numbers stand beside it."""
    pieces, start = [], 0.0
    for part in filter(None, parts):
        width = _percent(part.value, of)
        pieces.append(_LYING.format(part.tone, _short(start), width, _THICK))
        start += width
    return _BAR.format(_THICK, Markup("").join(pieces))


def columns(bars: Sequence[Column], *, label: str, mark: float | None = None) -> Markup:
    """Standing bars from left to right, each with its number above and its name below.

    `mark` is a share of the width, where a line stands; `label` says to who cannot see it what this shows.
    """
    most = max((each.value for each in bars), default=0)
    place = 100 / max(len(bars), 1)
    ground = _HEIGHT - _BELOW
    plot = Markup("").join(_column(each, index * place, place, most) for index, each in enumerate(bars))
    names = Markup("").join(
        _NAME.format(_short((index + 0.5) * place), _HEIGHT - 6, each.name) for index, each in enumerate(bars)
    )
    line = Markup() if mark is None else _LINE.format(_short(100 * mark), 4, ground)
    return _COLUMNS.format(_HEIGHT, label, _ABOVE, ground - _ABOVE, plot, line, names)


def _column(column: Column, left: float, place: float, most: int) -> Markup:
    side = place * _GAP / 2
    shapes, top = Markup(), 100.0
    for part in filter(None, column.parts):
        height = _percent(part.value, most)
        top -= height
        shapes += _STANDING.format(part.tone, _short(left + side), _short(top), _short(place - 2 * side), height)
    return shapes + _NUMBER.format(_short(left + place / 2), _short(top), f"{column.value:,}")


def _percent(value: int, of: int) -> float:
    return _short(max(100 * value / of, _LEAST)) if of else 0


def _short(number: float) -> float:
    return round(number, 2)
