"""The one thread that uses an SQLite file: a statement's cursor is not to cross threads, and there is one writer."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import OperationalError

from ghapp.database import address, engines

Value = TypeVar("Value")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what is written within, all of it or nothing; the lock to write is had from the beginning."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        with suppress(OperationalError):  # SQLite has rolled back by itself when the disk was full
            connection.exec_driver_sql("ROLLBACK")
        raise


class Thread:
    """A thread with one connection, which is made anew when the file was moved away."""

    def __init__(self, place: URL) -> None:
        self.file = address.path(place)
        self._engine = engines.sqlite_engine(place)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="queue")

    async def call(self, statements: Callable[[Connection], Value]) -> Value:
        """Run statements on the connection.

        Raises:
            Again: the file cannot be used now.
        """
        with engines.available():
            return await self._run(lambda: self._call(statements))

    async def connect(self) -> None:
        """Connect, so that a wrong file is said at the start; the driver's errors stay what they are."""
        await self._run(lambda: self._call(lambda _: None))

    async def close(self) -> None:
        """Let go of the file."""
        await self._run(self._engine.dispose)
        self._thread.shutdown()

    def _call(self, statements: Callable[[Connection], Value]) -> Value:
        with self._engine.connect() as connection:
            return statements(connection)

    async def _run(self, call: Callable[[], Value]) -> Value:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)
