"""How long a page waits for the database: whoever asks usually gives up after five seconds."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from ghapp.errors import Again

Answer = TypeVar("Answer")

_LATE: set[asyncio.Task[Any]] = set()  # else the event loop may lose one before it has ended


async def within(seconds: float, asked: Coroutine[Any, Any, Answer]) -> Answer:
    """What the database says, if it says so in time.

    One that is late is cancelled and not waited for: a driver whose server is frozen may take long to give up.

    Raises:
        Again: it does not, or it cannot be used now.
    """
    task = asyncio.create_task(asked)
    await asyncio.wait({task}, timeout=seconds)
    if task.done():
        return task.result()
    _LATE.add(task)
    task.add_done_callback(_ended)
    task.cancel()
    raise Again(f"the database does not answer within {seconds:.0f} seconds")


def _ended(task: asyncio.Task[Any]) -> None:
    _LATE.discard(task)
    if not task.cancelled():
        task.exception()  # asked for, or it would be logged as one that nobody has seen
