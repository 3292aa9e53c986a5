"""The access log: who asked for which path and what was answered, without query strings or anything secret."""

import structlog
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from ghapp import metrics

METHODS = frozenset({"GET", "HEAD", "POST"})  # the others share one count, since anybody can make up more
ROUTINE = frozenset({"/healthz", "/readyz", "/metrics"})  # machines ask for these every few seconds

log = structlog.get_logger(__name__)


class AccessLogger(AbstractAccessLogger):
    """One line for each request; the path stays percent-encoded, so that it cannot break out of its line."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write one line and count the answer."""
        metrics.REQUESTS.labels(request.method if request.method in METHODS else "other", str(response.status)).inc()
        write = log.debug if _is_routine(request.path, response.status) else log.info
        write(
            "request",
            method=request.method,
            path=request.rel_url.raw_path,
            status=response.status,
            bytes=response.content_length or 0,  # aiohttp's body_length counts the headers as well
            ms=round(time * 1000, 1),
        )


def _is_routine(path: str, status: int) -> bool:
    """Whether nobody misses the line: an accepted delivery has one of its own, and a page brings its static files."""
    accepted = path == "/webhook" and status == web.HTTPAccepted.status_code
    return accepted or path in ROUTINE or path.startswith("/static/")
