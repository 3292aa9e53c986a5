"""What a measurement says: a row of the table with its goal, how long things took, and on which machine."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row: what was measured, what is wanted, what it was, and what stands beside it."""

    what: str
    goal: str
    measured: str
    beside: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.goal} | {self.measured} | {self.beside} |"


def table(figures: Iterable[Figure]) -> str:
    """The rows as a table in Markdown."""
    return "\n".join(["| what | goal | measured | beside |", "| --- | --- | --- | --- |", *map(str, figures)])


def machine() -> str:
    """The machine in one line: figures mean nothing without it."""
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def load() -> str:
    """How busy the machine is, what we do on it included."""
    return f"load of the machine {os.getloadavg()[0]:.1f}"


def median(seconds: Sequence[float]) -> str:
    """The median in milliseconds."""
    return f"{statistics.median(seconds) * 1000:.0f} ms"


def p99(seconds: Sequence[float]) -> float:
    """What one in a hundred takes longer than."""
    return statistics.quantiles(seconds, n=100, method="inclusive")[98]


def spread(seconds: Sequence[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    return f"{statistics.median(seconds) * 1000:.1f} / {p99(seconds) * 1000:.1f} ms"
