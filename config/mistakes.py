"""Mistakes in a policy file: what was found where, what is allowed, and the nearest known key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake; line and column count from 1."""

    file: str
    line: int
    column: int
    path: str  # dotted keys, "readiness.threshold"
    found: str
    allowed: str
    nearest: str = ""  # the known key that was probably meant

    def __str__(self) -> str:
        """One line, like a compiler's."""
        hint = f"; did you mean `{self.nearest}`?" if self.nearest else ""
        place = f"{self.file}:{self.line}:{self.column}: {self.path or 'the file'}"
        return f"{place}: found {self.found}, allowed is {self.allowed}{hint}"
