"""Judges many texts on all processors: the first ones here, more in processes of their own."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import Self

from config.load import Loaded
from ghapp.backlog.items import Item
from ghapp.backlog.rows import Row, rows
from ghapp.context import apart

ALONE = 200  # subjects that are judged sooner than processes start
CHUNK = 10  # subjects handed over at once


class Judges:
    """A judge for `ghapp.scan`; leave it to end its processes."""

    def __init__(self, *, alone: int = ALONE) -> None:
        self._left = alone
        self._pool: ProcessPoolExecutor | None = None

    async def __call__(self, items: Sequence[Item], loaded: Loaded) -> tuple[Row, ...]:
        """Judge subjects under a policy."""
        self._left -= len(items)
        if self._left >= 0:
            return await apart(lambda: rows(items, loaded))
        self._pool = self._pool or _pool()
        run = asyncio.get_running_loop().run_in_executor
        chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
        judged = await asyncio.gather(*(run(self._pool, rows, chunk, loaded) for chunk in chunks))
        return tuple(row for chunk in judged for row in chunk)

    def __enter__(self) -> Self:
        """Use it for one scan."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the processes; what they were given last is in vain."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _pool() -> ProcessPoolExecutor:
    # Spawned, since a fork of a process with threads may hang.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(os.cpu_count(), mp_context=spawn, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C reaches the whole group of processes; the one that was started ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
