"""Scans without a database: a folder for each repository, with the newest whole scan and the pages of one under way."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ghapp.backlog.scans import PAGE, SCAN, Page, Scan, as_json, read
from ghapp.errors import UserError

T = TypeVar("T")

OURS_ONLY = 0o700  # the folder: titles of private issues are nobody else's


@dataclass(frozen=True, slots=True)
class ScanFile:
    """The scans of one repository, in a folder of its own; pages are lines that are only ever added."""

    folder: Path

    async def last(self) -> Page | None:
        """The page where a scan goes on; what a killed process wrote of a line is none."""
        return self._usable(lambda: next(self._read(reversed(self._lines())), None))

    async def pages(self) -> tuple[Page, ...]:
        """All pages of the scan that is under way, in their order."""
        return self._usable(lambda: tuple(self._read(self._lines())))

    async def add(self, page: Page) -> None:
        """Keep a page of a scan that is under way."""
        self._usable(lambda: self._append(json.dumps(as_json(PAGE, page))))

    async def drop(self) -> None:
        """Forget the scan that is under way."""
        self._usable(lambda: self._pages.unlink(missing_ok=True))

    async def end(self, scan: Scan) -> None:
        """Keep a whole scan, in the place of its pages and of the one before."""
        self._usable(lambda: self._replace(json.dumps(as_json(SCAN, scan))))

    async def whole(self) -> Scan | None:
        """The newest whole scan."""
        text = self._usable(lambda: self._whole.read_text(encoding="utf-8") if self._whole.exists() else "")
        return read(SCAN, _parsed(text))

    @property
    def _pages(self) -> Path:
        return self.folder / "pages.jsonl"

    @property
    def _whole(self) -> Path:
        return self.folder / "scan.json"

    def _lines(self) -> list[str]:
        return self._pages.read_text(encoding="utf-8").split("\n") if self._pages.exists() else []

    def _read(self, lines: Iterable[str]) -> Iterator[Page]:
        found = (read(PAGE, _parsed(line)) for line in lines)
        return (page for page in found if page is not None)

    def _append(self, line: str) -> None:
        self.folder.mkdir(mode=OURS_ONLY, parents=True, exist_ok=True)
        with self._pages.open("a", encoding="utf-8") as pages:
            pages.write(f"\n{line}")  # behind what a killed process may have left of a line

    def _replace(self, text: str) -> None:
        self.folder.mkdir(mode=OURS_ONLY, parents=True, exist_ok=True)
        written = self.folder / "scan.new"
        written.write_text(text, encoding="utf-8")
        written.replace(self._whole)
        self._pages.unlink(missing_ok=True)

    def _usable(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except (OSError, UnicodeDecodeError) as error:
            cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise UserError(
                f"{self.folder} cannot be used for what is read ({cause}): mend it, or set XDG_CACHE_HOME to a folder "
                "that can be written."
            ) from None


def _parsed(line: str) -> object:
    try:
        return json.loads(line) if line else None
    except (ValueError, RecursionError):
        return None
