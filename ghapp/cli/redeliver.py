"""`ghapp deliveries redeliver`: asks GitHub to send deliveries again."""

import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from ghapp import clock, log, settings
from ghapp.cli.deliveries import DONE, IN_PART, ended, opened
from ghapp.errors import Gone, Refused, StartError, UserError
from ghapp.github import deliveries
from ghapp.github.client import Client, Transport, session
from ghapp.github.faults import Unsigned
from ghapp.github.identity import Credentials
from ghapp.handlers import sweep
from ghapp.settings import Settings
from ghapp.store import Store

LOG = timedelta(days=7)  # as far as any server's goes back
UNITS = {"m": "minutes", "h": "hours", "d": "days"}

_MOMENT = TypeAdapter(datetime)


def run(guid: str, *, since: str) -> int:
    """Ask for a delivery by its GUID, or for all since a time that this server does not have; the exit code."""
    return ended(_run(guid, since=since))


def moment(word: str, *, now: datetime) -> datetime:
    """A time as people write it: 90m, 6h or 2d ago, or a date with or without an hour, in UTC.

    Raises:
        UserError: it is none of these.
    """
    number, unit = word[:-1], word[-1:]
    try:
        if unit in UNITS and number.isascii() and number.isdigit():
            return now - timedelta(**{UNITS[unit]: int(number)})
        found = _MOMENT.validate_strings(word)
    except (ValidationError, OverflowError):
        raise UserError(
            f"--since takes a span such as 6h or 2d, or a time such as 2026-03-02T09:00: not {word}."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@asynccontextmanager
async def as_app(chosen: Settings) -> AsyncIterator[Client]:
    """GitHub, asked as the App; its refusals are what somebody can mend.

    Raises:
        StartError: there are no credentials.
        UserError: GitHub does not let us ask.
    """
    log.configure(level="warning", secrets=chosen.secrets)
    if not chosen.has_app:
        raise StartError("GITHUB_APP_ID is not set, and GitHub is asked as the App: set its credentials.")
    async with session() as http:
        key = chosen.github_private_key.get_secret_value()
        try:
            yield Client(Transport(http, chosen.github_api_url), app=Credentials(issuer=chosen.issuer, private_key=key))
        except (Gone, Refused, Unsigned) as error:
            raise UserError(f"GitHub does not let us ask ({error}).") from None


async def attempts(app: Client, guid: str) -> AsyncGenerator[deliveries.Entry]:
    """The attempts of a delivery that GitHub's log has, newest first."""
    async for entry in deliveries.log(app, since=clock.now() - LOG):
        if entry.guid == guid:
            yield entry


def unknown(guid: str) -> UserError:
    """What is said of a delivery that GitHub does not know any more."""
    return UserError(f"GitHub's log has no delivery {guid!r}: it goes back three days, seven on an Enterprise Server.")


async def _run(guid: str, *, since: str) -> int:
    chosen = settings.load()
    async with as_app(chosen) as app:
        return await (_one(app, guid) if guid else _since(app, moment(since, now=clock.now()), chosen))


async def _one(app: Client, guid: str) -> int:
    async with aclosing(attempts(app, guid)) as found:
        async for entry in found:
            if await deliveries.send_again(app, entry.id):
                sys.stdout.write(f"GitHub sends {guid} again ({entry.event}).\n")
                return DONE
    raise unknown(guid)


async def _since(app: Client, since: datetime, chosen: Settings) -> int:
    found: dict[str, deliveries.Entry] = {}
    async for entry in deliveries.log(app, since=since):
        found.setdefault(entry.guid, entry)
    async with opened(chosen) as (store, _):
        return await _ask(app, store, found)


async def _ask(app: Client, store: Store, found: dict[str, deliveries.Entry]) -> int:
    held = await store.held(found)
    lacking = [entry for guid, entry in found.items() if guid not in held]
    sent = 0
    for entry in lacking:
        if await deliveries.send_again(app, entry.id):
            sent += 1
            now = clock.now()
            await store.keep_missed(sweep.asked(sweep.lacking(entry, now=now), now=now))  # the sweep need not ask too
    sys.stdout.write(f"Of {len(found)} deliveries {len(held)} are here; GitHub sends {sent} again.\n")
    if sent < len(lacking):
        sys.stderr.write(f"ghapp: GitHub has {len(lacking) - sent} of them no more.\n")
        return IN_PART
    return DONE
