"""The ledgers of hand-overs, each kept whole under its issue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ghapp.handover.ledger import Handover
from ghapp.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A ledger, the hand-over it is of, and when that is to be looked at though nobody does anything."""

    subject: Subject
    handover: Handover
    due: datetime | None = None


class Handovers(Protocol):
    """The part of the store that keeps ledgers; they go with their installation.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_handover(self, kept: Kept) -> None:
        """Keep a ledger in the place of the one before."""
        ...

    async def forget_handover(self, subject: Subject) -> None:
        """Delete the ledger of an issue that turned out to be in nobody's hands."""
        ...

    async def handover(self, subject: Subject) -> Handover | None:
        """The ledger of a hand-over, whether it has ended or not; None too when another version wrote what is kept."""
        ...

    async def handovers(self, *, installation: int, repository: int = 0, ended: bool = False) -> tuple[Kept, ...]:
        """The ledgers of an installation, or of one of its repositories; `ended` brings the ended ones too."""
        ...

    async def handovers_of(self, pull: Subject) -> tuple[Kept, ...]:
        """The ledgers of the issues that a pull request answers, ended ones as well."""
        ...

    async def due_handovers(self, now: datetime) -> tuple[Subject, ...]:
        """The hand-overs that are to be looked at by now, the longest overdue first."""
        ...
