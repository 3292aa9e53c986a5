"""Two web and two worker processes under load on one PostgreSQL: one of each is killed, the others are restarted."""

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.books import Books
from bench.fake_github import GitHub, answering
from bench.life import Life, drained, free_port
from bench.load import Load
from tests import process

HALVES = ("web", "web", "worker", "worker")
PAUSE = 3.0  # seconds of load between two strokes of fate, at most


@dataclass
class Machine:
    """One process of several, which comes back at the same port."""

    half: str
    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    life: Life | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it and wait until it listens."""
        self.life = await Life.begin(self.folder, "--only", self.half, **self.settings, PORT=str(self.port))
        await self.life.listening()

    async def kill(self) -> None:
        """Kill it with -9."""
        if self.life is not None:
            await self.life.kill()

    async def restart(self) -> None:
        """Let it end as it likes, then start it again.

        Raises:
            RuntimeError: it did not end well.
        """
        code = await self.life.end() if self.life else 0
        if code:
            raise RuntimeError(f"a {self.half} process that was asked to end had the exit code {code}")
        await self.start()


async def fates(url: str, folder: Path, chance: random.Random) -> tuple[Books, int]:
    """Kill one of each half and restart the others, under load; what came of it, and refusals during the restarts."""
    github = GitHub()
    async with answering(github) as api_url, AsyncExitStack() as stack:
        settings = process.app_settings(api_url, DATABASE_URL=url)
        machines = [Machine(half, folder, settings) for half in HALVES]
        for machine in machines:
            stack.push_async_callback(machine.kill)
        await asyncio.gather(*(machine.start() for machine in machines))
        load = Load(github, [machine.url for machine in machines if machine.half == "web"], chance)
        killed, others = machines[::2], machines[1::2]
        async with load.sending():
            for machine in killed:
                await asyncio.sleep(chance.uniform(0, PAUSE))
                await machine.kill()
            await asyncio.sleep(chance.uniform(0, PAUSE))
            await asyncio.gather(*(machine.start() for machine in killed))
            before = load.refused
            for machine in others:
                await asyncio.sleep(chance.uniform(0, PAUSE))
                await machine.restart()
            refused = load.refused - before
        await drained(url)
        return load.books(), refused
