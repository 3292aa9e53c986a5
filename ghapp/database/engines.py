"""Engines and statements that differ by database only here."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import URL, Engine, Executable, Table, create_engine, event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from ghapp.database.address import cause
from ghapp.errors import Again

BUSY = 5  # seconds to wait for another process's write, half of what GitHub waits for a webhook's answer
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON")


def sqlite_engine(url: URL, *, busy: float = BUSY) -> Engine:
    """Connections for a thread of one's own: a statement's cursor is not to cross threads."""
    engine = create_engine(
        _patient(url, "timeout", busy).set(drivername="sqlite"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",  # the transactions' bounds are ours: BEGIN IMMEDIATE
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def async_engine(url: URL) -> AsyncEngine:
    """Connections for the event loop."""
    if url.get_backend_name() == "sqlite":
        # One connection: SQLite has one writer, and whoever waits for it waits here instead of spinning on its lock.
        engine = create_async_engine(_patient(url, "timeout", BUSY), pool_size=1, max_overflow=0)
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        return engine
    return create_async_engine(server(url), pool_size=4, max_overflow=4, pool_pre_ping=True, pool_timeout=BUSY)


def server(url: URL) -> URL:
    """A PostgreSQL address that does not wait long for a server that is not there."""
    return _patient(url, "connect_timeout", BUSY)


def _patient(url: URL, name: str, seconds: float) -> URL:
    return url if name in url.query else url.update_query_dict({name: str(seconds)})


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def available() -> Iterator[None]:
    """Turn a database that cannot be reached or written now into `Again`; our own mistakes stay what they are."""
    try:
        yield
    except exc.TimeoutError as error:
        raise Again("the database is busy") from error
    except (exc.DataError, exc.IntegrityError, exc.ProgrammingError):
        raise
    except exc.DBAPIError as error:
        raise Again(f"the database cannot be used now ({cause(error)})") from error


def insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what is to happen on a conflict: the same words for both databases."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def add(table: Table, dialect: str) -> Executable:
    """An insert that leaves the rows that are there."""
    return insert(table, dialect).on_conflict_do_nothing()


@cache
def upsert(table: Table, dialect: str) -> Executable:
    """An insert of whole rows that replaces the one with the same primary key."""
    statement = insert(table, dialect)
    changed = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
