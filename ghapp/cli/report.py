"""`ghapp report`: how hand-overs go, week by week, told by the database alone."""

import json
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from rich.console import Console

from ghapp import clock, settings
from ghapp.cli.deliveries import DONE, ended, opened
from ghapp.cli.printed import Form, refuse_homeless, write
from ghapp.errors import UserError
from ghapp.render import trends_page, trends_table, trends_text
from ghapp.render.quote import plain
from ghapp.settings import Settings
from ghapp.store import Store
from ghapp.trends.figures import Figures, figures
from ghapp.trends.weeks import Week

NAMED = 10  # repositories in a sentence
UNITS = {"d": "days", "w": "weeks"}

_NAME = re.compile(r"[A-Za-z0-9_-]+(/(?!\.\.?$)[A-Za-z0-9_.-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Of what the report is to be, and how it is shown."""

    name: str
    since: str
    form: Form
    html: Path | None


def run(order: Order) -> int:
    """Print the report; the exit code."""
    return ended(_run(order))


def day(word: str, *, now: datetime) -> date:
    """A day as people write it, or 30d or 12w ago.

    Raises:
        UserError: it is neither, or it is to come.
    """
    number, unit = word[:-1], word[-1:]
    try:
        if unit in UNITS and number.isascii() and number.isdigit():
            found = now.date() - timedelta(**{UNITS[unit]: int(number)})
        else:
            found = date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise UserError(
            f"--since takes a day such as 2026-01-05, or a span such as 30d or 12w: not {word!r}."
        ) from None
    if found > now.date() + timedelta(days=1):  # somewhere it is tomorrow
        raise UserError(f"--since {word} is to come: give a day that is over.")
    return found


async def _run(order: Order) -> int:
    now = clock.now()
    since = day(order.since, now=now)
    if not _NAME.fullmatch(order.name):
        raise UserError(f"{order.name!r} is no name: give OWNER, or OWNER/REPO as in acme/billing.")
    refuse_homeless(order.html)
    chosen = settings.load()
    async with opened(chosen) as (store, _):
        weeks = await store.weeks_of(order.name)
        if not weeks:
            raise await _unknown(order.name, store)
    found = figures(_spelt(order.name, weeks), weeks, since=since, now=now)
    if found is None:
        newest = max(each.monday for each in weeks)
        raise UserError(
            f"no hand-over was under way there since {since}, but in the week of {newest}: give --since {newest}."
        )
    if order.html is not None:
        write(order.html, trends_page.page(found))
    _print(order, found, chosen)
    return DONE


def _spelt(name: str, weeks: tuple[Week, ...]) -> str:
    """The name as GitHub writes it now."""
    called = max(weeks, key=lambda each: each.monday).repository
    return called if "/" in name else called.partition("/")[0]


async def _unknown(name: str, store: Store) -> UserError:
    known = await store.weeks_known()
    if not known:
        return UserError(
            "no hand-over is known here yet: assign an issue to a contractor where the App is installed, "
            "and see that `handover` is on in the policy."
        )
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    named = ", ".join(map(plain, known[:NAMED]))
    return UserError(
        f"no hand-over is known of {name}: check the name, or hand one over there; known are {named}{more}."
    )


def _print(order: Order, found: Figures, chosen: Settings) -> None:
    match order.form:
        case Form.JSON:
            sys.stdout.write(json.dumps(trends_table.as_json(found), ensure_ascii=False, indent=2) + "\n")
        case Form.CSV:
            sys.stdout.write(trends_table.as_csv(found, chosen.github_web_url))
        case Form.PEOPLE:
            out = Console(highlight=False, soft_wrap=True)
            for line in trends_text.lines(found, width=out.width):
                out.print(line)
            if order.html is not None:
                out.print(f"\nThe page is in {order.html}.", markup=False)
