"""The statements for the weeks of hand-overs: the same for SQLite and PostgreSQL."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select

from ghapp.database.tables import weeks as table
from ghapp.subjects import Subject
from ghapp.trends.weeks import Week, as_json, from_json


def keep(connection: Connection, subject: Subject, weeks: Sequence[Week]) -> None:
    """Have these rows for an issue, and no others."""
    connection.execute(delete(table).where(table.c.subject == subject.key))
    if weeks:
        connection.execute(insert(table), [_row(subject, each) for each in weeks])


def of_subject(connection: Connection, subject: Subject) -> tuple[Week, ...]:
    """The weeks of an issue."""
    return _found(connection, table.c.subject == subject.key)


def of_name(connection: Connection, name: str) -> tuple[Week, ...]:
    """The weeks of an owner, or of a repository, which is known by its number once one of its names is told."""
    lowered = func.lower(table.c.name)
    if "/" not in name:
        return _found(connection, lowered.startswith(f"{name.lower()}/", autoescape=True))
    called_so: Select[tuple[int]] = select(table.c.repository).where(lowered == name.lower())
    return _found(connection, table.c.repository.in_(called_so))


def known(connection: Connection) -> tuple[str, ...]:
    """Every name there is."""
    return tuple(connection.scalars(select(table.c.name).distinct().order_by(table.c.name)))


def _found(connection: Connection, which: ColumnElement[bool]) -> tuple[Week, ...]:
    in_order = (table.c.subject, table.c.picked_up_at, table.c.monday)
    found = map(from_json, connection.scalars(select(table.c.content).where(which).order_by(*in_order)))
    return tuple(each for each in found if each is not None)


def _row(subject: Subject, week: Week) -> dict[str, object]:
    return {
        "subject": subject.key,
        "picked_up_at": week.picked_up_at,
        "monday": week.monday,
        "installation": subject.installation,
        "repository": subject.repository,
        "name": week.repository,
        "content": as_json(week),
    }
