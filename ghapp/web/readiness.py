"""`GET /readyz`: whether deliveries can be taken, and below that a line for each thing an operator asks next.

The page is open where the proxy leaves it open, so it names no account, repository or subject: installations have
their numbers, the rest are counts and ages.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import datetime
from typing import Any, TypeVar

from aiohttp import web

from ghapp import clock
from ghapp.clock import age
from ghapp.errors import Again, See, StartError
from ghapp.github.measured import SEEN, Left, Seen, SignIn
from ghapp.queue import Backlog
from ghapp.render import more
from ghapp.store import Store, Swept
from ghapp.subjects import SWEEP
from ghapp.web.keys import ANSWERS, STATE, State
from ghapp.web.patience import within

SHOWN = 10  # installations, those with the least left

Answer = TypeVar("Answer")


async def ready(request: web.Request) -> web.Response:
    """Deliveries can be taken: 503 with the reason while the store cannot, and once this process is to end."""
    state, patience = request.config_dict[STATE], request.config_dict[ANSWERS]
    if state.is_stopping():
        raise web.HTTPServiceUnavailable(text="not ready: this process stops; send deliveries to another one\n")
    if state.store is not None:
        try:
            await within(patience, _takes(state.store))
        except (Again, StartError) as error:
            see = more.address(See.NOT_READY, public_url=state.public_url)
            raise web.HTTPServiceUnavailable(text=f"not ready: {error}\nMore: {see}\n") from None
    return web.Response(text="\n".join(["ready", *await _told(state, patience, now=clock.now())]) + "\n")


async def _takes(store: Store) -> None:
    """Return when a delivery could be written now; a full disk or a locked file lets all be read as before."""
    await store.ready()
    await store.try_writing(now=clock.now())


async def _told(state: State, patience: float, *, now: datetime) -> list[str]:
    lines = []
    backlog, swept = await asyncio.gather(
        _said(patience, state.queue.backlog() if state.queue else None),
        _said(patience, state.store.swept(SWEEP) if state.store else None),
    )
    if state.store is not None:
        lines.append("store: takes what is written")
    if state.queue is not None:
        lines += _queue(backlog, now=now)
    if state.app is not None:
        if state.store is not None:
            lines.append(f"sweep: {_sweep(swept, now=now)}")
        lines += github(SEEN, now=now)
    return lines


def github(seen: Seen, *, now: datetime) -> Iterator[str]:
    """What GitHub's answers said to this process: if the App may sign in, and what is left of the rate limits."""
    yield f"sign-in: {_sign_in(seen.sign_in, now=now)}"
    left = seen.left()
    for each in left[:SHOWN]:
        yield f"rate limit: {_limit(each, now=now)}"
    if len(left) > SHOWN:
        yield f"rate limit: {len(left) - SHOWN} more, with more left"


async def _said(patience: float, asked: Coroutine[Any, Any, Answer] | None) -> Answer | None:
    try:
        return await within(patience, asked) if asked else None
    except Again:
        return None


def _queue(backlog: Backlog | None, *, now: datetime) -> Iterator[str]:
    if backlog is None:
        yield "queue: does not say"
        return
    oldest = f", the oldest delivery came {age(now - backlog.oldest)} ago" if backlog.oldest else ""
    yield f"queue: {backlog.jobs} waiting or running{oldest}"
    yield f"dead letters: {backlog.dead}"


def _sweep(swept: Swept | None, *, now: datetime) -> str:
    return f"ended {age(now - swept.at)} ago" if swept and swept.at else "none has ended yet"


def _sign_in(last: SignIn | None, *, now: datetime) -> str:
    if last is None:
        return "GitHub has not answered yet"
    said = "accepted" if last.accepted else "refused; GITHUB_APP_ID and the private key have to be of one App"
    return f"{said}, {age(now - last.at)} ago"


def _limit(left: Left, *, now: datetime) -> str:
    whose = f"installation {left.installation}" if left.installation else "the App itself"
    return f"{whose}, {left.resource}: {left.remaining} of {left.limit}, full in {age(left.resets_at - now)}"
