"""Which address leads where."""

from aiohttp import web

from ghapp.web import (
    check,
    criteria,
    health,
    manual,
    pages,
    playground,
    readiness,
    refusals,
    security,
    setup,
    submitted,
    webhook,
)
from ghapp.web.access import FAULTS, AccessLogger
from ghapp.web.keys import ANSWERS, BIG_BODIES, JUDGING, PAGES, PATIENCE, STATE, State
from ghapp.web.line import Line

ANSWERED = 2.0  # seconds; `/readyz` asks twice, and machines that ask for it give up after five


def application(state: State) -> web.Application:
    """The web server's whole surface."""
    app = web.Application(client_max_size=submitted.LIMIT, middlewares=[refusals.refusals, setup.unfinished])
    app[STATE] = state
    app[PAGES] = pages.environment()
    app[JUDGING] = Line(at_once=2, waiting=14)  # more threads would not judge faster, but take them from the rest
    app[BIG_BODIES] = Line(at_once=4, waiting=16)  # 4 times 25 MiB, a few times over while it is decoded
    app[PATIENCE] = 10.0  # GitHub waits no longer for an answer
    app[ANSWERS] = ANSWERED
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
            web.get("/manual", manual.index),
            web.get("/manual/", manual.whole),
            web.get("/manual/{name}", manual.show),
            web.get("/setup", setup.show),
            web.post("/setup", setup.begin),
            web.get("/setup/created", setup.created),
            web.get("/setup/installed", setup.installed),
            web.get("/schema/handoff.json", health.policy_schema),
            *_signs(),
            web.static("/static", pages.STATIC),
        ]
    )
    return app


def signs_of_life(state: State) -> web.Application:
    """All that a worker of its own answers: whether it lives, and what it counted."""
    app = web.Application()
    app[STATE] = state
    app[ANSWERS] = ANSWERED
    app.on_response_prepare.append(security.harden)
    app.add_routes(_signs())
    return app


def runner(app: web.Application, *, shutdown_timeout: float) -> web.AppRunner:
    """An application ready to be served: bodies stay the bytes that were sent, which are what is signed.

    aiohttp would unpack a compressed body of anybody, a thousand times its size, before it is known who sent it.
    """
    return web.AppRunner(
        app,
        access_log_class=AccessLogger,
        auto_decompress=False,
        logger=FAULTS,
        shutdown_timeout=shutdown_timeout,
    )


def _signs() -> list[web.RouteDef]:
    return [
        web.get("/healthz", health.alive),
        web.get("/readyz", readiness.ready),
        web.get("/metrics", health.measured),
    ]
