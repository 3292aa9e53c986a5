"""Hand-overs of a winter to take a picture of: a team in Taipei, contractors in Magelang and Copenhagen."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

from docs.pictures.backlog import TITLES
from ghapp.render import trends_page
from ghapp.trends.figures import Figures, figures
from tests.handover_world import HandoverWorld

CASES = Path(__file__).parents[2] / "tests" / "cases"
WHOLE = ("good-feature", "good-bug", "issue-form", "migration", "prose")
THIN = ("wish", "leaning", "title-only", "everything-elsewhere")
POLICY = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00, holidays: TW}
people:
  dana: {role: team}
  rui: {role: team}
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00, holidays: ID}
  mads: {role: contractor, timezone: Europe/Copenhagen, hours: 08:00-16:00}
"""
BEGIN = datetime(2026, 1, 5, 2, tzinfo=UTC)
NOW = datetime(2026, 3, 18, 4, tzinfo=UTC)
SAID = (
    ("How do we know that this is done?", "It is done when a paid invoice answers 409."),
    ("What should happen when the bank is down?", "When the bank is down, the worker goes on with the next one."),
    ("Which fields does the response have?", "The response has the fields id and state."),
)

Deed = Callable[[], Awaitable[object]]


def page() -> str:
    """The report on them, as a page."""
    return trends_page.page(asyncio.run(told()))


async def told() -> Figures:
    """What they say together, counted as the App counts."""
    world = HandoverWorld(POLICY)
    deeds = [deed for number in range(22) for deed in _handover(world, number)]
    for moment, deed in sorted(deeds, key=lambda each: each[0]):
        if moment < NOW:
            world.now = moment
            await deed()
    world.now = NOW
    await world.tick()  # as the clock looks at what goes on
    weeks = await world.store.weeks_of("acme/billing")
    found = figures("acme/billing", weeks, since=date(2026, 1, 5), now=NOW)
    assert found is not None
    return found


def _handover(world: HandoverWorld, number: int) -> Iterator[tuple[datetime, Deed]]:
    """One hand-over: the later it is, the more likely its issue is whole, and the fewer questions it needs."""
    issue, pull = 100 + number, 500 + number
    to, by = ("sari", "mads")[number % 2], ("dana", "rui")[number % 3 == 0]
    is_whole = number % 5 < number // 4
    name = list(zip(range(number + 1), cycle(WHOLE if is_whole else THIN), strict=False))[-1][1]
    body = (CASES / name / "issue.md").read_text(encoding="utf-8")
    asks, answer = SAID[number % 3]
    at = BEGIN + timedelta(days=number // 2 * 7 + number % 2 * 2, hours=number % 4)
    say, review = partial(world.say, issue), partial(world.review, by=by, number=pull)
    yield at, _issue(world, issue, body, to, by)
    if not is_whole:
        yield at + timedelta(hours=4), partial(say, asks, to)
        yield at + timedelta(hours=9 + 7 * (number % 4)), partial(say, answer, by)
    later = at + timedelta(days=2, hours=3)
    yield later, partial(world.open_pull, pull, to, closes=[issue])
    for _ in range(number % 2 if is_whole else 1 + number % 3):
        yield later + timedelta(hours=17), partial(review, "CHANGES_REQUESTED", "The last criterion is not met.")
        later += timedelta(days=1, hours=number % 5)
        yield later, partial(world.push, pull, to)
    yield later + timedelta(hours=20), partial(world.close, by, issue)


def _issue(world: HandoverWorld, number: int, body: str, to: str, by: str) -> Deed:
    async def hand_over() -> None:
        world.github.issue(number, title=TITLES[number % len(TITLES)], body=body, created_at=world.now)
        await world.assign(to, by, number)

    return hand_over
