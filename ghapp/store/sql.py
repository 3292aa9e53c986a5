"""The store in SQLAlchemy: the same statements for SQLite and PostgreSQL."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, Text, cast, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from ghapp.database import address, engines, schema
from ghapp.database.tables import comments, dead_letters, installations, policies, sweeps, verdicts
from ghapp.database.tables import missed as missed_table
from ghapp.database.turns import turn
from ghapp.errors import StartError
from ghapp.store import Installation, LastGood, Missed, Swept, sql_recovery
from ghapp.subjects import Subject

OF_INSTALLATIONS = (verdicts, comments, policies, sweeps, missed_table)
# As text: databases differ in how they compare a number within JSON.
_INSTALLATION = cast(dead_letters.c.job["subject", "installation"].as_string(), Text)

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
            lacks=",".join(installation.lacks),
        )

    async def installation(self, installation: int) -> Installation | None:
        """An installation, if it is known."""
        row = await self._row(select(installations).where(installations.c.id == installation))
        return row and _installation(row)

    async def installations(self) -> tuple[Installation, ...]:
        """All installations that are known."""
        every = select(installations).order_by(installations.c.id)
        return await self._read(lambda connection: tuple(_installation(row) for row in connection.execute(every)))

    async def forget_installation(self, installation: int) -> None:
        """Delete an installation and everything known of its subjects, dead letters among it."""

        def forget(connection: Connection) -> None:
            connection.execute(delete(installations).where(installations.c.id == installation))
            connection.execute(delete(dead_letters).where(_INSTALLATION.in_([str(installation)])))
            for table in OF_INSTALLATIONS:
                connection.execute(delete(table).where(table.c.installation == installation))

        await self._write(forget)

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

    async def keep_swept(self, subject: Subject, swept: Swept) -> None:
        """Keep how far a subject was looked over."""
        await self._keep(sweeps, **_of(subject), at=swept.at, page=swept.page)

    async def swept(self, subject: Subject) -> Swept | None:
        """How far a subject was looked over; None when it never was."""
        row = await self._row(select(sweeps).where(sweeps.c.subject == subject.key))
        return row and Swept(at=row.at, page=row.page)

    async def held(self, guids: Collection[str]) -> frozenset[str]:
        """Those of some deliveries that were taken, whatever came of them."""
        return await self._read(lambda connection: sql_recovery.held(connection, guids))

    async def note_missed(self, missed: Sequence[Missed]) -> None:
        """Keep deliveries that never came; those that are kept already stay as they are."""
        if missed:
            await self._write(lambda connection: sql_recovery.note(connection, missed))

    async def missed(self, *, now: datetime, most: int) -> tuple[Missed, ...]:
        """The newest deliveries that have still not come and may be asked for; those that came are forgotten."""
        return await self._write(lambda connection: sql_recovery.due(connection, now=now, most=most))

    async def keep_missed(self, missed: Missed) -> None:
        """Keep when a delivery may be asked for again."""
        await self._keep(missed_table, **asdict(missed))

    async def forget_missed(self, guid: str) -> None:
        """Ask no more for a delivery."""
        await self._write(
            lambda connection: connection.execute(delete(missed_table).where(missed_table.c.guid == guid))
        )

    async def given_up(self, subjects: Collection[Subject]) -> frozenset[str]:
        """The keys of those subjects that have a dead letter."""
        return await self._read(lambda connection: sql_recovery.given_up(connection, subjects))

    async def ready(self) -> None:
        """Return when the database answers and has every migration; see `Store`."""
        if not await self._read(schema.serves):
            raise StartError("DATABASE_URL names a database that is not up to date: run `ghapp migrate`.")

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()

    async def _keep(self, table: Table, **values: object) -> None:
        await self._write(lambda connection: connection.execute(engines.upsert(table, connection.dialect.name), values))

    async def _write(self, write: Callable[[Connection], Value]) -> Value:
        with engines.available():
            async with self._turn, self._engine.begin() as connection:
                return await connection.run_sync(write)

    async def _row(self, statement: Select[Any]) -> Row[Any] | None:
        return await self._read(lambda connection: connection.execute(statement).first())

    async def _read(self, read: Callable[[Connection], Value]) -> Value:
        with engines.available():
            async with self._engine.connect() as connection:
                return await connection.run_sync(read)


def _of(subject: Subject) -> dict[str, object]:
    return {"subject": subject.key, "installation": subject.installation}


def _installation(row: Row[Any]) -> Installation:
    return Installation(
        id=row.id,
        account=row.account,
        installed_at=row.installed_at,
        suspended=row.suspended,
        lacks=tuple(filter(None, row.lacks.split(","))),
    )
