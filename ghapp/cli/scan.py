"""`ghapp scan`: reads a repository's whole backlog, and says what could be handed over today."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from checks.subject import Kind
from ghapp import clock, scan, settings
from ghapp.backlog.figures import Figures, figures
from ghapp.backlog.rows import told
from ghapp.backlog.scans import Page, Part, Scan
from ghapp.cli.deliveries import ended, opened
from ghapp.cli.judges import Judges
from ghapp.cli.printed import Form, refuse_homeless, write
from ghapp.cli.scanner import Scanner, folder, scanner
from ghapp.errors import Again, Gone, Refused, UserError
from ghapp.github.read.scans import PULLS
from ghapp.render import backlog_page, backlog_table, backlog_text
from ghapp.render.headline import number
from ghapp.settings import Settings

DONE, INTERRUPTED = 0, 130

_NAME = re.compile(r"[A-Za-z0-9_-]+/(?!\.\.?$)[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be scanned, and how the report is shown."""

    repository: str
    form: Form
    html: Path | None
    fresh: bool
    last: bool


def run(order: Order) -> int:
    """Scan a repository, or take what is kept, and print the report; the exit code."""
    try:
        return ended(_run(order))
    except KeyboardInterrupt:
        sys.stderr.write("ghapp: stopped. What was read is kept: the same command goes on there.\n")
        return INTERRUPTED


async def _run(order: Order) -> int:
    if not _NAME.fullmatch(order.repository):
        raise UserError(f"{order.repository!r} is no repository's name: give OWNER/REPO, as in acme/billing.")
    refuse_homeless(order.html)
    chosen = settings.load()
    found = await (_kept(order.repository, chosen) if order.last else _scanned(order, chosen))
    if not any(row.kind is Kind.ISSUE for row in found.rows):
        raise UserError(f"{found.repository} has no open issue, so there is nothing to hand over: open one first.")
    shown = figures(found)
    if order.html is not None:
        page = backlog_page.page(shown, chosen.github_web_url)
        write(order.html, page, remedy="name another file, with --last to read nothing again")
    _print(order, found, shown, chosen.github_web_url)
    return DONE


async def _scanned(order: Order, chosen: Settings) -> Scan:
    try:
        async with scanner(order.repository, chosen) as found:
            if order.fresh:
                await found.kept.drop()
            return await _read(found)
    except Again as error:
        raise UserError(_stopped(str(error), error.at)) from None
    except Gone as error:
        raise UserError(f"{order.repository} went away meanwhile ({error}).") from None
    except Refused as error:
        raise UserError(f"{error}: let the token, or the App, read issues there.") from None


async def _read(found: Scanner) -> Scan:
    before = await found.kept.last()
    if before is not None:
        sys.stderr.write(
            f"Going on where a scan of {backlog_text.moment(before.at)} was stopped; --fresh begins anew.\n"
        )
    with Judges() as judge, _progress(before) as progress:
        scanning = scan.Scanning(
            client=found.client,
            subject=found.subject,
            kept=found.kept,
            policy=found.policy,
            judge=judge,
            now=clock.now,
        )
        try:
            await scan.go(scanning, told=progress.show, waits=progress.waits)
        except scan.Stopped as error:
            raise UserError(_stopped(str(error), error.until, _so_far(await found.kept.last()))) from None
    whole = await found.kept.whole()
    if whole is None:
        raise UserError(f"the scan of {found.name} was taken away while it was made: run the same command again.")
    return await _with_words(whole, found)


async def _with_words(whole: Scan, found: Scanner) -> Scan:
    if found.store is None:
        return whole
    return replace(whole, rows=told(whole.rows, await scan.words(found.store, whole.repository, now=clock.now())))


async def _kept(repository: str, chosen: Settings) -> Scan:
    """The newest scan that is kept, by the App or by a token; GitHub is not asked."""
    found = [await folder(repository, chosen).whole()]
    if chosen.has_app:
        async with opened(chosen) as (store, _):
            whole = await store.scan(repository)
            words = await scan.words(store, repository, now=clock.now())
            found.append(whole and replace(whole, rows=told(whole.rows, words)))
    newest = max(filter(None, found), key=lambda each: each.ended, default=None)
    if newest is None:
        raise UserError(f"no scan of {repository} is kept here: make one with `ghapp scan {repository}`.")
    return newest


def _stopped(reason: str, at: datetime | None, so_far: str = "") -> str:
    when = f"after {backlog_text.moment(at)}" if at else "again in a while"
    return f"{reason}.{so_far} Run the same command {when}: it goes on where it was."


def _so_far(last: Page | None) -> str:
    if last is None:
        return ""
    read = last.seen if last.part is Part.ISSUES else last.open
    return f" {read:,} of {number(last.open, 'open issue')} are read and kept."


def _print(order: Order, found: Scan, shown: Figures, web: str) -> None:
    match order.form:
        case Form.JSON:
            sys.stdout.write(json.dumps(backlog_table.as_json(shown, web), ensure_ascii=False, indent=2) + "\n")
        case Form.CSV:
            sys.stdout.write(backlog_table.as_csv(found.rows, found.repository, web))
        case Form.PEOPLE:
            out = Console(highlight=False, soft_wrap=True)
            for line in backlog_text.lines(shown, width=out.width):
                out.print(line)
            if order.html is not None:
                out.print(f"\nThe page is in {order.html}.", markup=False)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The bar on a terminal, and words for who waits."""

    bar: Progress

    def show(self, page: Page) -> None:
        """Show how far the scan has come."""
        name, total = ("issues", page.open) if page.part is Part.ISSUES else ("pull requests", PULLS)
        self.bar.update(
            self.bar.task_ids[0],
            description=name,
            completed=page.seen,
            total=total if page.next else page.seen,
            refresh=True,
        )

    def waits(self, until: datetime) -> None:
        """Say why nothing moves."""
        sys.stderr.write(f"GitHub limits us until {until:%H:%M:%S} UTC; waiting.\n")


@contextmanager
def _progress(before: Page | None) -> Iterator[_Shown]:
    out = Console(stderr=True)
    names = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*names, console=out, transient=True, disable=not out.is_terminal) as bar:
        bar.add_task("issues", total=None)
        shown = _Shown(bar)
        if before is not None:
            shown.show(before)
        yield shown
