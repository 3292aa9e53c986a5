"""What calls to GitHub tell by the way: their time, their number, what is left of the limits, and if we may sign in."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
import structlog
from cachetools import TLRUCache

from ghapp import clock, metrics
from ghapp.github.routes import route

METHODS = frozenset({"GET", "POST", "PATCH", "PUT", "DELETE"})
READS = frozenset({"GET", "/graphql"})  # we send no mutation
STATUSES = frozenset(HTTPStatus)
RESOURCES = frozenset({"core", "graphql"})  # GitHub's other buckets, such as search, are not ours
MOST = 10_000  # installations remembered, as many as have tokens

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of one installation's rate limit, until it is filled again."""

    installation: int
    resource: str
    remaining: int
    limit: int
    resets_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How GitHub last answered a call that was signed with the App's key."""

    accepted: bool
    at: datetime


class Seen:
    """What this process saw in GitHub's answers; limits are forgotten once they are filled again."""

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now
        self._left: TLRUCache[tuple[int, str], Left] = TLRUCache(
            MOST, ttu=lambda _key, left, _now: left.resets_at.timestamp(), timer=lambda: now().timestamp()
        )
        self.sign_in: SignIn | None = None

    def answer(self, installation: int, status: int, headers: Mapping[str, str]) -> None:
        """Note one answer; installation 0 stands for calls that the App signed itself."""
        if not installation and (status < 300 or status == HTTPStatus.UNAUTHORIZED):
            self.sign_in = SignIn(accepted=status < 300, at=self._now())
        left = _left(installation, headers)
        if left is not None:
            self._left[installation, left.resource] = left

    def left(self) -> tuple[Left, ...]:
        """What is left, the least first."""
        self._left.expire()
        return tuple(sorted(self._left.values(), key=lambda left: (left.remaining, left.installation, left.resource)))


SEEN = Seen()


def measure(seen: Seen = SEEN) -> None:
    """Set the gauge of rate limits to what was seen; without a limit that runs there is none."""
    metrics.RATE_REMAINING.clear()
    for left in reversed(seen.left()):
        metrics.RATE_REMAINING.labels(left.resource).set(left.remaining)


def trace(seen: Seen = SEEN) -> aiohttp.TraceConfig:
    """Measures every call of a session; each is made with `trace_request_ctx`, the installation it is for."""

    async def start(_session: aiohttp.ClientSession, call: SimpleNamespace, _sent: object) -> None:
        call.started = asyncio.get_running_loop().time()

    async def end(_session: aiohttp.ClientSession, call: SimpleNamespace, sent: aiohttp.TraceRequestEndParams) -> None:
        answer = sent.response
        _count(call, sent, str(answer.status) if answer.status in STATUSES else "other")
        if answer.ok and not READS & {sent.method, route(sent.url.raw_path)}:
            metrics.GITHUB_WRITES.labels(*_called(sent)).inc()
        seen.answer(call.trace_request_ctx or 0, answer.status, answer.headers)

    async def fail(
        _session: aiohttp.ClientSession, call: SimpleNamespace, sent: aiohttp.TraceRequestExceptionParams
    ) -> None:
        _count(call, sent, "none")

    config = aiohttp.TraceConfig()
    config.on_request_start.append(start)
    config.on_request_end.append(end)
    config.on_request_exception.append(fail)
    return config


Sent = aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams


def _count(call: SimpleNamespace, sent: Sent, answer: str) -> None:
    method, called = _called(sent)
    metrics.GITHUB_SECONDS.labels(method, called).observe(asyncio.get_running_loop().time() - call.started)
    metrics.GITHUB_CALLS.labels(method, called, answer).inc()
    logger.debug("github.called", method=method, route=called, answer=answer)


def _called(sent: Sent) -> tuple[str, str]:
    return sent.method if sent.method in METHODS else "other", route(sent.url.raw_path)


def _left(installation: int, headers: Mapping[str, str]) -> Left | None:
    """https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit."""
    resource = headers.get("x-ratelimit-resource", "core")
    numbers: list[Any] = [headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "limit", "reset")]
    if resource not in RESOURCES or not all(number.isdecimal() and len(number) < 12 for number in numbers):
        return None
    remaining, limit, reset = map(int, numbers)
    return Left(
        installation=installation,
        resource=resource,
        remaining=remaining,
        limit=limit,
        resets_at=datetime.fromtimestamp(reset, UTC),
    )
