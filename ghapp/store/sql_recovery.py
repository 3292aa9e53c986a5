"""The statements of recovery: the same for SQLite and PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from ghapp.database import engines
from ghapp.database.tables import dead_letters, deliveries
from ghapp.database.tables import missed as table
from ghapp.store.recovery import Missed
from ghapp.subjects import Subject

_CAME = table.c.guid.in_(select(deliveries.c.guid))
_HELD = select(deliveries.c.guid).where(deliveries.c.guid.in_(bindparam("guids", expanding=True))).distinct()


def held(connection: Connection, guids: Collection[str]) -> frozenset[str]:
    """Those of some deliveries that were taken."""
    return frozenset(connection.scalars(_HELD, {"guids": list(guids)}))


def note(connection: Connection, missed: Sequence[Missed]) -> None:
    """Add deliveries that never came."""
    connection.execute(engines.add(table, connection.dialect.name), [asdict(each) for each in missed])


def due(connection: Connection, *, now: datetime, most: int) -> tuple[Missed, ...]:
    """The newest deliveries that may be asked for; those that came are deleted."""
    connection.execute(delete(table).where(_CAME))
    wanted = select(table).where(table.c.due <= now).order_by(table.c.failed_at.desc(), table.c.guid).limit(most)
    return tuple(Missed(**row) for row in connection.execute(wanted).mappings())


def given_up(connection: Connection, subjects: Collection[Subject]) -> frozenset[str]:
    """The keys of those subjects whose plain look was given up."""
    keys = [subject.key for subject in subjects]
    return frozenset(connection.scalars(select(dead_letters.c.fold).where(dead_letters.c.fold.in_(keys))))
