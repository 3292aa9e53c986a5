"""What both engines keep beside their jobs: deliveries, dead letters, parked installations; plain statements."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from ghapp.database import engines
from ghapp.database.tables import dead_letters, deliveries, parked, storable
from ghapp.queue import Backlog, DeadLetter
from ghapp.subjects import Delivery, Job, Kind, Subject

KEPT = timedelta(days=14)  # GitHub redelivers what is at most three days old; the rest is for the operator's questions
DEAD_KEPT = timedelta(days=90)  # a dead letter, with the deliveries that rang it

log = structlog.get_logger(__name__)

# Built once: on the road of every delivery SQLAlchemy's building of a statement would cost more than its running.
_FOLDS: BindParameter[str] = bindparam("folds", expanding=True)
_GUIDS: BindParameter[str] = bindparam("guids", expanding=True)
_OPEN = deliveries.c.done_at.is_(None)
KNOWN = (
    select(deliveries.c.guid, func.count(deliveries.c.done_at) == func.count())
    .where(deliveries.c.guid.in_(_GUIDS))
    .group_by(deliveries.c.guid)
)
DONE = update(deliveries).where(_OPEN).values(done_at=bindparam("now"))
SETTLED = DONE.where(deliveries.c.fold.in_(_FOLDS))
MOOT = delete(dead_letters).where(dead_letters.c.fold.in_(_FOLDS))
_GIVEN_UP = exists().where(dead_letters.c.fold == deliveries.c.fold)
OLDEST = select(func.min(deliveries.c.received_at)).where(_OPEN, ~_GIVEN_UP)
PARKED = select(parked.c.installation, parked.c.until).where(parked.c.until > bindparam("now"))


_NEW = frozenset({"button", "by"})  # keys of a `Job` that the version before does not know


@dataclass(frozen=True, slots=True)
class Ring:
    """A delivery, if there is one, with the jobs it asks for."""

    jobs: tuple[Job, ...]
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A job that is given up; its JSON as it was stored, since it may be what could not be read."""

    fold: str
    job: dict[str, Any]
    reason: str
    attempts: int

    def say(self) -> None:
        """Say that the job is given up, once that is on disk."""
        job = readable(self.job)
        subject = job.subject.key if job else self.fold
        log.warning("job.dead", delivery=self.job.get("delivery", ""), subject=subject, reason=self.reason)


def pack(job: Job) -> dict[str, Any]:
    """A job as JSON; without the newest keys where they say nothing, so that the version before can read it."""
    packed = asdict(job) | {"why": storable(job.why)}
    return {key: value for key, value in packed.items() if value or key not in _NEW}


def unpack(packed: dict[str, Any]) -> Job:
    """A job from its JSON."""
    subject = packed["subject"]
    return Job(**packed | {"subject": Subject(**subject | {"kind": Kind(subject["kind"])})})


def keep(connection: Connection, wanted: Sequence[Ring], *, now: datetime) -> list[bool]:
    """Store deliveries with the jobs they ring; for each ring whether those jobs are to be run."""
    given = {ring.delivery.guid: ring for ring in wanted if ring.delivery is not None}
    if not given:
        return [True] * len(wanted)
    known = connection.execute(KNOWN, {"guids": list(given)})
    done = {guid for guid, is_done in known if is_done or _is_tick(given[guid])}
    # Sorted, so that two processes with the same rows take them in the same order and neither waits for ever.
    rows = [row for guid in sorted(given.keys() - done) for row in _rows(given[guid], now=now)]
    if rows:
        connection.execute(engines.add(deliveries, connection.dialect.name), rows)
    return [ring.delivery is None or ring.delivery.guid not in done for ring in wanted]


def _is_tick(ring: Ring) -> bool:
    """Whether our clock rings: its tick is once only, while GitHub's redelivery is a wish that a job run again."""
    return ring.delivery is not None and ring.delivery.event == "clock"


def _rows(ring: Ring, *, now: datetime) -> list[dict[str, object]]:
    given = ring.delivery
    assert given is not None
    common = {"guid": given.guid, "event": given.event, "action": given.action, "received_at": now}
    if not ring.jobs:
        return [common | {"fold": "", "done_at": now}]
    return [common | {"fold": fold, "done_at": None} for fold in sorted({job.fold for job in ring.jobs})]


def settle(connection: Connection, folds: Sequence[str], *, now: datetime, settled: Update = SETTLED) -> None:
    """Jobs succeeded: the deliveries that rang them are done, and their dead letters are moot."""
    connection.execute(MOOT, {"folds": folds})
    connection.execute(settled, {"folds": folds, "now": now})


def bury(connection: Connection, letter: Letter, *, now: datetime) -> None:
    """Keep a dead letter; one for each fold, the newest."""
    connection.execute(delete(dead_letters).where(dead_letters.c.fold == letter.fold))
    connection.execute(insert(dead_letters).values(**asdict(letter), died_at=now))


def exhume(connection: Connection, letter: int) -> Job | None:
    """Take a dead letter's job out; None when there is none, or one that cannot be read, which stays."""
    packed = connection.scalar(select(dead_letters.c.job).where(dead_letters.c.id == letter).with_for_update())
    job = None if packed is None else readable(packed)
    if job is not None:
        connection.execute(delete(dead_letters).where(dead_letters.c.id == letter))
    return job


def letters(connection: Connection) -> tuple[DeadLetter, ...]:
    """The dead letters, oldest first."""
    rows = connection.execute(select(dead_letters).order_by(dead_letters.c.died_at, dead_letters.c.id))
    return tuple(_letter(row) for row in rows)


def _letter(row: Row[Any]) -> DeadLetter:
    job = readable(row.job)
    return DeadLetter(id=row.id, fold=row.fold, job=job, reason=row.reason, attempts=row.attempts, died_at=row.died_at)


def readable(packed: dict[str, Any]) -> Job | None:
    """A job from its JSON; None when it is one that this version cannot read."""
    try:
        return unpack(packed)
    except (KeyError, TypeError, ValueError):  # another version's
        return None


def backlog(connection: Connection, jobs: int) -> Backlog:
    """How much waits, given how many jobs that is."""
    dead = connection.scalar(select(func.count()).select_from(dead_letters)) or 0
    return Backlog(jobs=jobs, dead=dead, oldest=connection.scalar(OLDEST))


def park(connection: Connection, installation: int, until: datetime) -> datetime:
    """Note that an installation's jobs are to wait; until when, which may be later: a limit does not end another."""
    new = engines.insert(parked, connection.dialect.name).values(installation=installation, until=until)
    later = case((parked.c.until > new.excluded.until, parked.c.until), else_=new.excluded.until)
    noted = new.on_conflict_do_update(index_elements=list(parked.primary_key), set_={"until": later})
    kept: datetime = connection.execute(noted.returning(parked.c.until)).scalar_one()
    return kept


def parked_until(connection: Connection, *, now: datetime) -> dict[int, datetime]:
    """The installations whose jobs wait now, and until when."""
    rows = connection.execute(PARKED, {"now": now})
    return {row.installation: row.until for row in rows}


def tidy(connection: Connection, *, now: datetime) -> None:
    """Forget what is long over: deliveries, dead letters with the deliveries that rang them, and parking."""
    connection.execute(delete(deliveries).where(deliveries.c.done_at < now - KEPT))
    dead = dead_letters.c.died_at < now - DEAD_KEPT
    of_dead = deliveries.c.fold.in_(select(dead_letters.c.fold).where(dead))
    connection.execute(delete(deliveries).where(_OPEN, deliveries.c.received_at < now - DEAD_KEPT, of_dead))
    connection.execute(delete(dead_letters).where(dead))
    connection.execute(delete(parked).where(parked.c.until < now))
