"""What SQLite's one writer writes: many rings and ends in one transaction, with few statements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ghapp.database import thread
from ghapp.queue import dirty, records
from ghapp.queue.dirty import Picked
from ghapp.queue.records import Letter, Ring
from ghapp.queue.retry import Dead, Later, Outcome, Park


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended: well, or with what is to come of it."""

    picked: Picked
    outcome: Outcome | None


Change = Ring | End | Callable[[Connection], object]


def transaction(connection: Connection, changes: Sequence[Change], *, now: datetime) -> list[object]:
    """Write changes, all or none, and answer each; what was given up is said once that is written."""
    with thread.transaction(connection):
        answers = _write(connection, changes, now=now)
    for answer in answers:
        if isinstance(answer, Letter):
            answer.say()
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
    return _end(connection, change.picked, change.outcome, now=now)


def _end(connection: Connection, picked: Picked, outcome: Outcome | None, *, now: datetime) -> Letter | None:
    """Write a run's end, and answer it with the dead letter if there is one."""
    attempts = picked.attempts + 1
    match outcome:
        case Park(installation, until):
            dirty.hold(connection, installation, until=records.park(connection, installation, until))
        case Later(at, failed):
            dirty.later(connection, picked, due=at, attempts=attempts if failed else picked.attempts)
        case Dead(reason) if dirty.done(connection, [picked]):
            letter = Letter(fold=picked.fold, job=picked.packed, reason=reason, attempts=attempts)
            records.bury(connection, letter, now=now)
            return letter
        case _:
            pass  # it ended well, or was rung while it failed for the last time
    return None
