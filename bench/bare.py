"""What the machine itself allows: an aiohttp handler that only reads and answers, and a disk that is only written.

`python -m bench.bare` is that handler as a process; it prints its address.
"""

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bench.sender import RATE

SECONDS = 10
PAGES = 16_384  # bytes: about what SQLite writes for a delivery


@asynccontextmanager
async def handler() -> AsyncIterator[str]:
    """The handler in a process of its own; its address."""
    running = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.bare", stdout=PIPE)
    try:
        assert running.stdout is not None
        yield (await running.stdout.readline()).decode().strip()
    finally:
        running.kill()
        await running.wait()


def disk(path: Path) -> list[float]:
    """Append and fsync as often as deliveries come; how long each took."""
    seconds: list[float] = []
    start = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for turn in range(RATE * SECONDS):
            time.sleep(max(0, start + turn / RATE - time.perf_counter()))
            began = time.perf_counter()
            file.write(bytes(PAGES))
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - began)
    return seconds


async def _receive(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(status=202, text="Read.\n")


async def _serve() -> None:
    app = web.Application()
    app.add_routes([web.post("/webhook", _receive)])
    running = web.AppRunner(app, access_log=None)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{running.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
