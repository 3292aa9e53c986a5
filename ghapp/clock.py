"""The one place that asks the clock, and how long ago something was, in words."""

from datetime import UTC, datetime, timedelta

SPANS = (("d", 86_400), ("h", 3_600), ("min", 60))


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def age(span: timedelta) -> str:
    """A span of time in the largest unit of which it has two or more: 119 s, 2 min, 40 h, 2 d."""
    seconds = max(0, int(span.total_seconds()))
    unit, length = next(((unit, length) for unit, length in SPANS if seconds >= 2 * length), ("s", 1))
    return f"{seconds // length} {unit}"
