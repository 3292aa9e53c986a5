"""How the store reads and writes: an SQLite file through a thread of its own, PostgreSQL through a few connections."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from ghapp.database import address, engines, thread, turns
from ghapp.database.commits import Commits

Value = TypeVar("Value")
Statements = Callable[[Connection], Value]


class Access(Protocol):
    """Runs statements; a database that cannot be used now is `Again`."""

    async def read(self, statements: Statements[Value]) -> Value:
        """What statements say that change nothing."""
        ...

    async def write(self, statements: Statements[Value]) -> Value:
        """Run statements in one transaction; what they change is on disk when this returns."""
        ...

    async def close(self) -> None:
        """Let go of the database."""
        ...


async def access(place: URL) -> Access:
    """Connect once, so that a wrong address is said at the start.

    Raises:
        StartError: the database cannot be used.
    """
    if place.get_backend_name() != "sqlite":
        return Pooled(await engines.connected(place))
    own = thread.Thread(place)
    with address.opening(place):
        await own.connect()
    return Filed(own, turns.turn(place))


class Filed:
    """One thread for an SQLite file: a write is one step of it, and those that come meanwhile share the next commit."""

    def __init__(self, own: thread.Thread, turn: AbstractAsyncContextManager[object]) -> None:
        self._thread = own
        self._turn = turn
        self._commits: Commits[Statements[Any], Any] = Commits(self._commit)

    async def read(self, statements: Statements[Value]) -> Value:
        """What statements say that change nothing."""
        return await self._thread.call(statements)

    async def write(self, statements: Statements[Value]) -> Value:
        """Run statements in one transaction, which others may share."""
        answer: Value = await self._commits.write(statements)
        return answer

    async def close(self) -> None:
        """Let go of the file."""
        await self._commits.close()
        await self._thread.close()

    async def _commit(self, changes: Sequence[Statements[Any]]) -> list[Any]:
        def run(connection: Connection) -> list[Any]:
            with thread.transaction(connection):
                return [change(connection) for change in changes]

        async with self._turn:
            return await self._thread.call(run)


class Pooled:
    """A few connections of the event loop's."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def read(self, statements: Statements[Value]) -> Value:
        """What statements say that change nothing."""
        with engines.available():
            async with self._engine.connect() as connection:
                return await connection.run_sync(statements)

    async def write(self, statements: Statements[Value]) -> Value:
        """Run statements in one transaction."""
        with engines.available():
            async with self._engine.begin() as connection:
                return await connection.run_sync(statements)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._engine.dispose()
