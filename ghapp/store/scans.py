"""What scans of a backlog keep: the newest whole one of each repository, and the pages of one that is under way."""

from collections.abc import Collection
from typing import Protocol

from ghapp.backlog.scans import Page, Scan
from ghapp.subjects import Subject


class Scans(Protocol):
    """The part of the store that keeps scans; deleted with their installation.

    Raises:
        Again: the database cannot be reached now.
    """

    async def keep_scan_page(self, subject: Subject, page: Page) -> None:
        """Keep a page of a scan that is under way."""
        ...

    async def last_scan_page(self, subject: Subject) -> Page | None:
        """The page where a scan goes on; None where none is under way, or another version of Handoff began it."""
        ...

    async def scan_pages(self, subject: Subject) -> tuple[Page, ...]:
        """All pages of the scan that is under way, in their order."""
        ...

    async def drop_scan_pages(self, subject: Subject) -> None:
        """Forget the scan that is under way."""
        ...

    async def end_scan(self, subject: Subject, scan: Scan) -> None:
        """Keep a whole scan, in the place of its pages and of the one before."""
        ...

    async def scan(self, repository: str) -> Scan | None:
        """The newest whole scan of a repository, by the name it had then: owner/name, in any case of letters."""
        ...

    async def scanned(self, repositories: Collection[int]) -> frozenset[int]:
        """Those of some repositories of which a scan is kept or under way."""
        ...
