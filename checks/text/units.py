"""The shapes that a text is cut into."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a unit stands in the text."""

    PROSE = "prose"  # one sentence
    ITEM = "item"  # a bullet or numbered line
    TASK = "task"  # a check box
    ROW = "row"  # a table's row
    CODE = "code"  # one line inside a fence or an indented block
    QUOTE = "quote"
    HEADING = "heading"  # of any kind: #, underlined, a bold line, "Label:" on a line of its own
    COMMENT = "comment"  # an HTML comment: never seen by readers of the page
    IMAGE = "image"  # nothing but an image


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The smallest piece that is judged: a sentence, an item, a row or a line of code."""

    line: int  # of the body, from 1; 0 is the title
    text: str  # as written, without the list or heading mark
    form: Form
    heading: str = ""  # the nearest heading above, as written, "" before the first
    level: int = 0  # a heading's own level, 1 is the highest; bold lines and labels count as 6
    indent: int = 0  # depth of nesting in lists: 0 outside, 1 in a top-level item
    checked: bool | None = None  # a check box's state
    language: str = ""  # of a code fence


@dataclass(frozen=True, slots=True)
class Document:
    """A title and a body, cut into units in the order of the text; the title is unit 0."""

    units: tuple[Unit, ...]
    truncated: bool = False  # the body was longer than BODY_LIMIT and its end was not read
