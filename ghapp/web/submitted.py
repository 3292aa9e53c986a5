"""A text handed in over HTTP: read, judged, and refused in one sentence when it cannot be."""

import asyncio
import json
from collections.abc import Callable
from typing import NoReturn

from aiohttp import hdrs, web

from checks.verdict import Verdict
from config.load import Loaded
from ghapp import metrics, submission
from ghapp.errors import See, UserError
from ghapp.render import more
from ghapp.submission import IssueSubmission, PullSubmission
from ghapp.web.keys import JUDGING, PATIENCE
from ghapp.web.line import Full

LIMIT = 1024 * 1024  # bytes of a request; 256 KiB of a body are judged
PAUSE = 2  # seconds after which a place in the line is likely

Submission = IssueSubmission | PullSubmission
Shown = Callable[[Submission, Verdict], dict[str, object]]


async def judged(request: web.Request, shown: Shown) -> dict[str, object]:
    """What is shown of the text that was handed in and its verdict under the default policy."""
    raw = await _body(request)
    try:
        async with request.config_dict[JUDGING].turn():
            return await asyncio.to_thread(_judged, raw, shown)  # a long text must not hold up deliveries
    except UserError as error:
        refuse(str(error))
    except Full:
        refuse("Many texts are being judged: send this one again in a moment.", web.HTTPServiceUnavailable)


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(request.config_dict[PATIENCE]):
            return await request.read()
    except TimeoutError:
        refuse("The text did not arrive in time: send it again.", web.HTTPRequestTimeout)
    except (ConnectionError, web.RequestPayloadError):
        refuse("The text did not arrive whole: send it again.")
    except web.HTTPRequestEntityTooLarge:
        text = _refusal("The text is too long: a request may have 1 MiB.")
        raise web.HTTPRequestEntityTooLarge(
            max_size=LIMIT, actual_size=LIMIT + 1, text=text, content_type="application/json"
        ) from None


def _judged(raw: bytes, shown: Shown) -> dict[str, object]:
    text = submission.read(_decoded(raw))
    with metrics.JUDGING_SECONDS.labels(text.kind).time():
        verdict = submission.judge(text, Loaded())
    return shown(text, verdict)


def _decoded(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise UserError('The text has to be JSON, such as {"kind": "issue", "title": "...", "body": "..."}.') from None


def refuse(reason: str, status: type[web.HTTPException] = web.HTTPBadRequest) -> NoReturn:
    """Answer with one sentence, as JSON."""
    headers = {hdrs.RETRY_AFTER: str(PAUSE)} if status is web.HTTPServiceUnavailable else None
    raise status(text=_refusal(reason), content_type="application/json", headers=headers)


def _refusal(reason: str) -> str:
    return json.dumps({"error": reason, "more": more.address(See.REFUSED_TEXT, public_url="")})
