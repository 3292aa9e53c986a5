"""A server's life, from its start to a kill without warning or an end that was asked for."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

from ghapp import queue
from tests import process

LISTENS = b'"server.listening"'
PATIENCE = 120  # seconds for the work that is left at the end
POLL = 0.1


class Life:
    """A running `ghapp serve`; `said` is its log until it listens."""

    def __init__(self, server: asyncio.subprocess.Process) -> None:
        self.said = b""
        self._server = server
        self._known = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def begin(cls, folder: Path, *arguments: str, **settings: str) -> "Life":
        """Start a server."""
        return cls(await process.start(folder, *arguments, **settings))

    async def listening(self) -> None:
        """Return when it listens.

        Raises:
            RuntimeError: it ended before.
        """
        async with asyncio.timeout(process.PATIENCE):
            await self._known.wait()
        if LISTENS not in self.said:
            raise RuntimeError(f"the server ended: {self.said.decode(errors='replace')}")

    async def end(self) -> int:
        """Ask it to end, as a rolling restart does; its exit code."""
        self._server.terminate()
        async with asyncio.timeout(process.PATIENCE):
            await self._reading
            return await self._server.wait()

    async def kill(self) -> None:
        """Kill it with -9; one that has ended is left in peace."""
        with suppress(ProcessLookupError):
            self._server.kill()
        await self._server.wait()
        await self._reading

    async def _read(self) -> None:
        """Read the log to its end: a full pipe would hold the server up."""
        assert self._server.stderr is not None
        while said := await self._server.stderr.read(1 << 16):
            if not self._known.is_set():
                self.said += said
                if LISTENS in self.said:
                    self._known.set()
        self._known.set()


@asynccontextmanager
async def living(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Life]:
    """A server that is killed at the end of the block."""
    life = await Life.begin(folder, *arguments, **settings)
    try:
        yield life
    finally:
        await life.kill()


async def drained(url: str) -> None:
    """Wait until no job waits or runs.

    Raises:
        RuntimeError: jobs were given up.
    """
    ours = await queue.open(url)
    try:
        async with asyncio.timeout(PATIENCE):
            while (await ours.backlog()).jobs:  # noqa: ASYNC110 - other processes work; only the database knows
                await asyncio.sleep(POLL)
        if letters := await ours.dead_letters():
            raise RuntimeError(f"dead letters: {letters}")
    finally:
        await ours.close()


def free_port() -> int:
    """A port that nobody has."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])
