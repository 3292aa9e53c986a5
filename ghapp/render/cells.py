"""CSV that is safe to open in a spreadsheet: no cell of others' words is a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from ghapp.render.quote import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # https://owasp.org/www-community/attacks/CSV_Injection


def table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """The rows below their columns' names."""
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    lines.writerow(columns)
    lines.writerows(rows)
    return out.getvalue()


def harmless(words: str) -> str:
    """Words that no spreadsheet takes for a formula; the apostrophe is one's own way to say that."""
    line = visible(words)
    return f"'{line}" if line.lstrip().startswith(_FORMULA) or words.startswith(_FORMULA) else line
