"""`ghapp audit`: what people said over verdicts, who, when, until when and why."""

import json
import re
import sys
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ghapp import clock, settings
from ghapp.cli.deliveries import DONE, ended, opened
from ghapp.errors import UserError
from ghapp.render.quote import plain
from ghapp.store import Overruled

REASON = 500  # characters
PLACE = 30  # characters of a name that stay in one line
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}")


def run(repository: str, *, as_json: bool) -> int:
    """Print every exemption and override, or those of one repository; the exit code."""
    return ended(_run(repository, as_json=as_json))


async def _run(repository: str, *, as_json: bool) -> int:
    if repository and not _REPOSITORY.fullmatch(repository):
        raise UserError(f"a repository is written OWNER/REPO, not {repository!r}.")
    async with opened(settings.load()) as (store, _):
        said = await store.overrides(repository)
        newest = {each.subject.key: each.override.order for each in said}
    now = clock.now()
    stands = [each.override.stands(now) and newest[each.subject.key] == each.override.order for each in said]
    if as_json:
        rows = [_as_json(each, stands=holds) for each, holds in zip(said, stands, strict=True)]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    elif said:
        _print(said, stands)
    else:
        where = f" in {repository}" if repository else ""
        sys.stdout.write(f"Nothing was ever exempt or declared ready{where}.\n")
    return DONE


def _print(said: tuple[Overruled, ...], stands: list[bool]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    places = [f"{each.repository}#{each.subject.number}" for each in said]
    whole = {"when", "what", "until", "stands", *(["where"] if max(map(len, places)) <= PLACE else [])}
    for name in ("when", "where", "who", "what", "until", "stands", "reason"):
        table.add_column(name, overflow="fold", no_wrap=name in whole)
    for each, place, holds in zip(said, places, stands, strict=True):
        word = each.override
        table.add_row(
            _minute(word.at),
            Text(place),
            Text(word.by),
            word.word.value,
            str(word.until or ""),
            "yes" if holds else "",
            Text(plain(word.reason, REASON)),
        )
    out = Console(highlight=False)
    with out.capture() as captured:
        out.print(table)
    # rich fills lines with spaces up to the edge, which nobody wants in a file
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _as_json(each: Overruled, *, stands: bool) -> dict[str, object]:
    word = each.override
    return {
        "repository": each.repository,
        "kind": each.subject.kind.value,
        "number": each.subject.number,
        "word": word.word.value,
        "by": word.by,
        "reason": word.reason,
        "at": word.at.isoformat(),
        "until": word.until and word.until.isoformat(),
        "comment": word.comment,
        "stands": stands,
    }
