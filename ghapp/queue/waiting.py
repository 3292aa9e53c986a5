"""procrastinate's table of jobs, as far as its own interface does not show it; only its columns are relied on."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Text,
    and_,
    column,
    delete,
    exists,
    func,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from ghapp.database.tables import Moment, dead_letters, deliveries
from ghapp.queue import records
from ghapp.queue.standing import BEHIND, Standing

LOOK = "look"  # the task's name; never to change, since waiting jobs carry it

jobs = table(
    "procrastinate_jobs",
    column("id", BigInteger),
    column("task_name", Text),
    column("queueing_lock", Text),
    column("priority", Integer),
    column("status"),
    column("scheduled_at", Moment),
    column("args", JSONB),
)

INSTALLATION = jobs.c.args["installation"].as_integer()
WAITS = and_(jobs.c.task_name == LOOK, jobs.c.status == literal_column("'todo'"))
LIVES = and_(jobs.c.task_name == LOOK, jobs.c.status.in_([literal_column("'todo'"), literal_column("'doing'")]))
ENDED = [literal_column(f"'{status}'", Text) for status in ("succeeded", "failed", "cancelled", "aborted")]

_same = jobs.c.queueing_lock == deliveries.c.fold
SETTLED = records.SETTLED.where(~exists().where(WAITS, _same))
ORPHANED = records.DONE.where(~exists().where(LIVES, _same), ~exists().where(dead_letters.c.fold == deliveries.c.fold))


def folded(connection: Connection, folds: Collection[str]) -> Sequence[Row[Any]]:
    """The jobs that wait with these folds: their id, fold, priority, time and installation."""
    fold, installation = jobs.c.queueing_lock.label("fold"), INSTALLATION.label("installation")
    columns: tuple[ColumnElement[Any], ...] = (jobs.c.id, fold, jobs.c.priority, jobs.c.scheduled_at, installation)
    return connection.execute(select(*columns).where(WAITS, jobs.c.queueing_lock.in_(folds))).all()


def waits(connection: Connection, fold: str) -> bool:
    """Whether a job with this fold waits."""
    return bool(connection.scalar(select(exists().where(WAITS, jobs.c.queueing_lock == fold))))


def hold(connection: Connection, installation: int, *, until: datetime) -> None:
    """Let all waiting jobs of an installation wait until then."""
    ours = installation == INSTALLATION
    sooner = func.coalesce(jobs.c.scheduled_at < until, True)
    connection.execute(update(jobs).where(WAITS, ours, sooner).values(scheduled_at=until))


def stamp(moment: datetime) -> str:
    """A time as a job carries it: in this form the earlier one is the smaller text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def call_up(connection: Connection, *, rung_before: datetime) -> None:
    """Let what has waited in the backlog since then stand among people's jobs, in front of those that came later."""
    rung = jobs.c.args["rung"].as_string()
    late = and_(jobs.c.priority <= -BEHIND, rung < stamp(rung_before))
    connection.execute(update(jobs).where(WAITS, late).values(priority=jobs.c.priority + BEHIND))


def clear(connection: Connection) -> None:
    """Delete what ended in another way than ours, as a clean-up that was interrupted."""
    connection.execute(delete(jobs).where(jobs.c.status.in_(ENDED)))


def first(connection: Connection, most: int) -> Iterator[tuple[str, Any, int, datetime | None]]:
    """The first jobs that wait or run: fold, job, attempts and due."""
    columns = (jobs.c.queueing_lock, jobs.c.args["job"], jobs.c.priority, jobs.c.scheduled_at)
    order = (func.coalesce(jobs.c.scheduled_at, func.now()), jobs.c.id)
    for fold, packed, priority, due in connection.execute(select(*columns).where(LIVES).order_by(*order).limit(most)):
        yield fold, packed, Standing.of(priority).failures, due


def depth(connection: Connection) -> int:
    """How many jobs wait or run."""
    return connection.scalar(select(func.count()).select_from(jobs).where(LIVES)) or 0


def settle(connection: Connection, folds: Sequence[str], *, now: datetime) -> None:
    """Jobs succeeded; what was rung since waits for the next run, and no ring can slip in between."""
    records.settle(connection, folds, now=now, settled=SETTLED)


def settle_orphans(connection: Connection, *, now: datetime) -> None:
    """Mark as done what was rung just before a job that waited had ended: no other end will mark it."""
    connection.execute(ORPHANED, {"now": now})
