"""The access log: who asked for which path and what was answered, without query strings or anything secret."""

import logging

import structlog
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.http_exceptions import HttpProcessingError

from ghapp import metrics
from ghapp.web.keys import DELIVERY

METHODS = frozenset({"GET", "HEAD", "POST"})  # the others share one count, since anybody can make up more
ROUTINE = frozenset({"/healthz", "/readyz", "/metrics"})  # machines ask for these every few seconds

log = structlog.get_logger(__name__)


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a fault is one of the server: of what is no HTTP aiohttp would repeat the bytes, secrets included."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


FAULTS = logging.getLogger("ghapp.web.faults")  # what goes wrong in a route, with its traceback
FAULTS.addFilter(_is_ours)


class AccessLogger(AbstractAccessLogger):
    """One line for each request; the path stays percent-encoded, so that it cannot break out of its line."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write one line and count the answer."""
        metrics.REQUESTS.labels(request.method if request.method in METHODS else "other", str(response.status)).inc()
        write = log.debug if _is_routine(request) else log.info
        write(
            "request",
            method=request.method,
            path=request.rel_url.raw_path,
            status=response.status,
            bytes=response.content_length or 0,  # aiohttp's body_length counts the headers as well
            ms=round(time * 1000, 1),
            **({"delivery": request[DELIVERY]} if DELIVERY in request else {}),
        )


def _is_routine(request: web.BaseRequest) -> bool:
    """Whether nobody misses the line: a delivery has one of its own, and a page brings its static files."""
    return DELIVERY in request or request.path in ROUTINE or request.path.startswith("/static/")
