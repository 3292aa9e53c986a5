"""Which address leads where."""

from aiohttp import web

from ghapp.web import check, criteria, health, pages, playground, refusals, security, submitted, webhook
from ghapp.web.keys import PAGES, STATE, State


def application(state: State) -> web.Application:
    """The web server's whole surface."""
    app = web.Application(client_max_size=submitted.LIMIT, middlewares=[refusals.refusals])
    app[STATE] = state
    app[PAGES] = pages.environment()
    app.on_response_prepare.append(security.harden)
    app.add_routes(
        [
            web.get("/", playground.show),
            web.post("/preview", playground.preview),
            web.post("/api/check", check.check),
            web.post("/webhook", webhook.receive),
            web.get("/criteria", criteria.index),
            web.get("/criteria/", criteria.whole),
            web.get("/criteria/{name}", criteria.show),
            web.get("/schema/handoff.json", health.policy_schema),
            web.get("/healthz", health.alive),
            web.get("/readyz", health.ready),
            web.get("/metrics", health.measured),
            web.static("/static", pages.STATIC),
        ]
    )
    return app
