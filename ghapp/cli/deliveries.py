"""`ghapp deliveries`: what waits, what was given up, and the ways to take it up again."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import ghapp.queue
import ghapp.store
from ghapp import clock, log, settings
from ghapp.cli.failed import SAYABLE, say
from ghapp.cli.listing import Found, Listed, print_found, print_listed
from ghapp.database import address
from ghapp.errors import See, StartError, UserError
from ghapp.queue import DeadLetter, Queue
from ghapp.settings import Settings
from ghapp.store import Store

DONE, IN_PART, CANNOT = 0, 1, 2
MOST = 200  # jobs that wait; more is a number
NAMED = 20  # ids in a sentence

Work = Callable[[Queue], Awaitable[int]]


def run(work: Work) -> int:
    """Do something with the queue in the database that DATABASE_URL names; the exit code."""
    return ended(_with_queue(work))


def ended(work: Awaitable[int]) -> int:
    """The exit code of some work; what somebody can mend, or what passes, is one sentence and 2."""

    async def whole() -> int:
        return await work

    log.configure(level="warning")
    try:
        return asyncio.run(whole())
    except SAYABLE as error:
        say(error)
        return CANNOT


def lists(*, as_json: bool) -> Work:
    """Print what was given up and what waits."""

    async def work(queue: Queue) -> int:
        letters, pending, backlog = await queue.dead_letters(), await queue.pending(most=MOST), await queue.backlog()
        shown = Listed(letters=letters, waiting=pending, left_out=max(0, backlog.jobs - len(pending)))
        _print(shown, print_listed, as_json=as_json)
        return DONE

    return work


def shows(name: str, *, as_json: bool) -> Work:
    """Print all that is known of a dead letter by its id, or of a subject or a delivery by its name."""

    async def work(queue: Queue) -> int:
        letters = await queue.dead_letters()
        by_id = next((each.fold for each in letters if name == str(each.id)), name)
        received = await queue.received(by_id)
        folds = {by_id, *(each.fold for each in received)}
        found = Found(
            letters=tuple(each for each in letters if each.fold in folds),
            waiting=tuple(each for each in await queue.pending(most=sys.maxsize) if each.fold in folds),
            received=received,
        )
        if found.is_empty:
            raise _not_found(f"nothing is known of {name!r}", letters)
        _print(found, print_found, as_json=as_json)
        return DONE

    return work


def replays(name: str, *, every: bool) -> Work:
    """Ring a dead letter's job anew, by its id or its subject, or that of every one."""

    async def work(queue: Queue) -> int:
        letters = await queue.dead_letters()
        chosen = [letter for letter in letters if every or name in (str(letter.id), letter.fold)]
        if not (every or chosen):
            raise _not_found(f"{name!r} was not given up", letters)
        codes = [await _replay(queue, letter) for letter in chosen]
        if not codes:
            sys.stdout.write("There are no dead letters.\n")
        return max(codes, default=DONE)

    return work


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[tuple[Store, Queue]]:
    """The database that DATABASE_URL names, as it is.

    Raises:
        StartError: it is not there, or not up to date.
    """
    log.configure(level="warning", secrets=chosen.secrets)
    url = chosen.database_url.get_secret_value()
    place = address.read(url)
    if place.get_backend_name() == "sqlite" and not address.path(place).exists():
        raise StartError(
            f"DATABASE_URL: {address.path(place)} is not there: run this where the server runs.", see=See.DATABASE
        )
    async with AsyncExitStack() as stack:
        store = await ghapp.store.open(url)
        stack.push_async_callback(store.close)
        await store.ready()
        queue = await ghapp.queue.open(url)
        stack.push_async_callback(queue.close)
        yield store, queue


async def _with_queue(work: Work) -> int:
    async with opened(settings.load()) as (_, queue):
        return await work(queue)


async def _replay(queue: Queue, letter: DeadLetter) -> int:
    if await queue.replay(letter.id):
        sys.stdout.write(f"{letter.fold} waits to be looked at again.\n")
        return DONE
    sys.stderr.write(f"ghapp: {letter.id} cannot be replayed: another version of Handoff wrote it.\n")
    return IN_PART


def _not_found(said: str, letters: tuple[DeadLetter, ...]) -> UserError:
    if not letters:
        return UserError(f"{said}, and there are no dead letters.")
    ids = ", ".join(str(letter.id) for letter in letters[:NAMED])
    more = f" and {len(letters) - NAMED} more" if len(letters) > NAMED else ""
    return UserError(f"{said}; the dead letters are {ids}{more}.")


def _print(shown: Listed | Found, for_people: Callable[..., None], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(shown.to_json(), indent=2) + "\n")
    else:
        for_people(shown, now=clock.now())
