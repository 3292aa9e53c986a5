"""Mistakes in a policy file: what was found where, what is allowed, and the nearest known key."""

from dataclasses import dataclass

_LONGEST = 60  # characters of the file that a mistake repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake; line and column count from 1."""

    file: str
    line: int
    column: int
    path: str  # dotted keys, "readiness.threshold"
    found: str
    allowed: str
    nearest: str = ""  # the known key or choice that was probably meant

    def __str__(self) -> str:
        """One line, like a compiler's."""
        hint = f"; did you mean `{self.nearest}`?" if self.nearest else ""
        place = f"{self.file}:{self.line}:{self.column}: {self.path or 'the file'}"
        return f"{place}: found {self.found}, allowed is {self.allowed}{hint}"


def cut(text: str) -> str:
    """Words of the file, fit for one line of a mistake: short, printable, and without the marks that end a quote."""
    shown = "".join(letter if letter.isprintable() and letter != "`" else " " for letter in text[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
