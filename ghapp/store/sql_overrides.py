"""The statements for what people said over a verdict: the same for SQLite and PostgreSQL."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select, update

from ghapp.database import engines
from ghapp.database.tables import overrides as table
from ghapp.overrides import Override, Word
from ghapp.store.overrides import Overruled
from ghapp.subjects import Kind, Subject

_WORD = ("word", "by", "reason", "at", "until", "comment", "place")  # the columns of an `Override`


def keep(connection: Connection, overruled: Overruled) -> None:
    """Add a word; one that is there stays."""
    subject = overruled.subject
    row = {
        "subject": subject.key,
        "kind": subject.kind.value,
        "installation": subject.installation,
        "repository": subject.repository,
        "repository_node": subject.repository_node,
        "number": subject.number,
        "name": overruled.repository,
        "told": False,
        **asdict(overruled.override),
    }
    connection.execute(engines.add(table, connection.dialect.name), row)


def newest(connection: Connection, subject: Subject) -> Override | None:
    """The last word on a subject."""
    latest = (table.c.comment.desc(), table.c.place.desc())
    found = connection.execute(select(table).where(table.c.subject == subject.key).order_by(*latest)).mappings().first()
    return None if found is None else _override(found)


def newest_of(connection: Connection, repository: int) -> dict[str, Override]:
    """The last word on each subject of a repository."""
    wanted = select(table).where(table.c.repository == repository).order_by(table.c.comment, table.c.place)
    return {row["subject"]: _override(row) for row in connection.execute(wanted).mappings()}


def every(connection: Connection, repository: str) -> tuple[Overruled, ...]:
    """All words, oldest first, or those of the repositories that ever had this name."""
    wanted = select(table).order_by(table.c.at, table.c.comment, table.c.place)
    if repository:
        named = select(table.c.repository).where(func.lower(table.c.name) == repository.lower())
        wanted = wanted.where(table.c.repository.in_(named))
    return tuple(
        Overruled(subject=_subject(row), repository=row["name"], override=_override(row))
        for row in connection.execute(wanted).mappings()
    )


def lapsed(connection: Connection, today: date) -> tuple[Subject, ...]:
    """The subjects whose word is over and not told."""
    rows = connection.execute(select(table).where(_over(today)).order_by(table.c.subject)).mappings()
    return tuple({row["subject"]: _subject(row) for row in rows}.values())


def note_lapsed(connection: Connection, today: date) -> None:
    """Mark those as told."""
    connection.execute(update(table).where(_over(today)).values(told=True))


def _over(today: date) -> ColumnElement[bool]:
    return and_(table.c.until < today, ~table.c.told)


def _subject(row: RowMapping) -> Subject:
    return Subject(
        kind=Kind(row["kind"]),
        installation=row["installation"],
        repository=row["repository"],
        repository_node=row["repository_node"],
        number=row["number"],
    )


def _override(row: RowMapping) -> Override:
    parts: dict[str, Any] = {name: row[name] for name in _WORD}
    return Override(**parts | {"word": Word(row["word"])})
