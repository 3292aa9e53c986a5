"""Markdown cut into units: the one place that parses it; everything else sees units and sections."""

from checks.text.blocks import cut
from checks.text.lines import prepare, printable
from checks.text.tables import table_heads
from checks.text.units import Document, Form, Unit

__all__ = ["BODY_LIMIT", "Document", "Form", "Unit", "parse", "printable", "table_heads"]

BODY_LIMIT = 256 * 1024  # bytes of UTF-8 that are read; design: the reader is told when more was cut
PIECES_LIMIT = 6_000  # lines, then units, that are read: GitHub's 65,536 characters hold as many lines of eleven


def parse(title: str, body: str) -> Document:
    """Cut a title and a Markdown body into units; total for any text, linear in its length."""
    read, too_long = _within_limit(printable(body))
    made, too_many = prepare(read, most=PIECES_LIMIT)
    units = [Unit(line=0, text=" ".join(printable(title).split()), form=Form.PROSE), *cut(made, most=PIECES_LIMIT)]
    return Document(tuple(units[:PIECES_LIMIT]), truncated=too_long or too_many or len(units) > PIECES_LIMIT)


def _within_limit(body: str) -> tuple[str, bool]:
    written = body[: BODY_LIMIT + 1].encode()
    return written[:BODY_LIMIT].decode(errors="ignore"), len(written) > BODY_LIMIT
