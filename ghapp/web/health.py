"""What operators and their machines ask: is it alive, how much was done; and the policy's schema."""

import math

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from config.schema import schema
from ghapp import clock, metrics
from ghapp.errors import Again
from ghapp.github import measured as github
from ghapp.queue import measure
from ghapp.store import Store
from ghapp.subjects import SWEEP
from ghapp.web.keys import STATE


async def alive(_request: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="alive\n")


async def measured(request: web.Request) -> web.Response:
    """The metrics, in Prometheus' format; how much waits is asked of the database at this moment."""
    state = request.config_dict[STATE]
    if state.queue is not None:
        await measure(state.queue, now=clock.now())
    if state.store is not None:
        metrics.LAST_SWEEP.set(await _last_sweep(state.store))
    github.measure()
    return web.Response(body=generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _last_sweep(store: Store) -> float:
    try:
        swept = await store.swept(SWEEP)
    except Again:
        return math.nan
    return swept.at.timestamp() if swept and swept.at else math.nan


async def policy_schema(_request: web.Request) -> web.Response:
    """The JSON Schema of `.github/handoff.yml`."""
    return web.json_response(schema(), content_type="application/schema+json")
