"""Backlogs for the tests of the report: rows of any outcome, and scans of them."""

from datetime import UTC, date, datetime
from typing import Any

from checks.subject import Kind
from checks.verdict import Outcome, Status
from ghapp.backlog.rows import Row
from ghapp.backlog.scans import Asked, Scan

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DEFAULTS = Asked(version="defaults", files=(), broken=False, threshold=70)
HOSTILE = '=HYPERLINK("https://evil.example","<b>click</b>") \x1b[31m\u202e</title><script>alert(1)</script>'


def issue(number: int = 1, outcome: Outcome = Outcome.NOT_READY, score: int = 20, **changes: Any) -> Row:
    return Row(**(_plain(Kind.ISSUE, number, outcome, score) | changes))


def pull(number: int = 5, why: Status | None = Status.MET, **changes: Any) -> Row:
    outcome = Outcome.SKIPPED if why is None else Outcome.NOT_READY if why is Status.MISSING else Outcome.READY
    return Row(**(_plain(Kind.PULL, number, outcome, 50) | {"why": why} | changes))


def scan(*rows: Row, **changes: Any) -> Scan:
    return Scan(**({"repository": "acme/billing", "began": AT, "ended": AT, "asked": DEFAULTS, "rows": rows} | changes))


def some() -> Scan:
    """A small backlog with something of everything."""
    missing, partly = Status.MISSING, Status.PARTLY
    return scan(
        issue(1, Outcome.READY, 100, title="Let customers revoke an API key"),
        issue(2, Outcome.READY, 85, title=HOSTILE, gaps={"edge-cases": missing}),
        issue(3, Outcome.READY, 90, title="Somebody is at it", assigned=True),
        issue(4, Outcome.ALMOST, 65, title="Almost there", gaps={"acceptance": missing}, mended_by=("acceptance",)),
        issue(5, Outcome.NOT_READY, 30, gaps={"acceptance": missing, "scope": missing, "context": partly}),
        issue(6, Outcome.NOT_READY, 0, gaps={"acceptance": missing, "scope": missing}, labels=("bug", "-now")),
        issue(7, Outcome.SKIPPED, 0, reason="The text is not in English, the one language that can be judged here."),
        pull(8),
        pull(9, Status.PARTLY, gaps={"why": partly}),
        pull(10, Status.MISSING, gaps={"why": missing}, title="+1"),
        pull(11, None, reason="Written by a bot, the-bot; the policy exempts bots."),
    )


def _plain(kind: Kind, number: int, outcome: Outcome, score: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "number": number,
        "title": f"Work {number}",
        "author": "dana",
        "association": "MEMBER",
        "labels": (),
        "assigned": False,
        "opened": date(2026, 2, 1 + number % 28),
        "outcome": outcome,
        "score": score,
        "gaps": {},
    }
