"""A signed body: nothing of it is read before its header can be right, and nothing believed before it is."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NoReturn

from aiohttp import hdrs, web

from ghapp.web.keys import BIG_BODIES, PATIENCE
from ghapp.web.line import Full

LIMIT = 25 * 1024 * 1024  # GitHub sends no payload over 25 MB
BIG = 1024 * 1024  # more than nearly all deliveries have; they wait for each other
PAUSE = 10  # seconds after which big bodies are done with, or given up
HEADER = "X-Hub-Signature-256"

_FORM = re.compile(r"sha256=[0-9a-f]{64}")


@asynccontextmanager
async def body(request: web.Request, secrets: tuple[str, ...]) -> AsyncIterator[bytes]:
    """The raw body, once its length and its signature are known to be right; do all that needs it within."""
    length = request.content_length
    if (length or 0) > LIMIT:
        raise web.HTTPRequestEntityTooLarge(max_size=LIMIT, actual_size=length or 0)
    given = request.headers.get(HEADER, "")
    if not _FORM.fullmatch(given):
        _unauthorized("is not sha256= and 64 hexadecimal digits" if given else "is missing")
    async with AsyncExitStack() as stack:
        if length is None or length > BIG:
            await _wait(request, stack)
        raw = await _read(request)
        if not is_signed(raw, given, secrets):
            _unauthorized("does not fit the body and our secret")
        yield raw


def is_signed(raw: bytes, given: str, secrets: tuple[str, ...]) -> bool:
    """Whether one of the secrets signed exactly these bytes; every secret is tried, each in constant time.

    https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    """
    claimed = given.encode(errors="replace")
    fits = False
    for secret in secrets:
        digest = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        fits |= hmac.compare_digest(f"sha256={digest}".encode(), claimed)
    return fits


async def _wait(request: web.Request, stack: AsyncExitStack) -> None:
    try:
        await stack.enter_async_context(request.config_dict[BIG_BODIES].turn())
    except Full:
        raise web.HTTPServiceUnavailable(
            text="Many big deliveries are being read: send this one again later.\n",
            headers={hdrs.RETRY_AFTER: str(PAUSE)},
        ) from None


async def _read(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(request.config_dict[PATIENCE]):
            return await request.clone(client_max_size=LIMIT).read()  # a sub-application's own limit is not heeded
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="The body did not arrive in time.\n") from None
    except (ConnectionError, web.RequestPayloadError):  # nobody is there to read this, but it is no fault of ours
        raise web.HTTPRequestTimeout(text="The body did not arrive whole.\n") from None


def _unauthorized(what: str) -> NoReturn:
    raise web.HTTPUnauthorized(text=f"The header {HEADER} {what}.\n")
