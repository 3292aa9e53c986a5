"""What comes of a job that failed: pure arithmetic on the failure, the attempts and the hour."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ghapp.errors import Again, Paced, Refused

REASON = 500  # characters kept of a failure


@dataclass(frozen=True, slots=True, kw_only=True)
class BackOff:
    """How long a job pauses after each failure, and after how many it is given up.

    What only time can mend gets `patience`, with the defaults most of a day, as long as any outage of GitHub was.
    Any other failure is likely our own and has `attempts`, about an hour and a half, before an operator is told.
    """

    attempts: int = 8
    patience: int = 30
    first: float = 5.0  # seconds
    growth: float = 3.0
    longest: float = 3600.0

    def pause(self, failures: int, *, chance: float) -> timedelta:
        """The pause after so many failures; `chance` in [0, 1) spreads jobs that failed together."""
        grown = self.growth ** min(failures - 1, self.attempts)  # bounded: a job may be interrupted any number of times
        whole = min(self.longest, self.first * grown)
        return timedelta(seconds=whole * (1 + chance) / 2)


USUAL = BackOff()


@dataclass(frozen=True, slots=True)
class Later:
    """Run the job again then; `failed` says whether that counts against its attempts."""

    at: datetime
    failed: bool = True


@dataclass(frozen=True, slots=True)
class Park:
    """Run no job of the installation before then; this is no failure of the job."""

    installation: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Dead:
    """Give the job up."""

    reason: str


Outcome = Later | Park | Dead

# GitHub asks for a minute where it names no time, and counts requests made while limited against the App:
# https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
LIMITED = timedelta(minutes=1)
SOONEST = timedelta(seconds=1)  # a time that is past already must not become a loop
SPREAD = 0.1  # of a pause, and at most the next: installations that were limited together do not come back together
WIDEST = timedelta(seconds=15)
LONGEST_BEHIND = timedelta(days=1)  # so long the backlog stands behind people's work, then it stands in the same row
REFUSALS = 2  # runs that a refusal is given: the second is with a new token, which may hold a permission just granted


def outcome(
    error: Exception,
    *,
    failures: int,
    now: datetime,
    backoff: BackOff,
    chance: Callable[[], float] = random.random,
) -> Outcome:
    """What comes of a failure; `failures` counts this one."""
    at = error.at if isinstance(error, Again) else None
    if isinstance(error, Paced):
        return Later(max(at or now, now + SOONEST), failed=False)
    if isinstance(error, Again) and error.installation:
        until = max(at or now + LIMITED, now + SOONEST)
        return Park(error.installation, until + min((until - now) * SPREAD, WIDEST) * chance())
    if failures >= _most(error, backoff):
        return Dead(reason(error))
    if at is not None:
        return Later(max(at, now + SOONEST))
    return paused(failures, now=now, backoff=backoff, chance=chance)


def _most(error: Exception, backoff: BackOff) -> int:
    if isinstance(error, Refused):
        return REFUSALS
    return backoff.patience if isinstance(error, Again) else backoff.attempts


def paused(turns: int, *, now: datetime, backoff: BackOff, chance: Callable[[], float] = random.random) -> Later:
    """Run the job again after the usual pause; `turns` counts its runs until now."""
    return Later(now + backoff.pause(turns, chance=chance()))


def reason(error: BaseException) -> str:
    """A failure in one line: its kind and its words."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:REASON]
