"""How fast an installation is asked and written to: below GitHub's limits, with room kept for people's newest work.

Each process counts for itself. Where several write for one installation the limits are GitHub's to enforce: its refusal
parks the installation, see `ghapp.queue.retry`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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


class Pace:
    """One installation's pace; `paced` says whether content and the backlog have limits there."""

    def __init__(self, *, paced: bool = False) -> None:
        self._content = Turns(CONTENT) if paced else None
        self._looks = Turns(LOOKS) if paced else None
        self._pause = LEAST_PAUSE
        self._silent_until = LONG_AGO

    def content(self, now: datetime, *, backlog: bool) -> datetime:
        """When something new may be written that people are told of: now, or the time to come back at."""
        return self._content.take(now, backlog=backlog) if self._content else now

    def look(self, now: datetime) -> datetime:
        """When the next subject of the backlog may be looked at: now, or the time to come back at."""
        return self._looks.take(now, backlog=True) if self._looks else now

    def limited(self, now: datetime) -> datetime:
        """When to ask again after a limit without a time; one that is met anew soon after a pause doubles it."""
        if now < self._silent_until:
            return self._silent_until  # calls that were under way together met one limit
        goes_on = now < self._silent_until + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE) if goes_on else LEAST_PAUSE
        self._silent_until = now + self._pause
        return self._silent_until
