"""A person's word over a verdict: a subject is exempt or declared ready, for a reason and perhaps until a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from ghapp.errors import UserError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNTIL = ("until", "till")
_WRITE = "write it as `until YYYY-MM-DD`"
_MARKS = ".,;:()!*_`\"'"  # around a day
_SHOWN = 40  # characters of what was meant as a day that are said again
_LONGEST_DAY = 4  # words that a day may take: "the end of March"
_SPANS = ("day", "week", "weekend", "month", "quarter", "year")
_CALENDAR = frozenset(
    word.casefold()
    for word in (
        *(*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr),
        *(*_SPANS, *(f"{span}s" for span in _SPANS), "today", "tonight", "tomorrow"),
    )
)


class Word(StrEnum):
    """What a person said: the name of the command."""

    EXEMPT = "exempt"
    READY = "ready"
    UNEXEMPT = "unexempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A person's word over the verdicts on one subject, or the end of the word before."""

    word: Word
    by: str  # login
    reason: str  # "" at an end
    at: datetime
    until: date | None = None  # the last day on which it stands, in UTC
    comment: int  # that said so
    place: int = 0  # among the commands of that comment

    @property
    def order(self) -> tuple[int, int]:
        """What is said later is greater: GitHub's ids grow."""
        return self.comment, self.place

    def stands(self, now: datetime) -> bool:
        """Whether it holds at this time."""
        return self.word is not Word.UNEXEMPT and (self.until is None or today(now) <= self.until)


def today(now: datetime) -> date:
    """The day in UTC."""
    return now.astimezone(UTC).date()


def asked(text: str, *, now: datetime) -> tuple[str, date | None]:
    """The reason and the last day out of what follows a command, "REASON [until DATE]"; the reason may be empty.

    Only the end of the text is read for a day, and only where one is meant: "until the bank answers" is a reason. A day
    to come in the midst of the words is refused, as it would hold for good.

    Raises:
        UserError: a day is meant that is none, is over, or does not come last.
    """
    words = text.split()
    places = [place for place, word in enumerate(words) if word.casefold().strip("(:") in _UNTIL]
    last = max(places, default=-1)
    end = words[last + 1 :]
    if any(_is_to_come(words[place + 1], now=now) for place in places if place + 2 < len(words)):
        raise UserError("The day comes last: write `REASON until YYYY-MM-DD`.")
    if last < 0 or not _is_meant_as_day(end):
        return " ".join(words), None
    reason = " ".join(words[:last]).rstrip(" ,;:-")
    return reason, _day(" ".join(end).strip(_MARKS), now=now)


def _is_to_come(word: str, *, now: datetime) -> bool:
    day = word.strip(_MARKS)
    return bool(_DAY.fullmatch(day)) and day >= today(now).isoformat()


def _is_meant_as_day(words: list[str]) -> bool:
    """Whether words behind `until` are a day, or a person's way to say one: a single word, or a few about time."""
    if len(words) <= 1:
        return True
    near = [word.casefold().strip(".,;()") for word in words]
    named = any(word in _CALENDAR or any(letter.isdigit() for letter in word) for word in near)
    return len(words) <= _LONGEST_DAY and named


def _day(text: str, *, now: datetime) -> date:
    if not text:
        raise UserError(f"The day after `until` is missing; {_WRITE}.")
    shown = text[:_SHOWN].replace("`", "")
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        raise UserError(f"`{shown}` is no day of the calendar.") from None
    if found is None:
        raise UserError(f"`{shown}` is not read as a date; {_WRITE}.")
    if found < today(now):
        raise UserError(f"`{shown}` is in the past; it is {today(now)} in UTC.")
    return found
