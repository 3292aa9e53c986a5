"""gidgethub's client, as one installation or as our App: bounded in time, never redirected when it writes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
from gidgethub import HTTPException, QueryError
from gidgethub.aiohttp import GitHubAPI

from ghapp import clock
from ghapp.errors import Again, Paced, Refused
from ghapp.github import faults, measured
from ghapp.github.identity import Credentials
from ghapp.github.pace import Pace
from ghapp.github.tokens import Token

NAME = "handoff-ghapp"  # GitHub refuses calls without a User-Agent
VERSION = {"X-GitHub-Api-Version": "2022-11-28"}  # known to every supported server, GHES too
TIMEOUT = aiohttp.ClientTimeout(total=20)  # GitHub itself gives up after 10 seconds
PAUSES = (0.5, 1.5)  # while a new token, or what a delivery speaks of, spreads; a worker's slot is held meanwhile
SPREADS = timedelta(seconds=15)  # so much later a job comes back with a new token (octokit/auth-app.js#65)
READS = frozenset({"GET", "HEAD"})
TELLS = "/comments"  # where the one thing is posted that people are told of, and that GitHub's limit on content means


@dataclass(frozen=True, slots=True)
class Transport:
    """How calls leave: a shared session, GitHub's address, and the time."""

    session: aiohttp.ClientSession
    api_url: str = "https://api.github.com"
    now: Callable[[], datetime] = clock.now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose calls these are: an installation with its pace, and what is to happen when its token is refused."""

    installation: int = 0  # 0 for the App itself
    pace: Pace = field(default_factory=Pace)
    backlog: bool = False  # nobody waits for this client's job
    refused: Callable[[], None] = lambda: None


def session() -> aiohttp.ClientSession:
    """A session for `Transport`; close it when the server stops."""
    return aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar(), trace_configs=[measured.trace()])


def graphql_url(api_url: str) -> str:
    """Where GraphQL answers: GHES has it beside `/api/v3`, all others below the REST address."""
    parts = urlsplit(api_url.rstrip("/"))
    return parts._replace(path=parts.path.removesuffix("/v3") + "/graphql").geturl()


def silence(method: str, url: str, error: Exception) -> Again:
    """What it means that no answer came: it passes; whether the call took effect is seen at the next look."""
    return Again(f"GitHub does not answer: {method} {urlsplit(url).path}: {type(error).__name__}")


class Client(GitHubAPI):
    """Calls for one installation with its token, or as the App; every failure leaves as what it means, see `faults`."""

    def __init__(
        self,
        transport: Transport,
        *,
        app: Credentials | None = None,
        token: Token | None = None,
        account: Account | None = None,
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
        self._account = account or Account()
        self._graphql = graphql_url(transport.api_url)
        self.written = 0  # REST calls that change something, a repeated one counted again

    def doubt(self, what: str) -> None:
        """Have the job come back when a token that is too new to be known everywhere may be why something fails.

        Raises:
            Paced: it is that new; `what` says what failed.
        """
        if self._is_young():
            raise Paced(f"{what}; the token is new", at=self._transport.now() + SPREADS)

    def renew_token(self) -> None:
        """Have the next job make a new token: what this one may do was fixed when it was made.

        One made a moment ago knows all there is, and making them by the dozen would slow their spreading.
        """
        if not self._is_young():
            self._account.refused()

    async def ask(self, query: str, variables: Mapping[str, object]) -> object:
        """Send a GraphQL query by the same road as REST calls, so that limits and retries hold for it too.

        gidgethub's own `graphql` knows neither GHES nor the two hooks, and hides the headers of a refusal.

        Raises:
            QueryError: GitHub answered in part, or not at all; `response["data"]` is what it could give.
        """
        answer = await self.post(self._graphql, None, data={"query": query, "variables": dict(variables)})
        if not isinstance(answer, dict):
            raise Again("GitHub answers a query with something else than JSON")
        if not answer.get("errors"):
            return answer.get("data")
        if faults.is_query_limit(answer["errors"]):
            raise self._limited("GitHub limits our queries", self._reset_at())
        raise QueryError(answer)

    async def sleep(self, seconds: float) -> None:
        """Wait, by the transport's clock."""
        await self._transport.sleep(seconds)

    async def manage_rate_limit(self, *, method: str, url: str) -> None:
        """Count what changes something, and let new content wait its turn; gidgethub tells of every call before it.

        Raises:
            Paced: so much was written for this installation that this has to wait, see `pace`.
            Again: what was written cannot be looked up now.
        """
        if method == "POST" and url.endswith(TELLS):
            now = self._transport.now()
            at = await self._account.pace.content(now, backlog=self._account.backlog)
            if at > now:
                raise Paced("enough was written for now", at=at)
        self.written += method not in READS and url != self._graphql

    async def handle_rate_limit_error(self, *, method: str, url: str, exception: HTTPException, attempt: int) -> bool:
        """Wait for a new token to spread, or say what the failure means; gidgethub asks this of every failed call."""
        status = int(exception.status_code)
        call = f"{method} {urlsplit(url).path}"
        if faults.is_limit(exception):
            at = faults.free_at(exception.headers, now=self._transport.now())
            raise self._limited(f"GitHub limits us: {call}", at) from exception
        if status in (401, 403, 404) and self._is_young() and not faults.is_decided(exception):
            if attempt <= len(PAUSES):
                await self.sleep(PAUSES[attempt - 1])
                return True
            self.doubt(f"{status} {call}: {exception}")
        if status == 401:
            self._account.refused()
        as_app = not self._account.installation
        fault = faults.meaning(exception, call=call, as_app=as_app, now=self._transport.now())
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
                method,
                url,
                headers={**headers, **VERSION},
                data=body,
                allow_redirects=follow,
                trace_request_ctx=self._account.installation,
            ) as response:
                return response.status, response.headers, await response.read()
        except (aiohttp.ClientError, OSError) as error:
            raise silence(method, url, error) from error

    def _limited(self, reason: str, at: datetime | None) -> Again:
        """A limit is the installation's: its other jobs wait as well."""
        until = at or self._account.pace.limited(self._transport.now())
        return Again(reason, at=until, installation=self._account.installation)

    def _reset_at(self) -> datetime | None:
        """When a query's limit ends, whose headers gidgethub keeps."""
        limit = self.rate_limit
        return limit.reset_datetime if limit is not None and limit.remaining <= 0 else None

    def _is_young(self) -> bool:
        return self._token is not None and self._token.is_young(self._transport.now())
