"""Engines and statements that differ by database only here."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import URL, Engine, Executable, Table, create_engine, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, Pool, QueuePool

from ghapp.database import address, file
from ghapp.database.address import cause
from ghapp.errors import Again

BUSY = 5  # seconds to wait for another process's write, half of what GitHub waits for a webhook's answer


def sqlite_engine(url: URL) -> Engine:
    """One connection for a thread of one's own: a statement's cursor is not to cross threads."""
    return _sqlite_engine(url, QueuePool, busy=BUSY, pool_size=1, max_overflow=0)


def passing_sqlite_engine(url: URL, *, busy: float) -> Engine:
    """Connections that are closed after use."""
    return _sqlite_engine(url, NullPool, busy=busy)


def _sqlite_engine(url: URL, pool: type[Pool], *, busy: float, **size: int) -> Engine:
    engine = create_engine(
        _patient(url, "timeout", busy),
        poolclass=pool,
        isolation_level="AUTOCOMMIT",  # the transactions' bounds are ours: BEGIN IMMEDIATE
        hide_parameters=True,
        **size,
    )
    file.watch(engine, address.path(url))
    return engine


async def connected(url: URL) -> AsyncEngine:
    """PostgreSQL's connections for the event loop; one is made at once, so that a wrong address is said at the start.

    Raises:
        StartError: the database cannot be used.
    """
    with address.opening(url):
        engine = create_async_engine(
            server(url), pool_size=4, max_overflow=4, pool_pre_ping=True, pool_timeout=BUSY, hide_parameters=True
        )
        async with engine.connect():
            return engine


def server(url: URL) -> URL:
    """A PostgreSQL address that does not wait long for a server that is not there, or no more."""
    return _patient(_patient(url, "connect_timeout", BUSY), "tcp_user_timeout", BUSY * 1000)


def _patient(url: URL, name: str, time: float) -> URL:
    return url if name in url.query else url.update_query_dict({name: str(time)})


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
