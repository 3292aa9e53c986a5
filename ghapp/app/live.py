"""Going live: a server that was started without an App becomes one as soon as somebody has set it up."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import structlog

from ghapp import log, settings
from ghapp.app.github import GitHub
from ghapp.app.server import Server, joined
from ghapp.github.identity import Identity
from ghapp.settings import stored
from ghapp.web import Finished, Place, SetUp, State

logger = structlog.get_logger(__name__)

Begin = Callable[[Server, GitHub], None]  # starts what only an App does


def chance(server: Server, state: State, stack: AsyncExitStack, begin: Begin) -> SetUp:
    """The one set-up of a server without an App: what it comes to is put in force at once."""
    file = stored.place(server.settings.database_url.get_secret_value())
    return SetUp(
        server.settings,
        Place(file=file and file.absolute()),
        load=lambda kept: settings.load(kept=kept),
        finish=_Live(server, state, stack, begin).go,
    )


@dataclass(frozen=True, slots=True)
class _Live:
    server: Server
    state: State
    stack: AsyncExitStack
    begin: Begin

    async def go(self, finished: Finished) -> None:
        """Take deliveries and work on them from now on; who we are was said with the credentials."""
        chosen = finished.settings
        log.hide(chosen.secrets)
        github = await joined(chosen, self.server.store, self.stack)
        github.identity = Identity(finished.created.id, finished.created.slug)
        self.state.public_url = chosen.public_url
        self.state.secrets = chosen.webhook_secrets
        self.state.app = lambda: github.identity
        self.begin(replace(self.server, settings=chosen, github=github), github)
        logger.info("server.live", app=github.identity.login)
