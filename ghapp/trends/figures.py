"""What hand-overs say together: by week, by quarter and in all, who was waited for, what missing parts went with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from checks.verdict import Outcome
from config.people import Role
from ghapp.trends.cost import Cost, costs
from ghapp.trends.counting import current, is_followed
from ghapp.trends.turns import Turns, turns
from ghapp.trends.weeks import WEEK, Week, monday

SCORED = (Outcome.READY, Outcome.ALMOST, Outcome.NOT_READY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What a week, a quarter or all of them hold."""

    name: str  # 2026-W10, 2026-Q1
    monday: date  # of its first week
    is_whole: bool  # else it goes on, or begins before the report does
    handed: int  # issues handed over
    outcomes: tuple[int, int, int]  # of these at pick-up: ready, almost and not ready
    score: int | None  # the median of theirs; None where nobody judged one
    in_hand: int  # hand-overs that were not over when it began, and those that began in it
    questions: int  # asked in it
    rounds: int  # reviews in it that asked for changes
    team: Turns
    contractor: Turns

    @property
    def judged(self) -> int:
        """How many of the issues handed over have a score."""
        return sum(self.outcomes)

    @property
    def ready(self) -> int:
        """How many of them were ready."""
        return self.outcomes[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long others waited for one person."""

    login: str
    side: Role
    is_known: bool  # else nobody said where they work, and UTC was taken
    turns: Turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A report's figures."""

    name: str  # of an owner, or owner/name
    since: date  # the Monday of its first week
    now: datetime
    repositories: int
    whole: Period
    weeks: tuple[Period, ...]
    quarters: tuple[Period, ...]
    people: tuple[Waiting, ...]  # longest waited for first
    costs: tuple[Cost, ...]
    few: tuple[tuple[str, int], ...]  # criteria that were thin too seldom to say anything, and how often
    not_over: int  # hand-overs that go on, and count up to now
    rows: tuple[Week, ...]  # all of them, counted up to now
    unfollowed: int  # those among them that were not looked at for days: they count up to the last look


def figures(name: str, weeks: Sequence[Week], *, since: date, now: datetime) -> Figures | None:
    """The figures of all weeks from the one that a day is in; None where no hand-over was under way in them."""
    first = since - timedelta(days=since.weekday())
    seen = [each for each in current(weeks, now) if each.monday >= first]
    if not seen:
        return None
    open_ones = {each.handover: each for each in sorted(seen, key=_order) if each.ended_at is None}
    said, few = costs(seen)
    return Figures(
        name=name,
        since=first,
        now=now,
        repositories=len({each.repository for each in seen}),
        whole=_period("", first, seen, is_whole=not open_ones),
        weeks=tuple(_weeks(seen, now)),
        quarters=tuple(_quarters(seen, first, now)),
        people=_people(seen),
        costs=said,
        few=few,
        not_over=len(open_ones),
        rows=tuple(seen),
        unfollowed=sum(not is_followed(each, now) for each in open_ones.values()),
    )


def quarter(first: date) -> str:
    """The quarter of a week: the one its Thursday is in, as the year of a week is told (ISO 8601)."""
    thursday = first + timedelta(days=3)
    return f"{thursday.year}-Q{(thursday.month + 2) // 3}"


def _weeks(seen: Sequence[Week], now: datetime) -> Iterator[Period]:
    """Every week from the first in which there was anything, those with nothing too, until this one."""
    days = [each.monday for each in seen]
    today = _this_monday(seen, now)
    day = min(days)
    while day <= max(today, *days):
        year, number, _ = day.isocalendar()
        there = [each for each in seen if each.monday == day]
        yield _period(f"{year}-W{number:02}", day, there, is_whole=day < today)
        day += WEEK


def _quarters(seen: Sequence[Week], first: date, now: datetime) -> Iterator[Period]:
    held: dict[str, list[Week]] = defaultdict(list)
    for each in sorted(seen, key=_order):
        held[quarter(each.monday)].append(each)
    today = quarter(_this_monday(seen, now))
    for name, there in held.items():
        begins_before = quarter(first) == name == quarter(first - WEEK)
        yield _period(name, there[0].monday, there, is_whole=name != today and not begins_before)


def _this_monday(seen: Sequence[Week], now: datetime) -> date:
    return monday(now, ZoneInfo(max(seen, key=_order).zone))


def _order(week: Week) -> tuple[date, datetime]:
    return week.monday, week.picked_up_at


def _period(name: str, first: date, weeks: Sequence[Week], *, is_whole: bool) -> Period:
    begun = [each for each in weeks if each.begins]
    judged = [each for each in begun if each.outcome in SCORED]
    ready, almost, thin = (sum(each.outcome == outcome for each in judged) for outcome in SCORED)
    team, contractor = (
        turns((each.handover, wait) for each in weeks for wait in each.waits if wait.side is side)
        for side in (Role.TEAM, Role.CONTRACTOR)
    )
    return Period(
        name=name,
        monday=first,
        is_whole=is_whole,
        handed=len(begun),
        outcomes=(ready, almost, thin),
        score=round(median(each.score for each in judged)) if judged else None,
        in_hand=len({each.handover for each in weeks}),
        questions=sum(len(each.questions) for each in weeks),
        rounds=sum(each.rounds for each in weeks),
        team=team,
        contractor=contractor,
    )


def _people(weeks: Iterable[Week]) -> tuple[Waiting, ...]:
    held = defaultdict(list)
    for week in weeks:
        for wait in week.waits:
            held[wait.owner.casefold(), wait.side].append((week.handover, wait))
    found = [
        Waiting(
            login=theirs[-1][1].owner,
            side=side,
            is_known=all(wait.is_known for _, wait in theirs),
            turns=turns(theirs),
        )
        for (_, side), theirs in held.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.side is Role.CONTRACTOR, -each.turns.worked, each.login)))
