"""gidgethub's client, as one installation or as our App: bounded in time, never redirected when it writes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp
from gidgethub import HTTPException, QueryError
from gidgethub.aiohttp import GitHubAPI

from ghapp import clock
from ghapp.errors import Again, Refused
from ghapp.github import faults
from ghapp.github.identity import Credentials
from ghapp.github.tokens import Token

NAME = "handoff-ghapp"  # GitHub refuses calls without a User-Agent
VERSION = {"X-GitHub-Api-Version": "2022-11-28"}  # known to every supported server, GHES too
TIMEOUT = aiohttp.ClientTimeout(total=20)  # GitHub itself gives up after 10 seconds
PAUSES = (1.0, 3.0, 10.0)  # while a new token spreads (octokit/auth-app.js#65)
LAG = (1.0, 3.0)  # while what a delivery speaks of spreads
READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Transport:
    """How calls leave: a shared session, GitHub's address, and the time."""

    session: aiohttp.ClientSession
    api_url: str = "https://api.github.com"
    now: Callable[[], datetime] = clock.now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


def session() -> aiohttp.ClientSession:
    """A session for `Transport`; close it when the server stops."""
    return aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())


def graphql_url(api_url: str) -> str:
    """Where GraphQL answers: GHES has it beside `/api/v3`, all others below the REST address."""
    parts = urlsplit(api_url.rstrip("/"))
    return parts._replace(path=parts.path.removesuffix("/v3") + "/graphql").geturl()


class Client(GitHubAPI):
    """Calls for one installation with its token, or as the App; every failure leaves as what it means, see `faults`."""

    def __init__(
        self,
        transport: Transport,
        *,
        app: Credentials | None = None,
        token: Token | None = None,
        installation: int = 0,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            transport.session,
            NAME,
            oauth_token=token.value if token else None,
            app_id=app.issuer if app else None,
            private_key=app.private_key if app else None,
            base_url=transport.api_url,
        )
        self._transport = transport
        self._token = token
        self._installation = installation
        self._refused = refused
        self._graphql = graphql_url(transport.api_url)
        self.written = 0  # REST calls that change something, a repeated one counted again

    @property
    def patience(self) -> tuple[float, ...]:
        """The pauses after which something that is not there is asked for again, before it counts as gone."""
        return PAUSES if self._is_young() else LAG

    def renew_token(self) -> None:
        """Have the next job make a new token: what this one may do was fixed when it was made.

        One made a moment ago knows all there is, and making them by the dozen would slow their spreading.
        """
        if not self._is_young():
            self._refused()

    async def ask(self, query: str, variables: Mapping[str, object]) -> object:
        """Send a GraphQL query by the same road as REST calls, so that limits and retries hold for it too.

        gidgethub's own `graphql` knows neither GHES nor the two hooks, and hides the headers of a refusal.

        Raises:
            QueryError: GitHub answered in part, or not at all; `response["data"]` is what it could give.
        """
        answer = await self.post(self._graphql, None, data={"query": query, "variables": dict(variables)})
        if not answer.get("errors"):
            return answer.get("data")
        if faults.is_query_limit(str(error.get("type")) for error in answer["errors"]):
            raise Again("GitHub limits our queries", at=self._free_at(), installation=self._installation)
        raise QueryError(answer)

    async def sleep(self, seconds: float) -> None:
        """Wait, by the transport's clock."""
        await self._transport.sleep(seconds)

    async def manage_rate_limit(self, *, method: str, url: str) -> None:
        """Count what changes something; gidgethub tells of every call before it is made."""
        self.written += method not in READS and url != self._graphql

    async def handle_rate_limit_error(self, *, method: str, url: str, exception: HTTPException, attempt: int) -> bool:
        """Wait for a new token to spread, or say what the failure means; gidgethub asks this of every failed call."""
        status = int(exception.status_code)
        spreading = status in (401, 403, 404) and self._is_young() and not faults.is_limit(exception)
        if spreading and attempt <= len(PAUSES):
            await self.sleep(PAUSES[attempt - 1])
            return True
        if status == 401:
            self._refused()
        call = f"{method} {urlsplit(url).path}"
        fault = faults.meaning(exception, call=call, now=self._transport.now(), installation=self._installation)
        if isinstance(fault, Refused):
            self.renew_token()
        if fault is exception:
            return False
        raise fault from exception

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        # A redirected POST would become a GET and look like success, so only reads follow.
        follow = method == "GET"
        try:
            async with self._session.request(
                method, url, headers={**headers, **VERSION}, data=body, allow_redirects=follow
            ) as response:
                return response.status, response.headers, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Again(f"GitHub does not answer: {method} {urlsplit(url).path}: {type(error).__name__}") from error

    def _free_at(self) -> datetime:
        limit = self.rate_limit
        if limit is not None and limit.remaining <= 0:
            return limit.reset_datetime
        return self._transport.now() + faults.LEAST_PAUSE

    def _is_young(self) -> bool:
        return self._token is not None and self._token.is_young(self._transport.now())
