"""The server at hand: its settings, and what GitHub says of it, each asked once however many checks want it."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

import aiohttp

import ghapp.store
from ghapp import clock
from ghapp.database import address
from ghapp.errors import StartError
from ghapp.github import deliveries, read
from ghapp.github.app import App
from ghapp.github.client import Client, Transport
from ghapp.github.deliveries import Entry
from ghapp.github.facts import SeenInstallation
from ghapp.github.identity import Credentials
from ghapp.github.reach import Answer, Outside, Unreached
from ghapp.github.registration import Hook, Registration, hook, registration
from ghapp.settings import Settings
from ghapp.store import Store

MOST = 100  # deliveries: what one call brings

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a doctor looks with."""

    settings: Settings
    mistakes: tuple[str, ...] = ()  # in the settings, a sentence each; what is mistaken is not among them
    session: aiohttp.ClientSession  # for calls as the App
    outside: Outside  # for looks without credentials
    now: Callable[[], datetime] = clock.now


class Case:
    """What the checks look at; the stack closes what was opened."""

    def __init__(self, means: Means, stack: AsyncExitStack) -> None:
        self.settings = means.settings
        self.mistakes = means.mistakes
        self.outside = means.outside
        self.now = means.now
        key = means.settings.github_private_key.get_secret_value()
        self.can_sign = means.settings.has_app and bool(key)
        transport = Transport(means.session, means.settings.github_api_url)
        self._app = App(transport, Credentials(issuer=means.settings.issuer, private_key=key))
        self._stack = stack
        self._asked: dict[str, asyncio.Task[Any]] = {}

    def is_mistaken(self, setting: str) -> bool:
        """Whether a setting was given and cannot be used."""
        return any(mistake.startswith(setting) for mistake in self.mistakes)

    async def github(self) -> Answer:
        """GitHub's answer to somebody without credentials; the question counts towards no limit.

        https://docs.github.com/en/rest/rate-limit/rate-limit; a server without limits answers 404, which will do.
        """
        return await self._once("github", lambda: self.outside.get(f"{self.settings.github_api_url}/rate_limit"))

    async def enterprise(self) -> str:
        """The version of a GitHub Enterprise Server, which may stand in a network of its own; "" for all others."""
        try:
            return (await self.github()).headers.get("X-GitHub-Enterprise-Version", "")
        except Unreached:
            return ""

    async def registration(self) -> Registration:
        """The App that the key signs in as."""
        return await self._once("registration", lambda: registration(self._app.itself))

    async def page(self, below: str = "") -> str:
        """The address of a page of the App's settings at GitHub."""
        return (await self.registration()).page(self.settings.github_web_url) + below

    async def hook(self) -> Hook:
        """The App's webhook."""
        return await self._once("hook", lambda: hook(self._app.itself))

    async def deliveries(self) -> tuple[Entry, ...]:
        """GitHub's newest attempts to deliver, newest first."""
        return await self._once("deliveries", lambda: deliveries.newest(self._app.itself, most=MOST))

    async def answer(self, entry: Entry) -> str:
        """What an attempt was answered with."""
        return await self._once(f"answer {entry.id}", lambda: deliveries.answer(self._app.itself, entry.id))

    async def installations(self) -> tuple[SeenInstallation, ...]:
        """Where the App is installed."""
        return await self._once("installations", self._installations)

    async def client(self, installation: int) -> Client:
        """A client for one installation."""
        return await self._app.client(installation)

    async def store(self) -> Store:
        """The database that DATABASE_URL names, as it is.

        Raises:
            StartError: it is not there, or cannot be used.
        """
        return await self._once("store", self._store)

    def close(self) -> None:
        """Ask nothing any more."""
        for task in self._asked.values():
            task.cancel()

    async def _installations(self) -> tuple[SeenInstallation, ...]:
        return tuple([each async for each in read.installations(self._app.itself)])

    async def _store(self) -> Store:
        url = self.settings.database_url.get_secret_value()
        place = address.read(url)
        if place.get_backend_name() == "sqlite" and not address.path(place).exists():
            raise StartError(f"DATABASE_URL: {address.path(place)} is not there: run this where the server runs.")
        store = await ghapp.store.open(url)
        self._stack.push_async_callback(store.close)
        return store

    async def _once(self, name: str, ask: Callable[[], Coroutine[Any, Any, Fact]]) -> Fact:
        """Ask once; one check that gives up does not take the answer from the others."""
        if name not in self._asked:
            self._asked[name] = asyncio.create_task(ask())
        return cast("Fact", await asyncio.shield(self._asked[name]))
