"""`ghapp doctor`: looks at everything, prints it, and ends with a code that monitoring can use."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from io import TextIOWrapper

from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from ghapp import doctor, log, settings
from ghapp.cli.failed import say
from ghapp.diagnosis import Diagnosis, Verdict
from ghapp.errors import StartError
from ghapp.github.client import session
from ghapp.github.reach import network
from ghapp.render import doctor as render

WELL, WRONG, CANNOT = 0, 1, 2  # warnings are well; it cannot where nobody answers
COLOURS = {Verdict.GOOD: "green", Verdict.WARNING: "yellow", Verdict.WRONG: "bold red", Verdict.UNSEEN: "dim"}
# Otherwise a name server that is silent would be waited for longer than all checks may take, see resolv.conf(5).
NAMES = ("RES_OPTIONS", "timeout:2 attempts:1")


def run(*, as_json: bool) -> int:
    """Look at everything and print it; the exit code."""
    os.environ.setdefault(*NAMES)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a letter that cannot be printed must not stop the others
    try:
        chosen, mistakes = settings.usable()
    except StartError as error:
        say(error)
        return CANNOT
    log.configure(level="critical", secrets=chosen.secrets)  # what is logged below is said by the checks
    found = asyncio.run(_examined(chosen, mistakes))
    found = _clean(found, log.Redaction(chosen.secrets))
    if as_json:
        shown = render.as_json(found, public_url=chosen.public_url)
        sys.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")
    else:
        _print(found)
    if any(each.verdict is Verdict.WRONG for each in found.values()):
        return WRONG
    return CANNOT if any(each.is_silence for each in found.values()) else WELL


async def _examined(chosen: settings.Settings, mistakes: tuple[str, ...]) -> dict[str, Diagnosis]:
    async with AsyncExitStack() as stack:
        http, outside = await stack.enter_async_context(session()), await stack.enter_async_context(network())
        left = {check.name: check.asks for check in doctor.ALL}
        status = stack.enter_context(Console(stderr=True).status("", spinner="line"))  # silent where no terminal is

        def done(name: str) -> None:
            del left[name]
            _tell(status, left)

        _tell(status, left)
        means = doctor.Means(settings=chosen, mistakes=mistakes, session=http, outside=outside)
        return await doctor.examine(doctor.ALL, means, done=done)


def _tell(status: Status, left: Mapping[str, str]) -> None:
    ended = len(doctor.ALL) - len(left)
    status.update(f"{ended} of {len(doctor.ALL)} looked at  {next(iter(left.values()), '')}")


def _clean(found: Mapping[str, Diagnosis], redaction: log.Redaction) -> dict[str, Diagnosis]:
    """Without secrets, whoever said them."""

    def clean(text: str) -> str:
        return str(redaction(None, "", {"text": text})["text"])

    return {name: replace(each, found=clean(each.found), remedy=clean(each.remedy)) for name, each in found.items()}


def _print(found: Mapping[str, Diagnosis]) -> None:
    out = Console(highlight=False)
    with out.capture() as captured:
        out.print(Text(render.headline(found)))
        out.print()
        table = Table.grid(padding=(0, 2, 0, 0))
        for verdict, name, said in render.rows(found):
            table.add_row(Text(render.WORDS[verdict], COLOURS[verdict]), name, Text(said))
        out.print(table)
    # rich fills lines with spaces up to the edge, which nobody wants in a file
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())
