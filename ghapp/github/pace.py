"""How fast an installation is asked and written to: below GitHub's limits, with room kept for people's newest work.

What was written is remembered in the database, for all processes and across restarts. Two of them may look there at one
moment and both write: the room that is left to GitHub's limits is more than that. Looks are counted by each process.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

LEAST_PAUSE = timedelta(seconds=60)  # GitHub's advice where it names no time, and twice as long each further time
LONGEST_PAUSE = timedelta(minutes=16)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How much may happen within a span of time, and how much has to have happened for the backlog to stand back."""

    span: timedelta
    most: int
    of_backlog: int


# GitHub takes 80 requests a minute and 500 an hour that create content; what is left is for people's own hands there:
# https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
CONTENT = (
    Window(span=timedelta(minutes=1), most=70, of_backlog=40),
    Window(span=timedelta(hours=1), most=450, of_backlog=300),
)
# Looks at the backlog: about half of the 5,000 queries an hour that the smallest installation has.
LOOKS = (Window(span=timedelta(minutes=1), most=40, of_backlog=40),)


def has_limits(api_url: str) -> bool:
    """Whether GitHub limits this address of its own accord; a GitHub Enterprise Server does not unless told to."""
    host = urlsplit(api_url).hostname or ""
    return host == "api.github.com" or host.endswith(".ghe.com")


class Turns:
    """Hands out times: at once while there is room, later ones in a row."""

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows
        self._span = max(window.span for window in windows)
        self._taken: list[datetime] = []
        self._kept: dict[bool, list[datetime]] = {False: [], True: []}  # times told and still to come, by backlog

    def learn(self, taken: Iterable[datetime]) -> None:
        """Go by these times as those that were taken, in the place of what is remembered here."""
        self._taken = list(taken)

    def take(self, now: datetime, *, backlog: bool) -> datetime:
        """Now, which is then taken; or the time to come back at, which others are not told.

        People's work is not put behind the times that the backlog was told: it takes them.
        """
        self._taken = [at for at in self._taken if at > now - self._span]
        self._kept = {whose: [at for at in kept if at > now] for whose, kept in self._kept.items()}
        people = self._kept[False] if backlog else []
        if self._free_at((*self._taken, *people), now, backlog=backlog) <= now:
            self._taken.append(now)
            return now
        ahead = (*self._taken, *self._kept[False], *(self._kept[True] if backlog else []))
        at = self._free_at(ahead, now, backlog=backlog)
        self._kept[backlog].append(at)
        return at

    def _free_at(self, ahead: Iterable[datetime], now: datetime, *, backlog: bool) -> datetime:
        times = sorted(ahead)
        free = max((now, *times[-1:]))
        for window in self._windows:
            most = window.of_backlog if backlog else window.most
            if len(times) >= most:
                free = max(free, times[-most] + window.span)
        return free


class Written(Protocol):
    """Remembers when content was written, by any process."""

    async def written(self, installation: int, *, since: datetime) -> tuple[datetime, ...]:
        """When content was written for an installation."""
        ...

    async def keep_written(self, installation: int, *, at: datetime, forget: datetime) -> None:
        """Remember that content is written now, and forget what was before a time."""
        ...


class Pace:
    """One installation's pace; without somebody who remembers, content and the backlog have no limits there."""

    def __init__(self, installation: int = 0, written: Written | None = None) -> None:
        self._installation = installation
        self._written = written
        self._content = Turns(CONTENT)
        self._looks = Turns(LOOKS)
        self._turn = asyncio.Lock()
        self._pause = LEAST_PAUSE
        self._silent_until = LONG_AGO

    async def content(self, now: datetime, *, backlog: bool) -> datetime:
        """When something new may be written that people are told of: now, which is kept, or the time to come back at.

        Raises:
            Again: what was written cannot be looked up now.
        """
        if self._written is None:
            return now
        since = now - max(window.span for window in CONTENT)
        async with self._turn:
            self._content.learn(await self._written.written(self._installation, since=since))
            at = self._content.take(now, backlog=backlog)
            if at <= now:
                await self._written.keep_written(self._installation, at=now, forget=since)
        return at

    def look(self, now: datetime) -> datetime:
        """When the next subject of the backlog may be looked at: now, or the time to come back at."""
        return self._looks.take(now, backlog=True) if self._written else now

    def limited(self, now: datetime) -> datetime:
        """When to ask again after a limit without a time; one that is met anew soon after a pause doubles it."""
        if now < self._silent_until:
            return self._silent_until  # calls that were under way together met one limit
        goes_on = now < self._silent_until + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE) if goes_on else LEAST_PAUSE
        self._silent_until = now + self._pause
        return self._silent_until
