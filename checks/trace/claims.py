"""The lines of a description in which its author may speak of an acceptance criterion, each with where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from checks.reading import Reading, Role
from checks.text import Form, Unit, table_heads
from checks.trace import cues, ids, stance
from checks.trace.stance import Stance

MOST = 1_000  # lines that are looked at; a longer description is a dump
LONGEST = 1_000  # characters of one line

_BELOW = 12  # lines of an answer
_AFTER_QUOTE = 3
_SILENT = frozenset({Form.COMMENT, Form.CODE, Form.IMAGE})
_BARRED = frozenset({Role.TEMPLATE, Role.NOISE})
_LISTED = frozenset({Form.ITEM, Form.TASK, Form.ROW, Form.QUOTE})


@dataclass(frozen=True, slots=True)
class Claim:
    """One line, what its surroundings say of it, and the answer that may stand below it."""

    unit: Unit
    text: str
    place: Stance  # by the headings above it, or by the line that leads to its list
    issue: str = ""  # that the heading above names
    below: tuple[Unit, ...] = ()
    afterthought: Stance | None = None  # of the sentence after it, where that one denies it

    @property
    def box(self) -> bool | None:
        """Whether its check box, or the mark in its place, is set; None without one."""
        return cues.tick(self.text) if self.unit.checked is None else self.unit.checked


def cells(row: str) -> tuple[str, ...]:
    """The cells of a table's row that are not empty."""
    return tuple(cell.strip() for cell in row.split(" | ") if cell.strip())


def claims(reading: Reading) -> list[Claim]:
    """What is the author's own, the title last; comments, code and pictures speak for nobody."""
    pairs = list(islice(zip(reading.document.units, reading.roles, strict=True), MOST))
    units = [unit for unit, roles in pairs if not roles & _BARRED or unit.form is Form.HEADING]
    heads = set(table_heads(units))
    title, *body = _placed(units)
    return [*(claim for claim in body if claim.unit.form not in _SILENT and claim.unit.line not in heads), title]


def _placed(units: Sequence[Unit]) -> Iterator[Claim]:
    above: list[tuple[int, Stance, str]] = []  # level, stance and issue of each heading that is open
    lead: Stance = Stance.PLAIN
    for at, unit in enumerate(units):
        text = unit.text[:LONGEST]
        if unit.form is Form.HEADING:
            above = [each for each in above if each[0] < unit.level]
            above.append((unit.level, stance.of_place(text), ids.issue_in(text)))
        if unit.form not in _LISTED:
            lead = stance.of_place(text) if unit.form is Form.PROSE and text.endswith(":") else Stance.PLAIN
        places = [lead if unit.form in _LISTED else Stance.PLAIN, *(each[1] for each in reversed(above))]
        place = next((each for each in places if each is not Stance.PLAIN), Stance.PLAIN)
        issue = next((each[2] for each in reversed(above) if each[2]), "")
        after = units[at + 1 : at + 1 + _BELOW]
        yield Claim(unit, text, place, issue, tuple(_below(unit, after)), _afterthought(unit, after))


def _afterthought(unit: Unit, after: Sequence[Unit]) -> Stance | None:
    is_told = unit.form is Form.PROSE and bool(after) and after[0].form is Form.PROSE
    return stance.afterthought(after[0].text[:LONGEST]) if is_told else None


def _below(unit: Unit, after: Sequence[Unit]) -> Iterator[Unit]:
    """The lines that belong to one: below a heading, deeper in a list, after a quote, after a colon."""
    match unit.form:
        case Form.HEADING:
            return takewhile(lambda other: other.form is not Form.HEADING, after)
        case Form.ITEM | Form.TASK:
            return takewhile(lambda other: other.indent > unit.indent and other.form is not Form.HEADING, after)
        case Form.QUOTE:
            return takewhile(lambda other: other.form not in (Form.HEADING, Form.QUOTE), after[:_AFTER_QUOTE])
        case Form.PROSE if unit.text.endswith(":"):
            return takewhile(lambda other: other.form in (Form.CODE, Form.ITEM), after)
        case _:
            return iter(())
