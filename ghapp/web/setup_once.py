"""One set-up of the App: who may do it, what was begun and by which browser, and where the credentials are kept."""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import jwt
from cachetools import LRUCache

from ghapp import clock
from ghapp.errors import UserError
from ghapp.github.creation import Created, Order
from ghapp.settings import Settings, stored

HOUR = timedelta(hours=1)  # as long as GitHub's code holds
BEGUN = 16  # set-ups that are begun and not ended; an older one has to begin again
_SIGNED = "HS256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where the credentials went: into a file, or nowhere, so that the person has to copy the text."""

    file: Path | None
    why: str = ""  # they went nowhere
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a set-up came to."""

    created: Created
    settings: Settings
    kept: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the credentials are to be kept, if anywhere, and whether they may replace others."""

    file: Path | None
    why: str = "DATABASE_URL names PostgreSQL, so there is no folder of the server's own"
    replaces: bool = False

    def keep(self, values: Mapping[str, str]) -> Kept:
        """Write the credentials, or say why they have to be copied."""
        if self.file is None:
            return Kept(file=None, why=self.why, text=stored.text(values))
        try:
            stored.keep(self.file, values, replaces=self.replaces)
        except OSError as error:
            found = "is there already, and is not overwritten" if self.file.exists() else None
            why = f"{self.file} {found or f'cannot be written ({error.strerror})'}"
            return Kept(file=None, why=why, text=stored.text(values))
        return Kept(file=self.file)


class SetUp:
    """The one chance to set up the App: its token opens the page, until an App is there.

    `chosen` is what the environment says, `load` what it makes of the credentials, `finish` what is done with them.
    """

    def __init__(
        self,
        chosen: Settings,
        place: Place,
        *,
        load: Callable[[Mapping[str, str]], Settings],
        finish: Callable[[Finished], Awaitable[None]],
        serves: bool = True,
    ) -> None:
        self.chosen = chosen
        self.place = place
        self.load = load
        self.finish = finish
        self.serves = serves  # the page is the server's own, which goes live
        self.relay = ""  # the address of a tunnel by which deliveries reach this server, while there is one
        self.token = secrets.token_urlsafe(24)
        self.turn = asyncio.Lock()  # one code at a time: who reloads a page sees how the first went
        self._key = secrets.token_bytes(32)
        self._begun: LRUCache[str, Order] = LRUCache(BEGUN)

    def admits(self, token: str) -> bool:
        """Whether this is the token that was printed."""
        return hmac.compare_digest(token.encode(errors="replace"), self.token.encode())

    @property
    def is_stored(self) -> bool:
        """Whether another program has stored an App meanwhile."""
        return self.place.file is not None and not self.place.replaces and self.place.file.exists()

    def begin(self, order: Order) -> tuple[str, str]:
        """Remember what is asked for; the state that GitHub hands back, and the cookie that has to come with it."""
        state = secrets.token_urlsafe(32)
        self._begun[state] = order
        return state, jwt.encode({"state": state, "exp": clock.now() + HOUR}, self._key, _SIGNED)

    def begun(self, state: str, cookie: str) -> Order:
        """What this browser asked for.

        Raises:
            UserError: another browser did, or it is more than an hour ago, or it is done.
        """
        order = self._begun.get(state)
        try:
            claims = jwt.decode(cookie, self._key, [_SIGNED], options={"require": ["state", "exp"]})
        except jwt.InvalidTokenError:
            claims = {}
        if order is None or claims.get("state") != state:
            raise UserError(
                "This answer from GitHub belongs to no set-up that this browser began here within the last hour:"
                " begin again, and stay in one browser. It may also be that the server was started anew meanwhile."
            )
        return order

    def end(self, state: str) -> None:
        """Forget what was begun: its code is used."""
        self._begun.pop(state, None)
