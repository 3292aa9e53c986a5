"""Our App at GitHub: who it is, and a client for each installation."""

from datetime import datetime

import structlog
from cachetools import LRUCache

from ghapp.errors import Again, Paced, Refused
from ghapp.github import faults
from ghapp.github.client import Account, Client, Transport
from ghapp.github.identity import Credentials, Identity
from ghapp.github.pace import LEAST_PAUSE, LONG_AGO, Pace, Written
from ghapp.github.tokens import MOST, Token, Tokens

log = structlog.get_logger(__name__)


class App:
    """Signs in as the App, and hands out clients for its installations.

    `written` remembers what was written, where GitHub limits that.
    """

    def __init__(self, transport: Transport, credentials: Credentials, *, written: Written | None = None) -> None:
        self._transport = transport
        self._tokens = Tokens(self._mint, now=transport.now)
        self._paces: LRUCache[int, Pace] = LRUCache(MOST)
        self._identity: Identity | None = None
        self._written = written
        self._silent_until = LONG_AGO
        # Signs with a JWT: for what belongs to no installation.
        self.itself = Client(transport, app=credentials, account=Account(refused=self._say_unsigned))

    async def identity(self) -> Identity:
        """Who we are, as GitHub says it; asked once.

        Raises:
            Unsigned: GitHub does not accept the credentials.
            Again: GitHub does not answer now.
        """
        if self._identity is None:
            app = await self.itself.getitem("/app")
            self._identity = Identity(int(app["id"]), str(app["slug"]))
        return self._identity

    async def client(self, installation: int, *, backlog: bool = False) -> Client:
        """A client for one installation: make one for each job, its token lasts for that.

        `backlog` says that nobody waits for the job: it gives way to those that somebody waits for.

        Raises:
            Gone: the installation is deleted.
            Refused: it is suspended.
            Paced: enough of the backlog was looked at for now.
            Again: there is no token now; the installation's other jobs wait as well, none of them has failed.
        """
        pace = self._paces.setdefault(installation, Pace(installation, self._written))
        now = self._transport.now()
        if backlog and (at := pace.look(now)) > now:
            raise Paced("enough of the backlog was looked at for now", at=at)
        account = Account(
            installation=installation,
            pace=pace,
            backlog=backlog,
            refused=lambda: self._tokens.drop(installation),
        )
        return Client(self._transport, token=await self._token(installation), account=account)

    def drop_token(self, installation: int) -> None:
        """Forget an installation's token: what it may do was fixed when it was made."""
        self._tokens.drop(installation)

    async def _token(self, installation: int) -> Token:
        try:
            return await self._tokens.token(installation)
        except Again as error:
            if error.at is None:
                raise
            raise Again(str(error), at=error.at, installation=installation) from error
        except Refused as error:
            if faults.is_suspension(error):
                raise
            # It is no job's fault: to give jobs up for it would leave them all to be replayed.
            log.error("github.refuses-us", installation=installation, reason=str(error))
            at = self._transport.now() + LEAST_PAUSE
            raise Again(str(error), at=at, installation=installation) from error

    def _say_unsigned(self) -> None:
        """Say once a minute, however many calls there are, that GitHub does not accept our signature."""
        now = self._transport.now()
        if now >= self._silent_until:
            self._silent_until = now + LEAST_PAUSE
            log.error("github.refuses-us", reason=f"401: {faults.SIGNATURE}")

    async def _mint(self, installation: int) -> Token:
        made = await self.itself.post("/app/installations/{id}/access_tokens", {"id": str(installation)}, data=b"")
        return Token(
            value=made["token"],
            minted_at=self._transport.now(),
            expires_at=datetime.fromisoformat(made["expires_at"]),
        )
