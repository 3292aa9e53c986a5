"""The store in SQLAlchemy: the same statements for SQLite and PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from ghapp.database import address, engines, schema
from ghapp.database.tables import comments, installations, policies, verdicts
from ghapp.database.turns import turn
from ghapp.errors import StartError
from ghapp.store import Installation, LastGood
from ghapp.subjects import Subject

OF_SUBJECTS = (verdicts, comments, policies)

Value = TypeVar("Value")


async def open(url: str) -> "SqlStore":  # noqa: A001 - see `ghapp.store.open`
    """Connect once; see `ghapp.store.open`."""
    place = address.read(url)
    return SqlStore(await engines.connected(place), turn(place))


class SqlStore:
    """What we know, in tables."""

    def __init__(self, engine: AsyncEngine, turn: AbstractAsyncContextManager[object]) -> None:
        self._engine = engine
        self._turn = turn

    async def keep_verdict(self, subject: Subject, verdict: dict[str, object], *, at: datetime) -> None:
        """Keep a subject's newest verdict, as its JSON."""
        await self._keep(verdicts, **_of(subject), verdict=verdict, judged_at=at)

    async def verdict(self, subject: Subject) -> dict[str, object] | None:
        """The newest verdict kept."""
        row = await self._row(select(verdicts.c.verdict).where(verdicts.c.subject == subject.key))
        return row and row.verdict

    async def keep_comment(self, subject: Subject, comment: int) -> None:
        """Keep the id of a subject's sticky comment."""
        await self._keep(comments, **_of(subject), comment=comment)

    async def comment(self, subject: Subject) -> int | None:
        """The id of a subject's sticky comment."""
        row = await self._row(select(comments.c.comment).where(comments.c.subject == subject.key))
        return row and row.comment

    async def keep_installation(self, installation: Installation) -> None:
        """Keep an installation as GitHub describes it now."""
        await self._keep(
            installations,
            id=installation.id,
            account=installation.account,
            installed_at=installation.installed_at,
            suspended=installation.suspended,
        )

    async def installation(self, installation: int) -> Installation | None:
        """An installation, if it is known."""
        row = await self._row(select(installations).where(installations.c.id == installation))
        return row and Installation(
            id=row.id, account=row.account, installed_at=row.installed_at, suspended=row.suspended
        )

    async def forget_installation(self, installation: int) -> None:
        """Delete an installation and everything known of its subjects."""
        with engines.available():
            async with self._turn, self._engine.begin() as connection:
                await connection.execute(delete(installations).where(installations.c.id == installation))
                for table in OF_SUBJECTS:
                    await connection.execute(delete(table).where(table.c.installation == installation))

    async def keep_policy(self, subject: Subject, policy: LastGood) -> None:
        """Keep a repository's last good policy text."""
        await self._keep(
            policies,
            repository=subject.repository,
            installation=subject.installation,
            oid=policy.oid,
            text=policy.text,
        )

    async def policy(self, subject: Subject) -> LastGood | None:
        """A repository's last good policy text."""
        row = await self._row(select(policies).where(policies.c.repository == subject.repository))
        return row and LastGood(oid=row.oid, text=row.text)

    async def ready(self) -> None:
        """Return when the database answers and has every migration; see `Store`."""
        if not await self._read(schema.is_current):
            raise StartError("DATABASE_URL names a database that is not up to date: run `ghapp migrate`.")

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()

    async def _keep(self, table: Table, **values: object) -> None:
        with engines.available():
            async with self._turn, self._engine.begin() as connection:
                await connection.execute(engines.upsert(table, connection.dialect.name), values)

    async def _row(self, statement: Select[Any]) -> Row[Any] | None:
        return await self._read(lambda connection: connection.execute(statement).first())

    async def _read(self, read: Callable[[Connection], Value]) -> Value:
        with engines.available():
            async with self._engine.connect() as connection:
                return await connection.run_sync(read)


def _of(subject: Subject) -> dict[str, object]:
    return {"subject": subject.key, "installation": subject.installation}
