"""How a scan is gathered: page by page, so that it can stop anywhere and go on; and the whole of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from ghapp.backlog.rows import Row

T = TypeVar("T")


class Part(StrEnum):
    """What a page holds: all open issues come first, then the newest pull requests."""

    ISSUES = "issues"
    PULLS = "pulls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a scan goes on: behind GitHub's cursor, None at the beginning of a part."""

    part: Part
    after: str | None = None


FIRST = Spot(part=Part.ISSUES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the subjects were judged by."""

    version: str  # of the whole policy: pages of one scan are judged alike
    files: tuple[str, ...]  # where it comes from, nearest first; none for the defaults
    broken: bool  # whether a file has mistakes and does not hold
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a scan, as it is kept while the scan goes on."""

    part: Part
    number: int  # counted from 1
    repository: str  # owner/name
    at: datetime
    asked: Asked
    open: int  # issues there are in all
    seen: int  # subjects of this part, on the pages so far
    rows: tuple[Row, ...]
    next: Spot | None  # None on the last page


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A whole backlog, judged."""

    repository: str
    began: datetime
    ended: datetime
    asked: Asked
    rows: tuple[Row, ...]


def whole(pages: Sequence[Page]) -> Scan:
    """The scan that its pages make; an issue that came on two of them counts as it was last."""
    first, last = pages[0], pages[-1]
    found = {(row.kind, row.number): row for page in pages for row in page.rows}
    return Scan(repository=last.repository, began=first.at, ended=last.at, asked=last.asked, rows=tuple(found.values()))


PAGE: TypeAdapter[Page] = TypeAdapter(Page)
SCAN: TypeAdapter[Scan] = TypeAdapter(Scan)


def read(model: TypeAdapter[T], kept: object) -> T | None:
    """What was kept, or None where there is nothing or another version of Handoff kept it."""
    try:
        return model.validate_python(kept) if kept else None
    except ValidationError:
        return None


def as_json(model: TypeAdapter[T], value: T) -> dict[str, object]:
    """What is to be kept, as JSON takes it."""
    made: dict[str, object] = model.dump_python(value, mode="json")
    return made
