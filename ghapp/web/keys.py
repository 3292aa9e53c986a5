"""What every route can reach, each under a typed key."""

from collections.abc import Callable
from dataclasses import dataclass, field

import jinja2
from aiohttp import web

from ghapp.github.identity import Identity
from ghapp.queue import Queue
from ghapp.store import Store
from ghapp.web.line import Line
from ghapp.web.setup_once import SetUp


@dataclass(slots=True, kw_only=True)
class State:
    """What the process has: with no App credentials there is no `app`, and deliveries are refused.

    It changes once at most: when the App is set up while the process runs.
    """

    version: str
    public_url: str
    app: Callable[[], Identity] | None = None  # asked anew each time, since GitHub may be silent when we start
    secrets: tuple[str, ...] = field(default=(), repr=False)  # two while one is rotated
    queue: Queue | None = None
    store: Store | None = None
    is_stopping: Callable[[], bool] = lambda: False
    setup: SetUp | None = None  # the chance to set up the App, where it has none


STATE = web.AppKey("state", State)
PAGES = web.AppKey("pages", jinja2.Environment)
JUDGING = web.AppKey("judging", Line)  # texts that are judged over HTTP
BIG_BODIES = web.AppKey("big_bodies", Line)  # deliveries that take much memory while they are read
FORM_TO = web.RequestKey("form_to", str)  # the one other origin that a form of this page leads to
DELIVERY = web.RequestKey("delivery", str)  # GitHub's GUID, empty when it sent none
PATIENCE = web.AppKey("patience", float)  # seconds for a body to arrive in
ANSWERS = web.AppKey("answers", float)  # seconds for the database to answer a page in
