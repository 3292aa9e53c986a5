"""The day until which something is asked for: "by Friday", "until 2026-03-04", "by the end of next week"."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DUE = re.compile(
    rf"""
    \b(?:by|until|till|before|due|when|deadline|latest|no\ later\ than)\b:?\ (?:on\ )?(?:the\ )?(?:
        (?P<iso>\d{{4}}-\d\d-\d\d)\b
      | (?P<next>next\ )?(?P<day>{_DAY})\b
      | (?P<near>today|tonight|eod|tomorrow|eow)\b
      | (?:end\ of\ )(?:the\ |this\ )?(?P<of>day|week|next\ week|month)\b
      | (?P<month>{_MONTH})\.?\ (?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\ (?P<year>\d{{4}}))?
      | (?P<number2>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month2>{_MONTH})\b(?:,?\ (?P<year2>\d{{4}}))?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRIDAY = 4
_WEEK = 7


def due(text: str, today: date) -> date | None:
    """The first day that a text names as its limit, as somebody means it who writes it `today`; None without one."""
    found = _DUE.search(text)
    return _meant({name: value.lower() for name, value in found.groupdict().items() if value}, today) if found else None


def without_due(text: str) -> str:
    """A text without the words that name such a day."""
    return _DUE.sub("", text)


def _meant(said: Mapping[str, str], today: date) -> date | None:
    if "iso" in said:
        return _valid(*map(int, said["iso"].split("-")))
    if "day" in said:
        return _weekday(_DAYS.index(said["day"][:3]), today, following="next" in said)
    if "near" in said or "of" in said:
        return _near(said.get("near") or said["of"], today)
    month = _MONTHS.index((said.get("month") or said["month2"])[:3]) + 1
    number, year = int(said.get("number") or said["number2"]), said.get("year") or said.get("year2")
    if year:
        return _valid(int(year), month, number)
    meant = _valid(today.year, month, number)
    return _valid(today.year + 1, month, number) if meant and meant < today else meant


def _weekday(day: int, today: date, *, following: bool) -> date:
    """The next such day, today included; with "next" the one of the week after this."""
    if following:
        return today + timedelta(_WEEK - today.weekday() + day)
    return today + timedelta((day - today.weekday()) % _WEEK)


def _near(word: str, today: date) -> date:
    match word:
        case "tomorrow":
            return today + timedelta(1)
        case "week" | "eow":
            return _weekday(_FRIDAY, today, following=False)
        case "next week":
            return _weekday(_FRIDAY, today, following=True)
        case "month":
            return (today.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
        case _:
            return today


def _valid(year: int, month: int, day: int) -> date | None:
    """A date, None for one that no calendar has."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
