"""Scans a backlog: a page is read, judged and kept at each step, so that it goes on from wherever it ended."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from checks.subject import Kind
from config import standing
from config.load import PATH, Loaded
from config.standing import File, Standing
from ghapp.backlog.items import Item
from ghapp.backlog.rows import Row, row
from ghapp.backlog.scans import FIRST, Asked, Page, Part, Scan, Spot, whole
from ghapp.context import apart, standing_policy
from ghapp.errors import Again
from ghapp.github import read
from ghapp.github.client import Client
from ghapp.github.facts import Place
from ghapp.github.read.scans import PULLS, Read
from ghapp.overrides import Word
from ghapp.store import Store
from ghapp.subjects import Subject

PATIENCE = timedelta(minutes=5)  # what somebody at a terminal is let wait for GitHub without being asked
PAUSES = (2.0, 8.0, 20.0)  # seconds before each further attempt where GitHub names no time

Judge = Callable[[Sequence[Item], Loaded], Awaitable[tuple[Row, ...]]]
PolicyOf = Callable[[Place], Awaitable[Standing]]


class Kept(Protocol):
    """Where the scans of one repository are kept."""

    async def last(self) -> Page | None:
        """The page where a scan goes on; None where none is under way."""
        ...

    async def pages(self) -> tuple[Page, ...]:
        """All pages of the scan that is under way, in their order."""
        ...

    async def add(self, page: Page) -> None:
        """Keep a page of a scan that is under way."""
        ...

    async def drop(self) -> None:
        """Forget the scan that is under way."""
        ...

    async def end(self, scan: Scan) -> None:
        """Keep a whole scan, in the place of its pages and of the one before."""
        ...

    async def whole(self) -> Scan | None:
        """The newest whole scan."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InStore:
    """Scans of a repository in the database."""

    store: Store
    subject: Subject
    name: str = ""  # owner/name; whole scans are found by it

    async def last(self) -> Page | None:
        """See `Kept`."""
        return await self.store.last_scan_page(self.subject)

    async def pages(self) -> tuple[Page, ...]:
        """See `Kept`."""
        return await self.store.scan_pages(self.subject)

    async def add(self, page: Page) -> None:
        """See `Kept`."""
        await self.store.keep_scan_page(self.subject, page)

    async def drop(self) -> None:
        """See `Kept`."""
        await self.store.drop_scan_pages(self.subject)

    async def end(self, scan: Scan) -> None:
        """See `Kept`."""
        await self.store.end_scan(self.subject, scan)

    async def whole(self) -> Scan | None:
        """See `Kept`."""
        return await self.store.scan(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanning:
    """One scan: of which repository, as whom, how it is judged, and where it is kept."""

    client: Client
    subject: Subject
    kept: Kept
    policy: PolicyOf
    judge: Judge
    now: Callable[[], datetime]


class Stopped(Exception):
    """GitHub does not go on: what was read is kept. `until` is when to come back, None where nobody knows."""

    def __init__(self, reason: str, until: datetime | None) -> None:
        super().__init__(reason)
        self.until = until


async def kept_policy(store: Store, subject: Subject, place: Place) -> Standing:
    """The policy in force, as the default branches and the database have it."""
    return await standing_policy(store, subject, place.policy)


async def read_policy(place: Place) -> Standing:
    """The policy in force, as the default branches alone have it: a broken file leaves what it would be laid over."""
    owner = place.policy.owner
    files = File(text=place.policy.text), File(text=owner.text if owner.is_there else "")
    return await apart(lambda: standing.stand(*files, owner_file=f"{owner.repository}/{PATH}"))


async def judge(items: Sequence[Item], loaded: Loaded) -> tuple[Row, ...]:
    """Judge one after the other beside the event loop, so that what somebody waits for comes between."""
    return tuple([await apart(partial(row, item, loaded)) for item in items])


async def words(store: Store, repository: str, *, now: datetime) -> dict[tuple[Kind, int], Word]:
    """What people said over the verdicts of a repository and that stands, by kind and number."""
    newest = {
        (each.subject.kind.value, each.subject.number): each.override for each in await store.overrides(repository)
    }
    return {(Kind(kind), number): said.word for (kind, number), said in newest.items() if said.stands(now)}


async def step(scanning: Scanning, *, attempt: int = 0) -> Page:
    """Read, judge and keep one page more; the last one makes the scan whole. Smaller pages at each further attempt.

    Where the policy changed since the page before, the scan begins anew: all of it is judged alike.

    Raises:
        Again: GitHub does not answer now, or limits us.
        Gone: the repository is out of our reach.
        Refused: we may not read its issues.
    """
    last = await scanning.kept.last()
    if last is not None and last.next is None:  # a process ended between its last two steps
        return await _ended(scanning, last)
    found = await read.scan_page(scanning.client, scanning.subject, _spot(last), attempt=attempt)
    stands = await scanning.policy(found.place)
    if last is not None and last.asked != _asked(stands):
        await scanning.kept.drop()
        return await step(scanning, attempt=attempt)
    page = await _judged(scanning, found, stands, last)
    await scanning.kept.add(page)
    return page if page.next else await _ended(scanning, page)


async def go(scanning: Scanning, *, told: Callable[[Page], None], waits: Callable[[datetime], None]) -> None:
    """Take every step that is left; `told` hears of each page, `waits` until when GitHub lets us wait.

    Raises:
        Stopped: GitHub does not go on soon.
        Gone: the repository is out of our reach.
        Refused: we may not read its issues.
    """
    page: Page | None = None
    while page is None or page.next is not None:
        page = await _patiently(scanning, waits)
        told(page)


async def _patiently(scanning: Scanning, waits: Callable[[datetime], None]) -> Page:
    attempt, left = 0, PATIENCE
    while True:
        try:
            return await step(scanning, attempt=attempt)
        except Again as error:
            pause = max(error.at - scanning.now(), timedelta(seconds=1)) if error.at else _pause(attempt)
            if pause is None or pause > left:
                raise Stopped(str(error), error.at) from error
            if error.at:
                waits(error.at)
            left -= pause
            attempt += not error.at  # a limit says nothing of the page
        await scanning.client.sleep(pause.total_seconds())


def _pause(attempt: int) -> timedelta | None:
    return timedelta(seconds=PAUSES[attempt]) if attempt < len(PAUSES) else None


async def _ended(scanning: Scanning, last: Page) -> Page:
    pages = {page.number: page for page in await scanning.kept.pages()}
    if sorted(pages) == list(range(1, last.number + 1)):
        await scanning.kept.end(whole(list(pages.values())))
    else:  # another process scanned the same and was here first: its scan is the whole one
        await scanning.kept.drop()
    return last


def _spot(last: Page | None) -> Spot:
    return (last.next if last else None) or FIRST


async def _judged(scanning: Scanning, found: Read, stands: Standing, last: Page | None) -> Page:
    spot = _spot(last)
    before = last.seen if last is not None and last.part is spot.part else 0
    seen = before + len(found.items)
    return Page(
        part=spot.part,
        number=last.number + 1 if last else 1,
        repository=found.place.repository,
        at=scanning.now(),
        asked=_asked(stands),
        open=last.open if last is not None and spot.part is Part.PULLS else found.open,
        seen=seen,
        rows=await scanning.judge(found.items, stands.loaded),
        next=_next(found, spot, seen),
    )


def _next(found: Read, spot: Spot, seen: int) -> Spot | None:
    if spot.part is Part.ISSUES:
        return replace(spot, after=found.next) if found.next else Spot(part=Part.PULLS)
    return replace(spot, after=found.next) if found.next and seen < PULLS else None


def _asked(stands: Standing) -> Asked:
    loaded = stands.loaded
    return Asked(
        version=loaded.version,
        files=tuple(dict.fromkeys((*loaded.files_for("readiness"), *loaded.files_for("rationale")))),
        broken=bool(stands.broken or stands.broken_owner),
        threshold=loaded.policy.readiness.threshold,
    )
