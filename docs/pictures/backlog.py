"""A backlog to take a picture of: the texts of our cases, most of them with something left out, as in real ones."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from ghapp import scan
from ghapp.backlog.figures import figures
from ghapp.backlog.scans import Scan
from ghapp.github import read
from ghapp.render import backlog_page
from tests.fake_state import NOON
from tests.fakes import INSTALLATION, FakeGitHub
from tests.memory import MemoryStore

CASES = Path(__file__).parents[2] / "tests" / "cases"
WHOLE = ("good-feature", "good-bug", "issue-form", "migration", "prose", "small-chore", "spike")
THIN = ("wish", "question", "ownership", "title-only", "leaning", "everything-elsewhere", "epic", "pasted-log")
TITLES = (
    "Let customers revoke an API key",
    "Export invoices as CSV with a header line",
    "Retry a failed payment after one hour, three times at most",
    "Answer 409 when two people edit the same invoice",
    "Move sessions from memory to Redis",
    "Show the time zone beside each booking",
    "Reject uploads over 20 MiB with a sentence",
    "Round VAT per line, not per invoice",
    "Send one mail when an import ends",
    "Drop the column legacy_id from orders",
    "List deleted users for auditors",
    "Time out the tax service after two seconds",
    "Keep the audit log for ten years",
    "Refuse a second refund of the same payment",
    "Sort search hits by date, newest first",
    "Read dates as ISO 8601 in every import",
    "Name the missing field in a 422",
    "Send receipts in the customer's language",
    "Lock an account after ten wrong passwords",
    "Stop charging cards that expired",
    "Show who approved a discount",
    "Delete drafts that nobody opened for a year",
    "Count API calls by key and day",
)


def page() -> str:
    """The report on it, as a page."""
    return backlog_page.page(figures(asyncio.run(scanned())), "https://github.com")


async def scanned() -> Scan:
    """The scan of it, made as the App makes it."""
    store, github = MemoryStore(), filled()
    subject = (await read.named_repository(github, github.repository.name)).subject(INSTALLATION)
    kept = scan.InStore(store=store, subject=subject, name=github.repository.name)
    scanning = scan.Scanning(
        client=github, subject=subject, kept=kept, policy=scan.read_policy, judge=scan.judge, now=lambda: NOON
    )
    await scan.go(scanning, told=_quiet, waits=_quiet)
    whole = await kept.whole()
    assert whole is not None
    return whole


def filled() -> FakeGitHub:
    """A GitHub with issues of all kinds, and pull requests with and without their reasons."""
    github, titles = FakeGitHub(), cycle(TITLES)
    for number, body in enumerate(_bodies(), 1):
        github.issue(number, title=next(titles), body=body, created_at=NOON + timedelta(hours=number))
    pulls = [case.read_text(encoding="utf-8") for case in sorted(CASES.glob("*/pull.md"))]
    for number, body in enumerate(pulls * 5, 1_001):
        github.pull(number, body=body, head=f"{number:040x}", created_at=NOON + timedelta(hours=number))
    return github


def _bodies() -> Iterator[str]:
    for name in WHOLE:
        parts = (CASES / name / "issue.md").read_text(encoding="utf-8").split("\n\n")
        for length in range(1, 6):
            yield from ("\n\n".join(parts[start : start + length]) for start in range(0, len(parts) - length + 1, 2))
    for name in THIN * 4:
        yield (CASES / name / "issue.md").read_text(encoding="utf-8")


def _quiet(_told: object) -> None:
    """Nobody watches."""
