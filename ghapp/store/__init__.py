"""What we know: a protocol over one database, SQLite or PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ghapp.store.digests import Digests, Plan
from ghapp.store.handovers import Handovers, Kept
from ghapp.store.overrides import Overrides, Overruled
from ghapp.store.recovery import Missed, Recovery, Swept
from ghapp.store.scans import Scans
from ghapp.store.weeks import Weeks
from ghapp.subjects import Subject

__all__ = [
    "Digests",
    "Handovers",
    "Installation",
    "Kept",
    "LastGood",
    "Missed",
    "Overrides",
    "Overruled",
    "Plan",
    "Recovery",
    "Scans",
    "Store",
    "Swept",
    "Weeks",
    "open",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Our App on one account."""

    id: int
    account: str
    installed_at: datetime
    suspended: bool = False
    lacks: tuple[str, ...] = ()  # permissions that we ask for and it does not grant: "checks: write"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """The last policy text of a repository or an owner that had no mistakes, and the blob it came from."""

    oid: str
    text: str


class Store(Handovers, Weeks, Digests, Recovery, Overrides, Scans, Protocol):
    """Small facts by subject; every write is an upsert.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_verdict(self, subject: Subject, verdict: dict[str, object], *, at: datetime) -> None:
        """Keep a subject's newest verdict, as its JSON."""
        ...

    async def verdict(self, subject: Subject) -> dict[str, object] | None:
        """The newest verdict kept."""
        ...

    async def kept_verdicts(self, keys: Collection[str]) -> dict[str, dict[str, object]]:
        """The newest verdicts kept on some subjects, by the subjects' keys."""
        ...

    async def keep_comment(self, subject: Subject, comment: int) -> None:
        """Keep the id of a subject's sticky comment."""
        ...

    async def comment(self, subject: Subject) -> int | None:
        """The id of a subject's sticky comment."""
        ...

    async def keep_installation(self, installation: Installation) -> None:
        """Keep an installation as GitHub describes it now."""
        ...

    async def installation(self, installation: int) -> Installation | None:
        """An installation, if it is known."""
        ...

    async def installations(self) -> tuple[Installation, ...]:
        """All installations that are known."""
        ...

    async def forget_installation(self, installation: int) -> None:
        """Delete an installation and everything known of its subjects, dead letters and what people said among it."""
        ...

    async def keep_policy(self, subject: Subject, policy: LastGood) -> None:
        """Keep a repository's last good policy text, or its owner's."""
        ...

    async def policy(self, subject: Subject) -> LastGood | None:
        """A repository's last good policy text, or its owner's."""
        ...

    async def written(self, installation: int, *, since: datetime) -> tuple[datetime, ...]:
        """When content was written for an installation, by any process."""
        ...

    async def keep_written(self, installation: int, *, at: datetime, forget: datetime) -> None:
        """Keep that content is written, and forget what was written before a time."""
        ...

    async def ready(self) -> None:
        """Return when the database answers and has every migration.

        Raises:
            Again: it does not answer.
            StartError: migrations are missing.
        """
        ...

    async def try_writing(self, *, now: datetime) -> None:
        """Return when something small was written, as a delivery would be.

        Raises:
            Again: the disk is full, the file is locked, or the database does not answer.
        """
        ...

    async def close(self) -> None:
        """Let go of the database."""
        ...


async def open(url: str) -> Store:  # noqa: A001 - `store.open(url)` says what it does
    """The store in the database at this address, which `ghapp.database.migrate` has brought up to date.

    Raises:
        StartError: the database cannot be used.
    """
    from ghapp.store import sql

    return await sql.open(url)
