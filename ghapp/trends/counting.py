"""How weeks come from ledgers: what was counted once stays, and only what came since is added.

So a policy that has other hours tomorrow does not rewrite what is past.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from config.policy import Policy
from ghapp import hours
from ghapp.handover.ledger import Handover, Move
from ghapp.trends.weeks import Wait, Week, monday, split

FOLLOWED = timedelta(days=2)  # without a look for longer, a hand-over is counted up to the last one

_Turn = tuple[datetime, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What one count of a hand-over goes by."""

    policy: Policy
    zone: ZoneInfo
    end: datetime  # of the hand-over, or the moment of the count
    ended_before: datetime | None  # when it was over, as it was counted last
    kept: Mapping[_Turn, Mapping[date, Wait]]


def counted(
    handover: Handover, policy: Policy, *, now: datetime, kept: Sequence[Week], before: Handover | None = None
) -> tuple[Week, ...]:
    """All weeks of an issue: those of its hand-over as they are now, and those of earlier ones as they were kept.

    `before` is the ledger that was kept until now; where it is of an earlier pick-up, that is over with this one.
    """
    ledgers = [handover]
    if before is not None and before.picked_up_at != handover.picked_up_at:
        ledgers.insert(0, replace(before, ended_at=before.ended_at or handover.picked_up_at))
    anew = {each.picked_up_at for each in ledgers}
    earlier = [each for each in kept if each.picked_up_at not in anew]
    return (*earlier, *(week for ledger in ledgers for week in _weeks(ledger, policy, now=now, kept=kept)))


def current(weeks: Iterable[Week], now: datetime) -> tuple[Week, ...]:
    """The weeks with every turn that goes on counted up to a moment, in the hours that held at the last look."""
    return tuple(later for week in weeks for later in _current(week, now))


def is_followed(week: Week, now: datetime) -> bool:
    """Whether a hand-over's last look is recent enough to say that its turn goes on."""
    return all(now - each.until <= FOLLOWED for each in week.waits if each.theirs)


def _current(week: Week, now: datetime) -> tuple[Week, ...]:
    last = week.waits[-1] if week.waits else None
    if last is None or last.theirs is None or last.until >= now or not is_followed(week, now):
        return (week,)
    (_, begin, end), *later = split(last.until, now, ZoneInfo(week.zone))
    on = _plus(last, begin, end, last.theirs)
    before = replace(week, waits=(*week.waits[:-1], replace(on, theirs=None) if later else on))
    fresh = replace(week, begins=False, questions=(), rounds=0)
    nothing = replace(last, worked=timedelta())
    following = (
        replace(fresh, monday=day, waits=(_plus(nothing, begin, end, last.theirs),)) for day, begin, end in later
    )
    return (before, *following)


def _weeks(ledger: Handover, policy: Policy, *, now: datetime, kept: Sequence[Week]) -> tuple[Week, ...]:
    ours = [each for each in kept if each.picked_up_at == ledger.picked_up_at]
    name = policy.team.timezone or "UTC"
    count = _Count(
        policy=policy,
        zone=ZoneInfo(name),
        end=ledger.ended_at or now,
        ended_before=ours[0].ended_at if ours else None,
        kept=_turns(ours),
    )
    waits = _waits(ledger, count)
    days = sorted(waits)
    if not days:
        return ()
    asked, rounds = _said(ledger, days, count.zone)
    return tuple(
        Week(
            repository=ledger.repository,
            number=ledger.number,
            picked_up_at=ledger.picked_up_at,
            monday=day,
            zone=name,
            begins=day == days[0],
            outcome=ledger.outcome,
            score=ledger.score,
            gaps=ledger.gaps,
            questions=tuple(asked[day]),
            rounds=rounds[day],
            waits=tuple(waits[day]),
            ended_at=ledger.ended_at,
        )
        for day in days
    )


def _turns(weeks: Sequence[Week]) -> dict[_Turn, dict[date, Wait]]:
    found: dict[_Turn, dict[date, Wait]] = defaultdict(dict)
    for week in weeks:
        for wait in week.waits:
            found[wait.since, wait.owner][week.monday] = replace(wait, theirs=None)
    return found


def _waits(ledger: Handover, count: _Count) -> dict[date, list[Wait]]:
    ends = (*(move.since for move in ledger.moves[1:]), count.end)
    found: dict[date, list[Wait]] = defaultdict(list)
    for move, end in zip(ledger.moves, ends, strict=False):
        runs = ledger.ended_at is None and move is ledger.moves[-1]
        for day, wait in _turn(move, end, count, runs=runs).items():
            found[day].append(wait)
    return found


def _turn(move: Move, end: datetime, count: _Count, *, runs: bool) -> dict[date, Wait]:
    """One turn by weeks: what was counted, and what came since.

    While the issue was closed nobody waited; a turn that is found to have ended earlier is counted anew.
    """
    theirs = hours.of(move.owner, count.policy)
    fresh = Wait(
        owner=move.owner,
        side=move.side,
        since=move.since,
        until=move.since,
        worked=timedelta(),
        is_known=theirs.is_known,
    )
    found = dict(count.kept.get((move.since, move.owner), {}))
    until = max((each.until for each in found.values()), default=move.since)
    if until > end and not runs:
        found, until = {}, move.since
    end = max(end, until)
    is_resumed = bool(found) and until == count.ended_before
    for day, begin, stop in split(end if is_resumed else until, end, count.zone):
        found[day] = _plus(found.get(day, fresh), begin, stop, theirs)
    last = max(found)
    found[last] = replace(found[last], theirs=_ahead(theirs, end) if runs else None)
    return found


def _plus(wait: Wait, begin: datetime, end: datetime, theirs: hours.Hours) -> Wait:
    return replace(wait, until=end, worked=wait.worked + theirs.worked(begin, end))


def _ahead(theirs: hours.Hours, at: datetime) -> hours.Hours:
    """The hours without absences that are over: nothing is kept of anybody that no count needs."""
    today = theirs.local(at).date()
    return replace(theirs, away=tuple(each for each in theirs.away if each[1] >= today))


def _said(ledger: Handover, days: Sequence[date], zone: ZoneInfo) -> tuple[dict[date, list[str]], Counter[date]]:
    """What was asked by weeks, as the criteria that it is about; and how many reviews asked for changes."""
    asked: dict[date, list[str]] = {day: [] for day in days}
    for question in ledger.questions:
        asked[_nearest(question.at, days, zone)].append(question.criterion)
    return asked, Counter(_nearest(at, days, zone) for at in ledger.demanded)


def _nearest(at: datetime, days: Sequence[date], zone: ZoneInfo) -> date:
    """The week of a moment; what was said outside of a hand-over's weeks counts in the nearest before."""
    there = monday(at, zone)
    return max((day for day in days if day <= there), default=days[0])
