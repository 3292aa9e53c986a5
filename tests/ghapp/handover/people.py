"""Events as tests of hand-overs tell them: dana of the team, sari the contractor, an hour between two deeds."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from config.load import load
from config.policy import Policy
from ghapp.handover.derive import Judged, derive
from ghapp.handover.facts import Deed, Event, Facts, Handback
from ghapp.handover.ledger import Handover

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
POLICY = "people: {sari: {role: contractor}, mads: {role: contractor}, dana: {role: team}, rui: {role: team}}"
HOUR = timedelta(hours=1)


def did(deed: Deed, by: str, **parts: Any) -> Event:
    """A deed; when it was done is said by its place in the story."""
    return Event(deed=deed, at=BEGIN, by=by, **parts)


def said(by: str, text: str, **parts: Any) -> Event:
    return did(Deed.COMMENTED, by, text=text, **parts)


def story(*events: Event) -> tuple[Event, ...]:
    """The deeds an hour apart, with ids in their order; the first one is the pick-up."""
    from dataclasses import replace

    return tuple(replace(each, at=BEGIN + place * HOUR, id=each.id or 100 + place) for place, each in enumerate(events))


def facts(*events: Event, **changes: Any) -> Facts:
    """Issue 1 in sari's hands, and pull request 5 where somebody opened it."""
    told = story(did(Deed.ASSIGNED, "dana", to="sari"), *events)
    opened = next((each for each in told if each.deed is Deed.OPENED), None)
    pulls = (handback(created_at=opened.at),) if opened else ()
    whole = {
        "number": 1,
        "title": "Retry failed invoices",
        "body": "Failed invoices are retried.",
        "author": "dana",
        "is_open": True,
        "assignees": ("sari",),
        "pulls": pulls,
        "events": told,
        "read_at": told[-1].at + HOUR,
    }
    return Facts(**whole | changes)


def handback(**changes: Any) -> Handback:
    whole = {
        "number": 5,
        "title": "Retry failed invoices",
        "body": "",
        "author": "sari",
        "is_open": True,
        "is_draft": False,
        "is_merged": False,
        "is_locked": False,
        "created_at": BEGIN,
    }
    return Handback(**whole | changes)


@cache
def in_force(policy: str) -> Policy:
    return load(policy).policy


def ledger(
    seen: Facts, *, kept: Handover | None = None, policy: str = POLICY, judged: Judged | None = None
) -> Handover:
    """The ledger that follows."""
    found = derive(seen, in_force(policy), judged or Judged(), repository="acme/billing", kept=kept)
    assert found
    return found
