"""Reads DATABASE_URL: the one place that knows the drivers, and that says what is wrong without the password."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ghapp.database import engine
from ghapp.errors import See, StartError

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

# https://www.sqlite.org/rescode.html; extended codes begin with the primary one.
SQLITE_MENDS = {
    "SQLITE_CANTOPEN": "cannot be opened: make its folder writable for this user, or name another file.",
    "SQLITE_READONLY": "cannot be written: give this user write permission for it and its folder.",
    "SQLITE_BUSY": "is locked by another process: stop that one, or name another file.",
    "SQLITE_NOTADB": "is not an SQLite database: name another file.",
    "SQLITE_FULL": "cannot grow, the disk is full: make room, or name a file on another disk.",
}


def read(url: str) -> URL:
    """A DATABASE_URL with its driver.

    Raises:
        StartError: it is malformed, or names an engine we do not have.
    """
    name = engine(url)
    try:
        parsed = make_url(url).set(drivername=DRIVERS[name])
    except (ArgumentError, ValueError):
        raise StartError("DATABASE_URL cannot be read: write @ : / in its password as %40 %3A %2F.") from None
    if name == "sqlite" and (not parsed.database or parsed.database == ":memory:"):
        raise StartError("DATABASE_URL names no file: write sqlite:///PATH, since what is only in memory is lost.")
    if "@" in (parsed.host or ""):
        raise StartError("DATABASE_URL has more than one @: write @ in its password as %40.")
    return parsed


def path(url: URL) -> Path:
    """The file of an SQLite address."""
    return Path(url.database or "")


@contextmanager
def opening(url: URL) -> Iterator[None]:
    """Turn what goes wrong at the start into one sentence for the operator."""
    try:
        yield
    except DBAPIError as error:
        raise StartError(_explain(url, error), see=See.DATABASE) from None
    except OSError as error:
        raise StartError(
            f"DATABASE_URL: {path(url)} cannot be made ({error.strerror}): name another file.", see=See.DATABASE
        ) from None


def _explain(url: URL, error: DBAPIError) -> str:
    if url.get_backend_name() == "sqlite":
        name = getattr(error.orig, "sqlite_errorname", "")
        mend = next((text for code, text in SQLITE_MENDS.items() if name.startswith(code)), "")
        return f"DATABASE_URL: {path(url)} {mend or f'cannot be used ({cause(error)}): name another file.'}"
    return f"DATABASE_URL: PostgreSQL cannot be used ({cause(error)}): start it, or correct the address."


def cause(error: DBAPIError) -> str:
    """The driver's own words, one line; they name server and user, never the password or the statement."""
    return next(iter(str(error.orig).splitlines()), "no reason given")[:200].rstrip(" .:")
