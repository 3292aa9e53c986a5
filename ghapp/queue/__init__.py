"""What to look at again: a protocol, and an engine for each kind of database."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ghapp import clock, database, metrics
from ghapp.errors import Again
from ghapp.queue.retry import USUAL, BackOff
from ghapp.subjects import Delivery, Job

Run = Callable[[Job], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A job that was given up, with the last reason."""

    id: int
    fold: str
    job: Job | None  # None when another version wrote it and this one cannot read it
    reason: str
    attempts: int
    died_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A job that waits or runs."""

    fold: str
    job: Job | None  # None when another version wrote it and this one cannot read it
    attempts: int  # that failed
    due: datetime | None  # None for at once
    since: datetime | None  # when the oldest delivery came that rang it; None when none did


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A delivery that was taken, with one of the jobs it rang."""

    guid: str
    fold: str  # "" when it rang none
    event: str
    action: str
    received_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How much waits."""

    jobs: int  # that wait or run
    dead: int  # letters
    oldest: datetime | None  # when the oldest delivery came whose jobs have not ended; dead letters' do not count


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an engine works its jobs."""

    concurrency: int
    poll: float
    backoff: BackOff
    now: Callable[[], datetime]


class Queue(Protocol):
    """Jobs by subject: durable once rung, one at a time for each subject, folded while they wait.

    A job that raises `Again` comes back at its time, any other exception after a growing pause; after the last
    attempt, for `Refused` the second, it is a dead letter. `Gone` ends a job quietly. There is no other way out of the
    queue: when an end cannot be written, it is written later or the job runs again.
    """

    async def ring(self, *jobs: Job, delivery: Delivery | None = None) -> bool:
        """Make a delivery and its jobs durable in one transaction; False when that delivery was done before.

        Of a tick of our clock it is enough that it is known.

        Raises:
            Again: the database cannot take it now.
        """
        ...

    async def work(self, run: Run) -> None:
        """Run jobs until cancelled or stopped; an interrupted job runs again at the next start."""
        ...

    async def stop(self) -> None:
        """Take no further job, wait for those at hand, and let `work` return."""
        ...

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """The jobs that were given up, oldest first."""
        ...

    async def replay(self, letter: int) -> bool:
        """Ring a dead letter's job anew; False when there is none with this id, or one that cannot be read."""
        ...

    async def backlog(self) -> Backlog:
        """How much waits, in all processes."""
        ...

    async def pending(self, *, most: int) -> tuple[Pending, ...]:
        """The first jobs that wait or run, in the order of their time."""
        ...

    async def received(self, name: str) -> tuple[Received, ...]:
        """The deliveries with this GUID, or that rang the job with this fold, oldest first."""
        ...

    async def close(self) -> None:
        """Let go of the database."""
        ...


async def measure(asked: Awaitable[Backlog], *, now: datetime) -> None:
    """Set the gauges to what the queue says, the same in every process; to NaN while it says nothing."""
    try:
        backlog = await asked
    except Again:
        depth = age = dead = math.nan
    else:
        depth, dead = backlog.jobs, backlog.dead
        age = (now - backlog.oldest).total_seconds() if backlog.oldest else 0
    metrics.QUEUE_DEPTH.set(depth)
    metrics.QUEUE_AGE.set(age)
    metrics.DEAD_LETTERS.set(dead)


async def open(  # noqa: A001 - `queue.open(url)` says what it does
    url: str,
    *,
    concurrency: int = 8,
    poll: float = 1.0,
    backoff: BackOff = USUAL,
    now: Callable[[], datetime] = clock.now,
) -> Queue:
    """The queue in the database at this address, which `ghapp.database.migrate` has brought up to date.

    `concurrency` is how many jobs run at once, `poll` the seconds within which a retry that falls due is noticed, and
    on SQLite another process's ring.

    Raises:
        StartError: the database cannot be used.
    """
    manner = Manner(concurrency=concurrency, poll=poll, backoff=backoff, now=now)
    if database.engine(url) == "sqlite":
        from ghapp.queue import sqlite

        return await sqlite.open(url, manner)
    from ghapp.queue import postgres

    return await postgres.open(url, manner)
