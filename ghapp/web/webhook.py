"""`POST /webhook`: verify, store, answer; the work is done elsewhere, since GitHub waits ten seconds at most."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs

import structlog
from aiohttp import web

from ghapp import metrics
from ghapp.errors import Again, See
from ghapp.github import events
from ghapp.github.identity import Identity
from ghapp.queue import Queue
from ghapp.render import more
from ghapp.subjects import Delivery, Job
from ghapp.web import signed
from ghapp.web.keys import DELIVERY, STATE, State

_WORD = re.compile(r"[A-Za-z0-9_-]{1,100}")
NAMED = 10  # subjects in one line of the log
_UNSIGNED = frozenset({401, 408, 413})  # refused before we know that GitHub sent it
_SEE = {400: See.MALFORMED, 401: See.SIGNATURE, 408: See.SLOW, 413: See.SLOW, 503: See.UNREADY}

log = structlog.get_logger(__name__)


async def receive(request: web.Request) -> web.Response:
    """Store one delivery: 202, or the reason why not."""
    event = request.headers.get("X-GitHub-Event", "")
    request[DELIVERY] = _guid(request)
    with structlog.contextvars.bound_contextvars(delivery=request[DELIVERY]):
        try:
            answer = await _receive(request, event)
        except web.HTTPException as refusal:
            counted = "unverified" if refusal.status in _UNSIGNED else _name(event)
            metrics.DELIVERIES.labels(counted, refusal.status).inc()
            log.warning("delivery.refused", status=refusal.status, reason=(refusal.text or "").strip())
            refusal.text = f"{refusal.text}{_more(request, refusal.status)}"
            raise
        except Exception:
            metrics.DELIVERIES.labels(_name(event), 500).inc()
            log.exception("delivery.failed")
            raise web.HTTPInternalServerError(text="The server failed; its log says why.\n") from None
    metrics.DELIVERIES.labels(_name(event), answer.status).inc()
    return answer


def _more(request: web.Request, status: int) -> str:
    """Where the manual says more on a refusal: whoever looks after the App reads this in GitHub's log."""
    place = _SEE.get(status, See.MALFORMED)
    return f"More: {more.address(place, public_url=request.config_dict[STATE].public_url)}\n"


async def _receive(request: web.Request, event: str) -> web.Response:
    state = request.config_dict[STATE]
    app, queue = _ready(state)
    delivery, jobs = await _delivered(request, event, state.secrets, app)
    try:
        is_new = await queue.ring(*jobs, delivery=delivery)
    except Again as error:
        raise web.HTTPServiceUnavailable(text=f"The store cannot take it now: {error}\n") from None
    log.info("delivery.stored" if is_new else "delivery.known", event_name=event, **_named(jobs))
    return web.Response(status=202, text="Stored.\n" if is_new else "Known already.\n")


def _ready(state: State) -> tuple[Identity, Queue]:
    if state.app is None or state.queue is None or not all(state.secrets) or not state.secrets:
        raise web.HTTPServiceUnavailable(
            text="This server has no App credentials: set up the App at /setup, or set GITHUB_APP_ID, "
            "GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET and start it again.\n"
        )
    return state.app(), state.queue


async def _delivered(
    request: web.Request, event: str, secrets: tuple[str, ...], app: Identity
) -> tuple[Delivery, tuple[Job, ...]]:
    """What was delivered; its body is let go of here."""
    async with signed.body(request, secrets) as body:
        return _understood(request, event, body, app)


def _understood(request: web.Request, event: str, body: bytes, app: Identity) -> tuple[Delivery, tuple[Job, ...]]:
    guid = _guid(request)
    if not _WORD.fullmatch(event) or not guid:
        raise web.HTTPBadRequest(text="The headers X-GitHub-Event and X-GitHub-Delivery have to be set.\n")
    payload = _payload(body, request.content_type)
    action = payload.get("action")
    try:
        jobs = events.jobs(event, payload, app=app)
    except ValueError as error:
        raise web.HTTPBadRequest(text=f"The payload is malformed: {error}\n") from None
    delivery = Delivery(guid=guid, event=event, action=action if isinstance(action, str) else "")
    return delivery, tuple(replace(job, delivery=guid) for job in jobs)


def _named(jobs: tuple[Job, ...]) -> dict[str, object]:
    """What a delivery rang: its subjects by name, the first of many."""
    return {"jobs": len(jobs), "subject": " ".join(job.subject.key for job in jobs[:NAMED])}


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
