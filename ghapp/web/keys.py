"""What every route can reach, each under a typed key."""

from dataclasses import dataclass, field

import jinja2
from aiohttp import web

from ghapp.github.identity import Identity
from ghapp.queue import Queue
from ghapp.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the process has: with no App credentials there is no `app`, and deliveries are refused."""

    version: str
    public_url: str
    app: Identity | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)  # two while one is rotated
    queue: Queue | None = None
    store: Store | None = None


STATE = web.AppKey("state", State)
PAGES = web.AppKey("pages", jinja2.Environment)
