"""What operators and their machines ask: is it alive, is it ready, how much was done; and the policy's schema."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from config.schema import schema
from ghapp import clock, metrics
from ghapp.errors import Again, StartError
from ghapp.queue import measure
from ghapp.web.keys import STATE


async def alive(_request: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="alive\n")


async def ready(request: web.Request) -> web.Response:
    """Deliveries can be taken: 503 with the reason while the store cannot."""
    store = request.config_dict[STATE].store
    if store is not None:
        try:
            await store.ready()
        except (Again, StartError) as error:
            raise web.HTTPServiceUnavailable(text=f"not ready: {error}\n") from None
    return web.Response(text="ready\n")


async def measured(request: web.Request) -> web.Response:
    """The metrics, in Prometheus' format; how much waits is asked of the database at this moment."""
    queue = request.config_dict[STATE].queue
    if queue is not None:
        await measure(queue, now=clock.now())
    return web.Response(body=generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def policy_schema(_request: web.Request) -> web.Response:
    """The JSON Schema of `.github/handoff.yml`."""
    return web.json_response(schema(), content_type="application/schema+json")
