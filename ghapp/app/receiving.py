"""A server for one delivery: it works on what waits, and ends when nothing is left that can be done at once."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from ghapp import clock, database, worker
from ghapp.app.server import Server, context, opened
from ghapp.errors import StartError
from ghapp.queue import Queue
from ghapp.settings import Settings

LOOK = 0.1  # seconds between two looks at what is left


@asynccontextmanager
async def working(chosen: Settings) -> AsyncIterator[Server]:
    """An open server, whose jobs are worked on until this is left; where another process has the turn, it works.

    Raises:
        StartError: there are no credentials, or the database or GitHub cannot be used.
    """
    if not chosen.has_app:
        raise StartError("GITHUB_APP_ID is not set, and the work is done as the App: set its credentials.")
    database.migrate(chosen.database_url.get_secret_value())
    async with AsyncExitStack() as stack:
        server = await opened(chosen, stack)
        assert server.github is not None
        work = asyncio.create_task(worker.work(server.queue, partial(context, server, server.github)))
        try:
            yield server
        finally:
            await server.queue.stop()
            await work


async def settled(queue: Queue) -> None:
    """Return once nothing waits that could be done now."""
    while any(job.due is None or job.due <= clock.now() for job in await queue.pending(most=sys.maxsize)):  # noqa: ASYNC110 - a database tells nobody
        await asyncio.sleep(LOOK)
