"""What an operator looks at: the jobs that wait or run, and the deliveries that rang them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from ghapp.database.tables import deliveries
from ghapp.queue import Pending, Received, records

_SINCE = (
    select(deliveries.c.fold, func.min(deliveries.c.received_at).label("since"))
    .where(deliveries.c.done_at.is_(None))
    .group_by(deliveries.c.fold)
)


def pending(connection: Connection, rows: Iterable[Sequence[Any]]) -> tuple[Pending, ...]:
    """Jobs, from rows of fold, job, attempts and due, each with the time of the oldest delivery that rang it."""
    found = [tuple(row) for row in rows]
    rung = _SINCE.where(deliveries.c.fold.in_([fold for fold, *_ in found]))
    since = {row.fold: row.since for row in connection.execute(rung)}
    return tuple(
        Pending(fold=fold, job=records.readable(packed), attempts=attempts, due=due, since=since.get(fold))
        for fold, packed, attempts, due in found
    )


def received(connection: Connection, name: str) -> tuple[Received, ...]:
    """The deliveries with this GUID, or that rang the job with this fold, oldest first."""
    named = or_(deliveries.c.guid == name, deliveries.c.fold == name)
    rows = connection.execute(select(deliveries).where(named).order_by(deliveries.c.received_at, deliveries.c.fold))
    return tuple(Received(**row) for row in rows.mappings())
