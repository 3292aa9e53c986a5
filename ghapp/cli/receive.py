"""`ghapp receive`: works on a recorded delivery at once, and says what it asked for and what came of it."""

import logging
import sys
from collections.abc import Sequence
from dataclasses import replace

from ghapp import clock, log, settings
from ghapp.app.receiving import settled, working
from ghapp.cli import recorded
from ghapp.cli.deliveries import DONE, IN_PART, ended
from ghapp.cli.recorded import Recorded
from ghapp.clock import age
from ghapp.github import measured
from ghapp.queue import Queue
from ghapp.render.quote import plain
from ghapp.subjects import Job


def run(event: str, file: str, *, dry_run: bool) -> int:
    """Work on a payload as on one that GitHub delivers now, or only say what it asks for; the exit code."""
    if dry_run:
        return ended(_asked(event, file))
    calls = logging.getLogger(measured.__name__)
    calls.setLevel(logging.DEBUG)  # each call to GitHub is what one wants to see
    try:
        return ended(_receive(event, file))
    finally:
        calls.setLevel(logging.NOTSET)


async def _asked(event: str, file: str) -> int:
    given = replace(recorded.opened(file), event=event)
    tell(given, given.jobs(given.checked_by))
    return DONE


async def _receive(event: str, file: str) -> int:
    given = replace(recorded.opened(file), event=event)
    given.jobs(given.checked_by)  # what is wrong with it is said before anything is opened
    chosen = settings.load()
    log.configure(level="info", json=chosen.log_format == "json", secrets=chosen.secrets)
    async with working(chosen) as server:
        assert server.github is not None
        jobs = given.jobs(server.github.identity)
        tell(given, jobs)
        await server.queue.ring(*(replace(job, delivery=given.guid) for job in jobs))
        await settled(server.queue)
        return await _told(server.queue, jobs)


def tell(given: Recorded, jobs: Sequence[Job]) -> None:
    """Say what a delivery asks for."""
    looks = ", ".join(job.subject.key for job in jobs)
    many = f"{len(jobs)} looks" if len(jobs) > 1 else "a look"
    wanted = f"asks for {many}: {looks}" if jobs else "asks for nothing: Handoff does not act on it"
    sys.stdout.write(f"{plain(given.name)} {wanted}.\n")
    sys.stdout.flush()


async def _told(queue: Queue, jobs: Sequence[Job]) -> int:
    """Say how each job ended; those that could not be done now are no success."""
    now = clock.now()
    waiting = {each.fold: each for each in await queue.pending(most=sys.maxsize)}
    dead = {each.fold: each for each in await queue.dead_letters()}
    for job in jobs:
        if letter := dead.get(job.fold):
            said = f"was given up: {plain(letter.reason, 600)}"
        elif waits := waiting.get(job.fold):
            said = f"waits {age(waits.due - now)}" if waits.due else "waits"
            said += ": the log says why, and ghapp serve tries it again"
        else:
            said = "done"
        sys.stdout.write(f"{job.subject.key} {said}.\n")
    return IN_PART if any(job.fold in dead or job.fold in waiting for job in jobs) else DONE
