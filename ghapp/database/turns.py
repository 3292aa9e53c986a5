"""Whose turn it is to write an SQLite file, within this process."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from weakref import WeakValueDictionary

from sqlalchemy import URL

from ghapp.database import address

_TURNS: WeakValueDictionary[tuple[asyncio.AbstractEventLoop, Path], asyncio.Lock] = WeakValueDictionary()


def turn(place: URL) -> AbstractAsyncContextManager[object]:
    """What is to be held while something is written; PostgreSQL has many writers and needs none.

    SQLite lets one write. Whoever meets its lock sleeps up to 100 ms before it looks again, and may be overtaken; here
    writers wait in a row and go on at once.
    """
    if place.get_backend_name() != "sqlite":
        return nullcontext()
    return _TURNS.setdefault((asyncio.get_running_loop(), address.path(place).resolve()), asyncio.Lock())
