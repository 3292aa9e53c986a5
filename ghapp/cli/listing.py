"""What waits and what was given up: as JSON for programs, and as tables for people in a terminal."""

from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ghapp.clock import age
from ghapp.errors import Refused, See
from ghapp.queue import DeadLetter, Pending, Received
from ghapp.queue.retry import REASON
from ghapp.render.quote import plain

UNBROKEN = frozenset({"id", "attempts", "age", "delivery", "taken", "done"})  # columns

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The dead letters, and the first jobs that wait."""

    letters: tuple[DeadLetter, ...]
    waiting: tuple[Pending, ...]
    left_out: int

    def to_json(self) -> Json:
        """The same as JSON."""
        return {
            "dead": [_letter(each) for each in self.letters],
            "waiting": [_pending(each) for each in self.waiting],
            "left_out": self.left_out,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that is known of one subject or delivery; a delivery may have rung several jobs."""

    letters: tuple[DeadLetter, ...]
    waiting: tuple[Pending, ...]
    received: tuple[Received, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not (self.letters or self.waiting or self.received)

    def to_json(self) -> Json:
        """The same as JSON."""
        return {
            "dead": [_letter(each) for each in self.letters],
            "waiting": [_pending(each) for each in self.waiting],
            "deliveries": [_received(each) for each in self.received],
        }


def print_listed(shown: Listed, *, now: datetime) -> None:
    """Print the dead letters with what was said of them, then what waits."""
    if not (shown.letters or shown.waiting):
        Console(highlight=False).print("Nothing waits, and there are no dead letters.")
        return
    rows = [
        *((str(each.id), each.fold, each.attempts, now - each.died_at, each.reason) for each in shown.letters),
        *(("", each.fold, each.attempts, each.since and now - each.since, _wait(each, now)) for each in shown.waiting),
    ]
    table = _table("id", "subject", "attempts", "age", "reason")
    for number, fold, attempts, span, reason in rows:
        table.add_row(number, Text(fold), str(attempts), age(span) if span else "", Text(plain(reason)))
    left_out = [f"{shown.left_out} more wait."] if shown.left_out else []
    _print(table, *left_out, *([f"What the reasons mean: ghapp manual {See.GIVEN_UP}"] if shown.letters else []))


def print_found(shown: Found, *, now: datetime) -> None:
    """Print all that is known of one."""
    facts = _table("", "")
    facts.show_header = False
    for name, value in _facts(shown, now):
        facts.add_row(Text(name, "dim"), Text(plain(value, REASON)))
    _print(*(part for part in (facts, _rung(shown, now)) if part.row_count))


def _rung(shown: Found, now: datetime) -> Table:
    dead = {each.fold for each in shown.letters}
    rung = _table("delivery", "event", "subject", "taken", "done")
    for each in shown.received:
        event = f"{each.event}.{each.action}" if each.action else each.event
        open_yet = "given up" if each.fold in dead else "not yet"
        done = age(now - each.done_at) + " ago" if each.done_at else open_yet
        rung.add_row(Text(each.guid), Text(event), Text(each.fold), age(now - each.received_at) + " ago", done)
    return rung


def _facts(shown: Found, now: datetime) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for letter in shown.letters:
        found += [
            ("dead letter", str(letter.id)),
            ("subject", letter.fold),
            ("asked for by", _why(letter)),
            ("attempts", str(letter.attempts)),
            ("given up", f"{letter.died_at:%Y-%m-%d %H:%M} UTC, {age(now - letter.died_at)} ago"),
            ("reason", letter.reason),
            ("to try again", f"ghapp deliveries replay {letter.id}"),
            ("what it means", f"ghapp manual {_meaning(letter)}"),
        ]
    for waits in shown.waiting:
        found += [
            ("waits", waits.fold),
            ("asked for by", _why(waits)),
            ("failures", str(waits.attempts)),
            *([("last failure", "in the log: job.again or job.failed of this subject")] if waits.attempts else []),
            ("next", _wait(waits, now)),
        ]
    return found


def _meaning(letter: DeadLetter) -> See:
    return See.PERMISSION if letter.reason.startswith(f"{Refused.__name__}:") else See.GIVEN_UP


def _why(each: DeadLetter | Pending) -> str:
    return each.job.why if each.job else "another version of Handoff"


def _wait(pending: Pending, now: datetime) -> str:
    if pending.due is None or pending.due <= now:
        return "its turn comes, or it runs"
    return f"waits {age(pending.due - now)}"


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in UNBROKEN)
    return table


def _print(*parts: Table | str) -> None:
    out = Console(highlight=False)
    with out.capture() as captured:
        for place, part in enumerate(parts):
            out.print(*([""] if place else []), part, sep="\n")
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _letter(letter: DeadLetter) -> Json:
    return {
        "id": letter.id,
        "subject": letter.fold,
        "why": letter.job and letter.job.why,
        "reason": letter.reason,
        "attempts": letter.attempts,
        "died_at": letter.died_at.isoformat(),
    }


def _pending(pending: Pending) -> Json:
    return {
        "subject": pending.fold,
        "why": pending.job and pending.job.why,
        "attempts": pending.attempts,
        "due": pending.due and pending.due.isoformat(),
        "since": pending.since and pending.since.isoformat(),
    }


def _received(each: Received) -> Json:
    return {
        "guid": each.guid,
        "subject": each.fold,
        "event": each.event,
        "action": each.action,
        "received_at": each.received_at.isoformat(),
        "done_at": each.done_at and each.done_at.isoformat(),
    }
