"""A short line before something costly: a few at once, some wait, the rest are told to come again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Full(Exception):
    """The line is as long as it may be."""


class Line:
    """So many at once, and so many who wait for their turn."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._places = at_once + waiting
        self._taken = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it as long as the block lasts.

        Raises:
            Full: too many wait already.
        """
        if self._taken >= self._places:
            raise Full
        self._taken += 1
        try:
            async with self._turns:
                yield
        finally:
            self._taken -= 1
