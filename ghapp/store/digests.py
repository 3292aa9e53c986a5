"""When digests are due, and what was told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ghapp.handover.posted import Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the digest of a repository's hand-overs is due next, and the policy files that say so, by their blobs."""

    installation: int
    repository: int
    policy: str
    owner_policy: str
    due: datetime | None = None


class Digests(Protocol):
    """The part of the store that digests keep their mornings in; it goes with its installation.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_plans(self, plans: Sequence[Plan]) -> None:
        """Keep when digests are due, in the place of what was kept for the same repositories."""
        ...

    async def due_digests(self, now: datetime) -> tuple[int, ...]:
        """The installations with a digest that is due by now, or was planned by another policy, or never was."""
        ...

    async def keep_posted(self, installation: int, home: str, posted: Posted) -> None:
        """Keep what was told in one place."""
        ...

    async def posted(self, installation: int, home: str) -> Posted:
        """What was told in one place."""
        ...
