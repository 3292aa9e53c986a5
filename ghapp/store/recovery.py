"""What recovery remembers: how far it has come, and which deliveries never came."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ghapp.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How far a subject was looked over: when last whole, and the page where a look that was cut short goes on.

    Of a repository that joined an installation: when it did, as nothing is asked of what was there before.
    """

    at: datetime | None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A delivery that GitHub could not hand over: its GUID, and the number of its entry in GitHub's log."""

    guid: str
    delivery: int
    installation: int  # 0 where the log names none
    event: str
    failed_at: datetime
    due: datetime  # when it may be asked for
    asked: int = 0  # times


class Recovery(Protocol):
    """The part of the store that the sweep keeps its place in.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_swept(self, subject: Subject, swept: Swept) -> None:
        """Keep how far a subject was looked over."""
        ...

    async def swept(self, subject: Subject) -> Swept | None:
        """How far a subject was looked over; None when it never was."""
        ...

    async def held(self, guids: Collection[str]) -> frozenset[str]:
        """Those of some deliveries that were taken, whatever came of them."""
        ...

    async def note_missed(self, missed: Sequence[Missed]) -> None:
        """Keep deliveries that never came; those that are kept already stay as they are."""
        ...

    async def missed(self, *, now: datetime, most: int) -> tuple[Missed, ...]:
        """The newest deliveries that have still not come and may be asked for; those that came are forgotten."""
        ...

    async def keep_missed(self, missed: Missed) -> None:
        """Keep when a delivery may be asked for again."""
        ...

    async def forget_missed(self, guid: str) -> None:
        """Ask no more for a delivery."""
        ...

    async def given_up(self, subjects: Collection[Subject]) -> frozenset[str]:
        """The keys of those subjects that have a dead letter."""
        ...
