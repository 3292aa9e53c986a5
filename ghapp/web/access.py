"""The access log: who asked for which path and what was answered, without query strings or anything secret."""

import structlog
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from ghapp import metrics

METHODS = frozenset({"GET", "HEAD", "POST"})  # the others share one count, since anybody can make up more

log = structlog.get_logger(__name__)


class AccessLogger(AbstractAccessLogger):
    """One line for each request; the path stays percent-encoded, so that it cannot break out of its line."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write one line and count the answer."""
        metrics.REQUESTS.labels(request.method if request.method in METHODS else "other", str(response.status)).inc()
        log.info(
            "request",
            method=request.method,
            path=request.rel_url.raw_path,
            status=response.status,
            bytes=response.body_length,
            ms=round(time * 1000, 1),
        )
