"""A text handed in over HTTP: read, judged, and refused in one sentence when it cannot be read."""

import asyncio
import json
from typing import NoReturn

from aiohttp import web

from checks.verdict import Verdict
from config.load import Loaded
from ghapp import submission
from ghapp.errors import UserError
from ghapp.submission import IssueSubmission, PullSubmission

LIMIT = 1024 * 1024  # bytes of a request; 256 KiB of a body are judged


async def judged(request: web.Request) -> tuple[IssueSubmission | PullSubmission, Verdict]:
    """The text that was handed in, and its verdict under the default policy."""
    raw = await _body(request)
    try:
        text = submission.read(_decoded(raw))
    except UserError as error:
        refuse(str(error))
    return text, await asyncio.to_thread(submission.judge, text, Loaded())  # a long text must not hold up deliveries


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        refuse("The text is too long: a request may have 1 MiB.", web.HTTPRequestEntityTooLarge.status_code)


def _decoded(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise UserError('The text has to be JSON, such as {"kind": "issue", "title": "...", "body": "..."}.') from None


def refuse(reason: str, status: int = 400) -> NoReturn:
    """Answer with one sentence, as JSON."""
    text = json.dumps({"error": reason})
    if status == web.HTTPRequestEntityTooLarge.status_code:
        raise web.HTTPRequestEntityTooLarge(
            max_size=LIMIT, actual_size=LIMIT + 1, text=text, content_type="application/json"
        )
    raise web.HTTPBadRequest(text=text, content_type="application/json")
