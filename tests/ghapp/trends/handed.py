"""Weeks of hand-overs for the tests of trends: one at a time, and some months of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from config.load import load
from config.people import Role
from ghapp import hours
from ghapp.trends.weeks import Wait, Week

NOW = datetime(2026, 3, 18, 4, tzinfo=UTC)  # a Wednesday, noon in Taipei
POLICY = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00, holidays: TW}
people:
  dana: {role: team}
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00, holidays: ID}
  mads: {role: contractor, timezone: Europe/Copenhagen, hours: 08:00-16:00}
  ana: {role: contractor, timezone: America/Sao_Paulo, hours: 10:00-18:00, away: [2026-03-10/2026-03-12]}
"""
SARI = hours.of("sari", load(POLICY).policy)


def wait(owner: str, spent: float, since: datetime, **changes: Any) -> Wait:
    """A turn of so many hours; whoever is called dana or rui is of the team."""
    side = Role.TEAM if owner in ("dana", "rui") else Role.CONTRACTOR
    whole = {"owner": owner, "side": side, "since": since, "until": since + timedelta(days=1)}
    return Wait(**whole | {"worked": timedelta(hours=spent)} | changes)


def week(number: int, monday: str, *, team: float = 0, contractor: float = 8, **changes: Any) -> Week:
    """The first and only week of a hand-over that is over."""
    day = date.fromisoformat(monday)
    begin = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    later = begin + timedelta(days=1)
    whole: dict[str, Any] = {
        "repository": "acme/billing",
        "number": number,
        "picked_up_at": begin,
        "monday": day,
        "zone": "Asia/Taipei",
        "begins": True,
        "outcome": "ready",
        "score": 90,
        "waits": (wait("sari", contractor, begin), wait("dana", team, later)),
        "ended_at": begin + timedelta(days=3),
    }
    return Week(**whole | changes)


def some() -> tuple[Week, ...]:
    """A winter of hand-overs: thin ones with questions, ready ones with few, one that goes on, one in two weeks."""
    thin = [
        week(
            number,
            f"2026-01-{5 + 7 * (number % 4):02}",
            team=6 + number,
            outcome="not-ready" if number % 2 else "almost",
            score=30 + number,
            gaps=("acceptance", "edge-cases"),
            questions=("acceptance", "acceptance", ""),
            rounds=number % 3,
        )
        for number in range(1, 7)
    ]
    good = [
        week(number, f"2026-02-{2 + 7 * (number % 3):02}", team=number - 9, questions=("scope",) * (number % 2))
        for number in range(10, 16)
    ]
    begun = datetime(2026, 3, 12, 3, tzinfo=UTC)
    open_one = week(
        20,
        "2026-03-09",
        picked_up_at=begun,
        gaps=("scope",),
        score=75,
        ended_at=None,
        waits=(wait("rui", 12.5, begun),),
    )
    since = datetime(2026, 3, 13, 3, tzinfo=UTC)
    runs = wait("sari", 4, since, until=NOW - timedelta(hours=2), theirs=SARI, is_known=False)
    goes_on = week(
        20, "2026-03-16", picked_up_at=begun, gaps=("scope",), score=75, ended_at=None, begins=False, waits=(runs,)
    )
    elsewhere = week(3, "2026-03-02", repository="acme/web", outcome="skipped", score=0)
    return (*thin, *good, open_one, goes_on, elsewhere)
