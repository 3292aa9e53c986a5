"""`POST /webhook`: verify, store, answer; the work is done elsewhere, since GitHub waits ten seconds at most."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qs

import structlog
from aiohttp import web

from ghapp import metrics
from ghapp.errors import Again
from ghapp.github import events
from ghapp.github.identity import Identity
from ghapp.queue import Queue
from ghapp.subjects import Delivery
from ghapp.web.keys import STATE, State

LIMIT = 25 * 1024 * 1024  # GitHub sends no payload over 25 MB
SIGNATURE = "X-Hub-Signature-256"

_WORD = re.compile(r"[A-Za-z0-9_-]{1,100}")

log = structlog.get_logger(__name__)


async def receive(request: web.Request) -> web.Response:
    """Store one delivery: 202, or the reason why not."""
    event = request.headers.get("X-GitHub-Event", "")
    try:
        answer = await _receive(request, event)
    except web.HTTPException as refusal:
        metrics.DELIVERIES.labels("unverified" if refusal.status in (401, 413) else _name(event), refusal.status).inc()
        log.warning(
            "delivery.refused", status=refusal.status, reason=(refusal.text or "").strip(), delivery=_guid(request)
        )
        raise
    metrics.DELIVERIES.labels(event, answer.status).inc()
    return answer


async def _receive(request: web.Request, event: str) -> web.Response:
    app, queue = _ready(request.config_dict[STATE])
    body = await _verified(request, request.config_dict[STATE].secrets)
    guid = _guid(request)
    if not _WORD.fullmatch(event) or not guid:
        raise web.HTTPBadRequest(text="The headers X-GitHub-Event and X-GitHub-Delivery have to be set.\n")
    payload = _payload(body, request.content_type)
    action = payload.get("action")
    delivery = Delivery(guid=guid, event=event, action=action if isinstance(action, str) else "")
    try:
        jobs = events.jobs(event, payload, app=app)
    except ValueError as error:
        raise web.HTTPBadRequest(text=f"The payload is malformed: {error}\n") from None
    try:
        is_new = await queue.ring(*jobs, delivery=delivery)
    except Again as error:
        raise web.HTTPServiceUnavailable(text=f"The store cannot take it now: {error}\n") from None
    log.info("delivery.stored" if is_new else "delivery.known", delivery=guid, event_name=event, jobs=len(jobs))
    return web.Response(status=202, text="Stored.\n" if is_new else "Known already.\n")


def _ready(state: State) -> tuple[Identity, Queue]:
    if state.app is None or state.queue is None or not all(state.secrets) or not state.secrets:
        raise web.HTTPServiceUnavailable(
            text="This server has no App credentials: set GITHUB_APP_ID, GITHUB_PRIVATE_KEY and "
            "GITHUB_WEBHOOK_SECRET and start it again.\n"
        )
    return state.app, state.queue


async def _verified(request: web.Request, secrets: tuple[str, ...]) -> bytes:
    """The raw body, once its length and its signature are known to be right."""
    if (request.content_length or 0) > LIMIT:
        raise web.HTTPRequestEntityTooLarge(max_size=LIMIT, actual_size=request.content_length or 0)
    given = request.headers.get(SIGNATURE, "")
    if not given:
        raise web.HTTPUnauthorized(text=f"The header {SIGNATURE} is missing.\n")
    body = await request.clone(client_max_size=LIMIT).read()  # a sub-application's own limit is not heeded
    if not is_signed(body, given, secrets):
        raise web.HTTPUnauthorized(text=f"The header {SIGNATURE} does not fit the body and our secret.\n")
    return body


def is_signed(body: bytes, given: str, secrets: tuple[str, ...]) -> bool:
    """Whether one of the secrets signed exactly these bytes; every secret is tried, each in constant time.

    https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    """
    claimed = given.encode(errors="replace")
    fits = False
    for secret in secrets:
        digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        fits |= hmac.compare_digest(f"sha256={digest}".encode(), claimed)
    return fits


def _payload(body: bytes, content_type: str) -> Mapping[str, object]:
    try:
        text = body.decode()
        if content_type == "application/x-www-form-urlencoded":
            text = parse_qs(text, strict_parsing=True, max_num_fields=10)["payload"][0]
        payload = json.loads(text)
    except (ValueError, KeyError, RecursionError):
        raise web.HTTPBadRequest(text="The body is not JSON.\n") from None
    if not isinstance(payload, dict):
        raise web.HTTPBadRequest(text="The body is not a JSON object.\n")
    return payload


def _guid(request: web.Request) -> str:
    guid = request.headers.get("X-GitHub-Delivery", "")
    return guid if _WORD.fullmatch(guid) else ""


def _name(event: str) -> str:
    return event if event in events.EVENTS else "other"
