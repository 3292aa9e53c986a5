"""The statements for digests: the same for SQLite and PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from ghapp.database import engines
from ghapp.database.tables import digests, handovers, installations, policies
from ghapp.database.tables import posted as table
from ghapp.handover.posted import Posted, from_json
from ghapp.store.digests import Plan

_own, _owners = policies.alias("own"), policies.alias("owners")


def keep_plans(connection: Connection, plans: Sequence[Plan]) -> None:
    """Have these rows."""
    if plans:
        connection.execute(engines.upsert(digests, connection.dialect.name), [asdict(each) for each in plans])


def due(connection: Connection, now: datetime) -> tuple[int, ...]:
    """The installations where something is due, the suspended ones left out."""
    suspended = select(installations.c.id).where(installations.c.suspended)
    wanted = (
        select(handovers.c.installation)
        .outerjoin(digests, digests.c.repository == handovers.c.repository)
        .outerjoin(_own, _own.c.repository == handovers.c.repository)
        .outerjoin(_owners, _owners.c.repository == -handovers.c.installation)
        .where(
            handovers.c.installation.not_in(suspended),
            or_(
                digests.c.repository.is_(None),
                digests.c.due <= now,
                digests.c.policy != func.coalesce(_own.c.oid, ""),
                digests.c.owner_policy != func.coalesce(_owners.c.oid, ""),
            ),
        )
    )
    return tuple(sorted(set(connection.scalars(wanted.distinct()))))


def keep_posted(connection: Connection, installation: int, home: str, posted: Posted) -> None:
    """Have this row for what was told in one place."""
    row = {"installation": installation, "home": home, "posted": posted.to_json()}
    connection.execute(engines.upsert(table, connection.dialect.name), row)


def posted(connection: Connection, installation: int, home: str) -> Posted:
    """What was told in one place."""
    wanted = select(table.c.posted).where(table.c.installation == installation, table.c.home == home)
    found = connection.execute(wanted).first()
    return Posted() if found is None else from_json(found.posted)
