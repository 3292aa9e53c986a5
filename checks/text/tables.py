"""Which rows of a table name its columns."""

from collections.abc import Iterable, Iterator

from checks.text.units import Form, Unit

_DASHES = 2  # lines from a head to its first row: the line of dashes stands between them


def table_heads(units: Iterable[Unit]) -> Iterator[int]:
    """The line of each row that is the head of its table, though the next table follow after one empty line."""
    above: Unit | None = None
    was_head = False
    for unit in units:
        if unit.form is Form.ROW:
            apart = unit.line - above.line if above and above.form is Form.ROW else _DASHES + 1
            was_head = apart > _DASHES or (apart == _DASHES and not was_head)
            if was_head:
                yield unit.line
        above = unit
