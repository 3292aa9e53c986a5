"""The weeks of hand-overs, which stay when a ledger is replaced by that of a later pick-up."""

from collections.abc import Sequence
from typing import Protocol

from ghapp.subjects import Subject
from ghapp.trends.weeks import Week


class Weeks(Protocol):
    """The part of the store that keeps what trends are told by; deleted with their installation.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_weeks(self, subject: Subject, weeks: Sequence[Week]) -> None:
        """Keep all weeks of an issue's hand-overs, in the place of those before."""
        ...

    async def weeks(self, subject: Subject) -> tuple[Week, ...]:
        """All weeks of an issue's hand-overs, oldest first."""
        ...

    async def weeks_of(self, name: str) -> tuple[Week, ...]:
        """All weeks of an owner's hand-overs, or of a repository's by any name it had: owner/name, in any case."""
        ...

    async def weeks_known(self) -> tuple[str, ...]:
        """The names of all repositories that have weeks, in their order."""
        ...
