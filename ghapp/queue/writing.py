"""What SQLite's one writer writes: many rings and ends in one transaction, with few statements."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from ghapp.queue import dirty, records
from ghapp.queue.dirty import Picked
from ghapp.queue.records import Letter, Ring
from ghapp.queue.retry import Dead, Later, Outcome, Park

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended: well, or with what is to come of it."""

    picked: Picked
    outcome: Outcome | None


Change = Ring | End | Callable[[Connection], object]


def transaction(connection: Connection, changes: Sequence[Change], *, now: datetime) -> list[object]:
    """Write changes, all or none, and answer each."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        answers = _write(connection, changes, now=now)
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        with suppress(OperationalError):  # SQLite has rolled back by itself when the disk was full
            connection.exec_driver_sql("ROLLBACK")
        raise
    return answers


def ring(connection: Connection, rings: Sequence[Ring], *, now: datetime) -> list[bool]:
    """Store deliveries and jobs; for each ring whether its jobs are to be run."""
    fresh = records.keep(connection, rings, now=now)
    jobs = [job for one, is_fresh in zip(rings, fresh, strict=True) if is_fresh for job in one.jobs]
    if jobs:
        dirty.put(connection, jobs, now=now)
    return fresh


def _write(connection: Connection, changes: Sequence[Change], *, now: datetime) -> list[object]:
    well = [change.picked for change in changes if isinstance(change, End) and change.outcome is None]
    if well and (folds := dirty.done(connection, well)):
        records.settle(connection, folds, now=now)
    rings = [change for change in changes if isinstance(change, Ring)]
    fresh = iter(ring(connection, rings, now=now) if rings else ())
    return [next(fresh) if isinstance(change, Ring) else _other(connection, change, now=now) for change in changes]


def _other(connection: Connection, change: End | Callable[[Connection], object], *, now: datetime) -> object:
    if not isinstance(change, End):
        return change(connection)
    _end(connection, change.picked, change.outcome, now=now)
    return None


def _end(connection: Connection, picked: Picked, outcome: Outcome | None, *, now: datetime) -> None:
    attempts = picked.attempts + 1
    match outcome:
        case Park(installation, until):
            dirty.hold(connection, installation, until=records.park(connection, installation, until))
        case Later(at, failed):
            dirty.later(connection, picked, due=at, attempts=attempts if failed else picked.attempts)
        case Dead(reason) if dirty.done(connection, [picked]):
            letter = Letter(fold=picked.fold, job=picked.packed, reason=reason, attempts=attempts)
            records.bury(connection, letter, now=now)
            log.warning("job.dead", delivery=picked.packed.get("delivery", ""), subject=picked.subject, reason=reason)
        case _:
            pass  # it ended well, or was rung while it failed for the last time
