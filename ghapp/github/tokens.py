"""Installation tokens: one for each installation, minted once however many ask, kept until shortly before its end.

Scoped or more frequent tokens would make GitHub's replication lag worse (octokit/auth-app.js#65).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cachetools import TLRUCache

MARGIN = timedelta(minutes=5)  # a job that starts with a token also ends with it
YOUNG = timedelta(seconds=60)  # so long a new token may be unknown to some of GitHub's servers
MOST = 10_000  # installations remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An installation token; its shape is GitHub's affair, its value is never shown."""

    value: str = field(repr=False)
    minted_at: datetime
    expires_at: datetime

    def is_young(self, now: datetime) -> bool:
        """Whether a refusal may only mean that the token has not spread yet."""
        return now - self.minted_at < YOUNG


Mint = Callable[[int], Awaitable[Token]]


class Tokens:
    """The tokens in use, by installation."""

    def __init__(self, mint: Mint, *, now: Callable[[], datetime]) -> None:
        self._mint = mint
        self._kept: TLRUCache[int, Token] = TLRUCache(
            MOST,
            ttu=lambda _installation, token, _now: (token.expires_at - MARGIN).timestamp(),
            timer=lambda: now().timestamp(),
        )
        self._minting: dict[int, asyncio.Task[Token]] = {}

    async def token(self, installation: int) -> Token:
        """The installation's token; a new one when there is none or it ends soon.

        Those who ask meanwhile share its making, and its failure: each trying anew would keep the last waiting for all.
        """
        kept = self._kept.get(installation)
        if kept is not None:
            return kept
        minting = self._minting.get(installation)
        if minting is None:
            minting = self._minting[installation] = asyncio.create_task(self._renew(installation))
            minting.add_done_callback(lambda _: self._minting.pop(installation))
        return await asyncio.shield(minting)  # one who gives up does not take it from the others

    def drop(self, installation: int) -> None:
        """Forget a token: it was refused, or the installation was suspended or given other permissions."""
        self._kept.pop(installation, None)

    async def _renew(self, installation: int) -> Token:
        made = self._kept[installation] = await self._mint(installation)
        return made
