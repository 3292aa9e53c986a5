"""Turns in working hours: all of them together, the middle one and the longest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from ghapp.trends.weeks import Wait

_NONE = timedelta()

_Handover = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """How long somebody was waited for, in working hours of whoever that was."""

    count: int
    worked: timedelta  # all turns together
    median: timedelta
    longest: timedelta
    running: int  # turns that go on, and count up to now
    longest_runs: bool  # whether the longest is among them


def middle(spans: Iterable[timedelta]) -> timedelta:
    """The median of some spans; nothing where there are none."""
    seconds = [each.total_seconds() for each in spans]
    return timedelta(seconds=median(seconds)) if seconds else _NONE


def turns(waits: Iterable[tuple[_Handover, Wait]]) -> Turns:
    """The turns that some waits are parts of: one turn may lie in several weeks."""
    worked: dict[object, timedelta] = defaultdict(timedelta)
    running = set()
    for handover, wait in waits:
        turn = (handover, wait.since, wait.owner)
        worked[turn] += wait.worked
        if wait.theirs is not None:
            running.add(turn)
    longest = max(worked.values(), default=_NONE)
    return Turns(
        count=len(worked),
        worked=sum(worked.values(), _NONE),
        median=middle(worked.values()),
        longest=longest,
        running=len(running),
        longest_runs=any(worked[each] == longest for each in running),
    )
