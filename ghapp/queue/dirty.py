"""SQLite's table of jobs: a row for each fold, there from its ring until a run that began after its last ring succeeds.

People's jobs go before the backlog's, the longest waiting first; what has waited for a day counts as people's.
Nothing is written when a job starts, so a killed process leaves nothing to repair: what was running is still there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from ghapp.database.tables import Moment, jobs, parked
from ghapp.queue import records
from ghapp.queue.retry import LONGEST_BEHIND
from ghapp.subjects import BACKLOG, Job

Row: TypeAlias = ReadOnlyColumnCollection[str, Any]

# Built once; see `ghapp.queue.records`.
_PARKED = select(parked.c.until).where(parked.c.installation == bindparam("whose")).scalar_subquery()
_NOW = bindparam("now", type_=Moment)


def _is_backlog(row: Row) -> ColumnElement[bool]:
    why = func.coalesce(row.job["why"].as_string(), "")  # another version's job may have none
    return or_(*(why.startswith(word, autoescape=True) for word in sorted(BACKLOG)))


_NEW = insert(jobs).values(due=func.max(_NOW, func.coalesce(_PARKED, _NOW)), rung=1, attempts=0)
# The backlog has nothing to add to a job that waits: it neither takes a person's place nor forgives failures.
_KEPT = and_(_is_backlog(_NEW.excluded), jobs.c.installation == _NEW.excluded.installation)
PUT = _NEW.on_conflict_do_update(
    index_elements=[jobs.c.fold],
    set_={
        "installation": _NEW.excluded.installation,
        "job": case((_KEPT, jobs.c.job), else_=_NEW.excluded.job),
        "rung": jobs.c.rung + 1,
        "attempts": case((_KEPT, jobs.c.attempts), else_=0),
        "due": case((_KEPT, jobs.c.due), else_=func.min(jobs.c.due, _NEW.excluded.due)),
    },
)
_LAST = and_(_is_backlog(jobs.c), jobs.c.due > bindparam("long_ago", type_=Moment))
_PICK = (
    select(jobs.c.fold, jobs.c.subject, jobs.c.job, jobs.c.rung, jobs.c.attempts)
    .where(jobs.c.due <= bindparam("now"), jobs.c.subject.not_in(bindparam("busy", expanding=True)))
    .order_by(jobs.c.due)
    .limit(1)
)
# Two statements: in each the index of `due` gives the order, and one look takes one row of many.
PICK, PICK_LAST = _PICK.where(~_LAST), _PICK.where(_LAST)
_UNCHANGED = tuple_(jobs.c.fold, jobs.c.rung).in_(bindparam("seen", expanding=True))
DONE = delete(jobs).where(_UNCHANGED).returning(jobs.c.fold)


@dataclass(frozen=True, slots=True)
class Picked:
    """A row as it was when its run began."""

    fold: str
    subject: str
    packed: dict[str, Any]
    rung: int
    attempts: int


def put(connection: Connection, wanted: Sequence[Job], *, now: datetime) -> None:
    """Ring jobs. One that waits out a pause is fresh again, one that runs will run once more."""
    rows = [
        {
            "fold": job.fold,
            "subject": job.subject.key,
            "installation": job.subject.installation,
            "whose": job.subject.installation,
            "job": records.pack(job),
            "now": now,
        }
        for job in wanted
    ]
    connection.execute(PUT, rows)


def pick(connection: Connection, *, busy: Collection[str], now: datetime) -> Picked | None:
    """The first job that is due and on whose subject nobody works; None when there is none."""
    given = {"busy": list(busy), "now": now, "long_ago": now - LONGEST_BEHIND}
    for statement in (PICK, PICK_LAST):
        if row := connection.execute(statement, given).first():
            return Picked(*row)
    return None


def done(connection: Connection, ended: Sequence[Picked]) -> list[str]:
    """Delete jobs; the folds of those that were not rung while they ran. The others have to run again."""
    return list(connection.scalars(DONE, {"seen": [(picked.fold, picked.rung) for picked in ended]}))


def later(connection: Connection, picked: Picked, *, due: datetime, attempts: int) -> None:
    """Let a job wait, unless it was rung while it ran."""
    unchanged = and_(jobs.c.fold == picked.fold, jobs.c.rung == picked.rung)
    connection.execute(update(jobs).where(unchanged).values(due=due, attempts=attempts))


def hold(connection: Connection, installation: int, *, until: datetime) -> None:
    """Let all jobs of an installation wait."""
    ours = and_(jobs.c.installation == installation, jobs.c.due < until)
    connection.execute(update(jobs).where(ours).values(due=until))


def first(connection: Connection, most: int) -> list[tuple[str, Any, int, datetime | None]]:
    """The first jobs that wait or run: fold, job, attempts and due."""
    columns = (jobs.c.fold, jobs.c.job, jobs.c.attempts, jobs.c.due)
    rows = connection.execute(select(*columns).order_by(jobs.c.due, jobs.c.fold).limit(most))
    return [(row.fold, row.job, row.attempts, row.due) for row in rows]


def depth(connection: Connection) -> int:
    """How many jobs wait or run."""
    return connection.scalar(select(func.count()).select_from(jobs)) or 0
