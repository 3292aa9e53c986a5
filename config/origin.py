"""Where a value of the policy comes from: whose file, and the line where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Whose file a value stands in, nearest first; what stands in none is a default."""

    REPOSITORY = "repository"
    OWNER = "owner"  # the same path in the owner's `.github` repository


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands; lines count from 1."""

    source: Source
    file: str
    line: int

    def __str__(self) -> str:
        """The place, like a compiler's."""
        return f"{self.file}:{self.line}"
