"""Our App at GitHub: who it is, and a client for each installation."""

from datetime import datetime

from ghapp.github.client import Client, Transport
from ghapp.github.identity import Credentials, Identity
from ghapp.github.tokens import Token, Tokens


class App:
    """Signs in as the App, and hands out clients for its installations."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport = transport
        self._tokens = Tokens(self._mint, now=transport.now)
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

    async def client(self, installation: int) -> Client:
        """A client for one installation: make one for each job, its token lasts for that.

        Raises:
            Gone: the installation is deleted or suspended.
        """
        token = await self._tokens.token(installation)
        return Client(
            self._transport,
            token=token,
            installation=installation,
            refused=lambda: self._tokens.drop(installation),
        )

    def drop_token(self, installation: int) -> None:
        """Forget an installation's token: what it may do was fixed when it was made."""
        self._tokens.drop(installation)

    async def _mint(self, installation: int) -> Token:
        made = await self.itself.post("/app/installations/{id}/access_tokens", {"id": str(installation)}, data=b"")
        return Token(
            value=made["token"],
            minted_at=self._transport.now(),
            expires_at=datetime.fromisoformat(made["expires_at"]),
        )
