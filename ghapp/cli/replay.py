"""`ghapp deliveries replay FILE`: lets a recorded delivery ring the queue once more, for the server to work on."""

import sys
from dataclasses import replace
from pathlib import Path

from ghapp import settings
from ghapp.cli import recorded
from ghapp.cli.deliveries import DONE, ended, opened
from ghapp.cli.receive import tell
from ghapp.cli.source import STANDARD_INPUT
from ghapp.errors import UserError
from ghapp.github.identity import Identity


def is_file(name: str) -> bool:
    """Whether a name is meant for a file, and not for a dead letter's id or subject."""
    looks_so = "/" in name or "." in name or Path(name).is_file()
    return name == STANDARD_INPUT or (looks_so and not name.isdecimal())


def run(file: str) -> int:
    """Ring what a delivery in a file asks for; the exit code. Its signature was checked when it came, and is no more.

    Our own echoes are told from other people's deeds by the name that GitHub knows us by, which is not asked for here:
    a replayed echo costs a look that writes nothing.
    """
    return ended(_replay(file))


async def _replay(file: str) -> int:
    given = recorded.opened(file)
    if not given.event:
        raise UserError(
            "The file has no header X-GitHub-Event: give it with its headers, or to ghapp receive EVENT FILE."
        )
    chosen = settings.load()
    jobs = given.jobs(Identity(chosen.github_app_id or 0, ""))
    async with opened(chosen) as (_, queue):
        await queue.ring(*(replace(job, delivery=given.guid) for job in jobs))
    tell(given, jobs)
    if jobs:
        sys.stdout.write("The server looks now, and its log says what comes of it.\n")
    return DONE
