"""SQLite's file: readable for its owner only, and noticed when it is not there any more."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine, event, exc
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = ("synchronous=FULL", "foreign_keys=ON")

Identity = tuple[int, int]


def make(path: Path) -> None:
    """Make the file and its folder when they are missing; SQLite gives the files beside it the same mode.

    Raises:
        OSError: the folder cannot be made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # SQLite says it better
        path.touch(mode=0o600)


def watch(engine: Engine, path: Path) -> None:
    """Let an engine's connections be good only while their file is the one at this path.

    SQLite goes on writing to a file that was deleted or replaced, and says nothing: what was accepted would be lost.
    """
    known: list[Identity | None] = []

    def refuse(_dialect: Dialect, _record: ConnectionPoolEntry, _args: Sequence[Any], _options: dict[str, Any]) -> None:
        if known and _identity(path) is None:  # SQLite would make a new file, an empty one
            raise sqlite3.OperationalError("the file is gone")

    def connected(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        record.info["file"] = _identity(path)
        known[:] = [_identity(path)]

    def used(_connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        if record.info["file"] != _identity(path):
            raise exc.DisconnectionError("the file was moved or replaced")

    event.listen(engine, "do_connect", refuse)
    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", used)


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
