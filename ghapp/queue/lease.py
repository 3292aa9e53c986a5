"""How long a worker's jobs are its own: it says that it lives, and lets go in time when it could not say so."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from procrastinate.exceptions import ConnectorException

BEAT = 2.0  # seconds
ENDS = 8.0  # seconds of silence: less than those after which others take its jobs over
LOOK = 0.5  # seconds


class Lease:
    """Beats from now to its end, and calls `lost` once when it was silent for too long.

    A process that was held up, by its machine or by a signal, finds that out before its jobs go on: asyncio calls a
    timer that is due before the tasks that are woken by what came in meanwhile.
    """

    def __init__(self, beat: Callable[[], Awaitable[object]], lost: Callable[[], None], *, ends: float = ENDS) -> None:
        self._beat = beat
        self._lost = lost
        self._ends = ends
        self._loop = asyncio.get_running_loop()
        self._heard = self._loop.time()
        self._timer = self._loop.call_later(LOOK, self._look)
        self._beating = asyncio.create_task(self._beat_on())

    def end(self) -> None:
        """Be silent."""
        self._timer.cancel()
        self._beating.cancel()

    def _look(self) -> None:
        if self._loop.time() - self._heard > self._ends:
            self._lost()
        else:
            self._timer = self._loop.call_later(LOOK, self._look)

    async def _beat_on(self) -> None:
        while True:
            began = self._loop.time()
            with suppress(ConnectorException):  # the next one may reach the database
                await self._beat()
                self._heard = began
            await asyncio.sleep(BEAT)
