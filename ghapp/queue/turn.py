"""Whose turn it is to work on an SQLite file: one process's, held by a lock that the kernel frees when it dies."""

import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


@asynccontextmanager
async def turn(database: Path, *, pause: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
    """Wait until no other process works on this database; `pause` waits a while, and says whether to wait longer."""
    lock = _lock(database)
    if lock is None:
        log.info("queue.waiting", reason="another process works on this database, or its lock file cannot be made")
    while lock is None and await pause():
        lock = _lock(database)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _lock(database: Path) -> int | None:
    """The lock, freed by closing it; None while it cannot be had."""
    file = None
    try:
        file = os.open(f"{database}-worker", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if file is not None:
            os.close(file)
        return None
    return file
