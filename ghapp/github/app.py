"""Our App at GitHub: who it is, and a client for each installation."""

from datetime import datetime

import structlog
from cachetools import LRUCache

from ghapp.errors import Again, Paced, Refused
from ghapp.github.client import Account, Client, Transport
from ghapp.github.identity import Credentials, Identity
from ghapp.github.pace import LEAST_PAUSE, Pace
from ghapp.github.tokens import MOST, Token, Tokens

log = structlog.get_logger(__name__)


class App:
    """Signs in as the App, and hands out clients for its installations."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport = transport
        self._tokens = Tokens(self._mint, now=transport.now)
        self._paces: LRUCache[int, Pace] = LRUCache(MOST)
        self._identity: Identity | None = None
        self.itself = Client(transport, app=credentials)  # signs with a JWT: for what belongs to no installation

    async def identity(self) -> Identity:
        """Who we are, as GitHub says it; asked once.

        Raises:
            Refused: GitHub does not accept the credentials.
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
            Gone: the installation is deleted or suspended.
            Paced: enough of the backlog was looked at for now.
            Again: there is no token now; the installation's other jobs wait as well, none of them has failed.
        """
        pace = self._paces.setdefault(installation, Pace(paced=self._transport.paced))
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
            # A wrong key or clock is no job's fault: to give jobs up for it would leave them all to be replayed.
            log.error("github.refuses-us", installation=installation, reason=str(error))
            at = self._transport.now() + LEAST_PAUSE
            raise Again(str(error), at=at, installation=installation) from error

    async def _mint(self, installation: int) -> Token:
        made = await self.itself.post("/app/installations/{id}/access_tokens", {"id": str(installation)}, data=b"")
        return Token(
            value=made["token"],
            minted_at=self._transport.now(),
            expires_at=datetime.fromisoformat(made["expires_at"]),
        )
