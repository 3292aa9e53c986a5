"""What we know: a protocol over one database, SQLite or PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ghapp.store.recovery import Missed, Recovery, Swept
from ghapp.subjects import Subject

__all__ = ["Installation", "LastGood", "Missed", "Recovery", "Store", "Swept", "open"]


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
    """The last policy text of a repository that had no mistakes, and the blob it came from."""

    oid: str
    text: str


class Store(Recovery, Protocol):
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
        """Delete an installation and everything known of its subjects, dead letters among it."""
        ...

    async def keep_policy(self, subject: Subject, policy: LastGood) -> None:
        """Keep a repository's last good policy text."""
        ...

    async def policy(self, subject: Subject) -> LastGood | None:
        """A repository's last good policy text."""
        ...

    async def ready(self) -> None:
        """Return when the database answers and has every migration.

        Raises:
            Again: it does not answer.
            StartError: migrations are missing.
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
