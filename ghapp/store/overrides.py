"""What people said over a verdict, kept for ever."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ghapp.overrides import Override
from ghapp.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """A person's word and what it is about; `repository` is owner/name, as it was called then."""

    subject: Subject
    repository: str
    override: Override


class Overrides(Protocol):
    """The part of the store that keeps what people said; nothing is changed or deleted, but with its installation.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_override(self, overruled: Overruled) -> None:
        """Keep a person's word; one that is kept already stays as it is."""
        ...

    async def override(self, subject: Subject) -> Override | None:
        """The newest word on a subject, whether it stands or not."""
        ...

    async def overrides(self, repository: str = "") -> tuple[Overruled, ...]:
        """Every word, oldest first; of one repository, by any name that it had when something was said."""
        ...

    async def newest_overrides(self, repository: int) -> dict[str, Override]:
        """The newest word on each subject of a repository, by the subjects' keys, whatever the repository is called."""
        ...

    async def lapsed(self, today: date) -> tuple[Subject, ...]:
        """The subjects with a word whose last day is over, and nobody was told yet."""
        ...

    async def note_lapsed(self, today: date) -> None:
        """Keep that those were told."""
        ...
