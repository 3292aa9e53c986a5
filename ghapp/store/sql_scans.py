"""The statements for scans of a backlog: the same for SQLite and PostgreSQL."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from ghapp.backlog.scans import PAGE, SCAN, Page, Scan, as_json, read
from ghapp.database import engines
from ghapp.database.tables import scans as table
from ghapp.subjects import Subject

WHOLE = 0  # the page that holds a whole scan


def keep_page(connection: Connection, subject: Subject, page: Page) -> None:
    """Add a page, or replace the one with its number."""
    row = {
        **_of(subject),
        "page": page.number,
        "name": page.repository,
        "at": page.at,
        "content": as_json(PAGE, page),
    }
    connection.execute(engines.upsert(table, connection.dialect.name), row)


def last_page(connection: Connection, subject: Subject) -> Page | None:
    """The page with the highest number."""
    return read(PAGE, connection.scalar(_pages(subject).order_by(table.c.page.desc()).limit(1)))


def pages(connection: Connection, subject: Subject) -> tuple[Page, ...]:
    """Every page by its number."""
    found = (read(PAGE, each) for each in connection.scalars(_pages(subject).order_by(table.c.page)))
    return tuple(each for each in found if each is not None)


def drop_pages(connection: Connection, subject: Subject) -> None:
    """Delete every page; a whole scan stays."""
    connection.execute(delete(table).where(table.c.repository == subject.repository, table.c.page != WHOLE))


def end(connection: Connection, subject: Subject, scan: Scan) -> None:
    """Put a whole scan in the place of all that is kept of its repository."""
    connection.execute(delete(table).where(table.c.repository == subject.repository))
    row = {**_of(subject), "page": WHOLE, "name": scan.repository, "at": scan.ended, "content": as_json(SCAN, scan)}
    connection.execute(engines.upsert(table, connection.dialect.name), row)


def newest(connection: Connection, repository: str) -> Scan | None:
    """A whole scan by its repository's name; after a rename two repositories may have had it."""
    named = func.lower(table.c.name) == repository.lower()
    wanted = select(table.c.content).where(named, table.c.page == WHOLE).order_by(table.c.at.desc()).limit(1)
    return read(SCAN, connection.scalar(wanted))


def scanned(connection: Connection, repositories: Collection[int]) -> frozenset[int]:
    """Those of some repositories that have a row."""
    wanted = select(table.c.repository).where(table.c.repository.in_(repositories)).distinct()
    return frozenset(connection.scalars(wanted))


def _pages(subject: Subject) -> Select[tuple[Any]]:
    return select(table.c.content).where(table.c.repository == subject.repository, table.c.page != WHOLE)


def _of(subject: Subject) -> dict[str, object]:
    return {"repository": subject.repository, "installation": subject.installation}
