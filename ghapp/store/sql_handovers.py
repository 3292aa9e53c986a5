"""The statements for ledgers of hand-overs: the same for SQLite and PostgreSQL."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, delete, select

from ghapp.database import engines
from ghapp.database.tables import handovers as table
from ghapp.handover.ledger import Handover, from_json
from ghapp.store.handovers import Kept
from ghapp.subjects import Kind, Subject


def keep(connection: Connection, kept: Kept) -> None:
    """Have this row for a hand-over."""
    subject = kept.subject
    row = {
        "subject": subject.key,
        "installation": subject.installation,
        "repository": subject.repository,
        "repository_node": subject.repository_node,
        "number": subject.number,
        "has_ended": kept.handover.ended_at is not None,
        "due": kept.due,
        "pulls": "".join(map(_marked, kept.handover.pulls)),
        "ledger": kept.handover.to_json(),
    }
    connection.execute(engines.upsert(table, connection.dialect.name), row)


def forget(connection: Connection, subject: Subject) -> None:
    """Have no row for a hand-over."""
    connection.execute(delete(table).where(table.c.subject == subject.key))


def one(connection: Connection, subject: Subject) -> Handover | None:
    """The ledger of a hand-over; None when it cannot be read."""
    found = connection.execute(select(table.c.ledger).where(table.c.subject == subject.key)).first()
    return None if found is None else _readable(found.ledger)


def several(connection: Connection, *, installation: int, repository: int, ended: bool) -> tuple[Kept, ...]:
    """The ledgers of an installation, or of one of its repositories."""
    wanted = select(table).where(table.c.installation == installation)
    if repository:
        wanted = wanted.where(table.c.repository == repository)
    if not ended:
        wanted = wanted.where(~table.c.has_ended)
    return _kept(connection, wanted.order_by(table.c.repository, table.c.number))


def of_pull(connection: Connection, pull: Subject) -> tuple[Kept, ...]:
    """The ledgers of the issues that a pull request answers."""
    here = select(table).where(table.c.repository == pull.repository)
    return _kept(connection, here.where(table.c.pulls.contains(_marked(pull.number))).order_by(table.c.number))


def due(connection: Connection, now: datetime) -> tuple[Subject, ...]:
    """The hand-overs whose time has come."""
    rows = connection.execute(select(table).where(table.c.due <= now).order_by(table.c.due)).mappings()
    return tuple(_subject(row) for row in rows)


def _kept(connection: Connection, wanted: Select[tuple[object, ...]]) -> tuple[Kept, ...]:
    found = ((row, _readable(row["ledger"])) for row in connection.execute(wanted).mappings())
    return tuple(Kept(subject=_subject(row), handover=ledger, due=row["due"]) for row, ledger in found if ledger)


def _marked(pull: int) -> str:
    """A number as it stands in the column, so that 5 is not found in 15."""
    return f"#{pull},"


def _readable(kept: object) -> Handover | None:
    """A ledger; one that cannot be read holds up nothing: it is derived anew once its time comes."""
    try:
        return from_json(kept)
    except ValueError:
        return None


def _subject(row: RowMapping) -> Subject:
    return Subject(
        kind=Kind.HANDOVER,
        installation=row["installation"],
        repository=row["repository"],
        repository_node=row["repository_node"],
        number=row["number"],
    )
