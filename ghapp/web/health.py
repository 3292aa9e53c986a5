"""What operators and their machines ask: is it alive, how much was done; and the policy's schema."""

import asyncio
import math
from collections.abc import Awaitable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from config.schema import schema
from ghapp import clock, metrics
from ghapp.errors import Again
from ghapp.github import measured as github
from ghapp.queue import measure
from ghapp.store import Swept
from ghapp.subjects import SWEEP
from ghapp.web.keys import ANSWERS, STATE
from ghapp.web.patience import within


async def alive(_request: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="alive\n")


async def measured(request: web.Request) -> web.Response:
    """The metrics, in Prometheus' format; how much waits is asked of the database at this moment."""
    state, patience = request.config_dict[STATE], request.config_dict[ANSWERS]
    asked = []
    if state.queue is not None:
        asked.append(measure(within(patience, state.queue.backlog()), now=clock.now()))
    if state.store is not None:
        asked.append(_measure_sweep(within(patience, state.store.swept(SWEEP))))
    await asyncio.gather(*asked)
    github.measure()
    return web.Response(body=generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _measure_sweep(asked: Awaitable[Swept | None]) -> None:
    try:
        swept = await asked
    except Again:
        swept = None
    metrics.LAST_SWEEP.set(swept.at.timestamp() if swept and swept.at else math.nan)


async def policy_schema(_request: web.Request) -> web.Response:
    """The JSON Schema of `.github/handoff.yml`."""
    return web.json_response(schema(), content_type="application/schema+json")
