"""The end of the process: asked for once, with one deadline for everything that is at hand."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress

import structlog

GRACE = 18.0  # seconds for requests and jobs at hand; with what follows 20, below the 30 after which orchestrators kill
LAST = 1.0  # seconds for what has been cancelled

logger = structlog.get_logger(__name__)


class Stop:
    """Tells every part that the end is asked for, and how long it may take."""

    def __init__(self, grace: float = GRACE) -> None:
        self._grace = grace
        self._asked = asyncio.Event()
        self._deadline = 0.0

    def ask(self) -> None:
        """Ask for the end; to ask again changes nothing."""
        if not self.is_asked:
            self._deadline = asyncio.get_running_loop().time() + self._grace
            self._asked.set()

    @property
    def is_asked(self) -> bool:
        """Whether the end is asked for."""
        return self._asked.is_set()

    async def asked(self, *, within: float | None = None) -> bool:
        """Return once the end is asked for, or False when it is not within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._asked.wait()
        return self.is_asked

    def left(self) -> float:
        """The seconds left, once the end is asked for."""
        return max(0.0, self._deadline - asyncio.get_running_loop().time())


class Parts:
    """Parts that run side by side and end when they are asked to; one that ends by itself ends them all.

    What is still at hand at the deadline is cancelled: interrupted jobs are in the queue, and run at the next start.
    """

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._tasks: list[asyncio.Task[object]] = []

    def begin(self, *parts: Coroutine[object, object, object]) -> None:
        """Run these beside those that run already."""
        for part in parts:
            task = asyncio.create_task(part)
            task.add_done_callback(lambda _: self._stop.ask())
            self._tasks.append(task)

    async def end(self) -> None:
        """Wait until the end is asked for, and for all of them; a failure of one is raised then."""
        await self._stop.asked()
        logger.info("server.stopping", within=round(self._stop.left() + LAST))
        _, late = await asyncio.wait(self._tasks, timeout=self._stop.left())
        for task in late:
            task.cancel()
        ended, _ = await asyncio.wait(self._tasks, timeout=LAST)
        for task in ended:
            if not task.cancelled() and (error := task.exception()):
                raise error
