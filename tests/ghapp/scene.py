"""A server whose App is well, for tests of the doctor: each changes one thing and looks at what is said of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from aiohttp.test_utils import TestServer

from ghapp import database, doctor, settings
from ghapp.diagnosis import Diagnosis
from ghapp.github.client import session
from ghapp.github.reach import network
from tests import fake_app, fakes, process

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOST = "https://api.github.com"  # as which the fake's own address is shown, since its port differs each time


@dataclass
class Scene:
    """All that a fault can be set in."""

    github: fakes.FakeGitHub
    street: fake_app.Street
    folder: Path
    url: str
    settings: dict[str, str] = field(default_factory=dict)  # changed; an empty one is not set

    def deliver(self, *statuses: int, **changes: str | float) -> None:
        """Attempts that ended so, the last one a minute ago; `changes` are keys of their entries that differ."""
        for number, status in enumerate(reversed(statuses), 1):
            self.github.log.add(f"guid-{number}", NOON - timedelta(minutes=number), status=status, changes=changes)

    async def examined(self) -> dict[str, Diagnosis]:
        """What the doctor finds."""
        database_url = f"sqlite:///{self.folder}/handoff.db"
        given = process.app_settings(self.url, **{"DATABASE_URL": database_url, **self.settings})
        chosen, mistakes = settings.usable(given, env_file=None)
        async with session() as http:
            means = doctor.Means(settings=chosen, mistakes=mistakes, session=http, outside=self.street)
            return await doctor.examine(doctor.ALL, means)

    def stable(self, text: str) -> str:
        """A text without what differs from run to run."""
        return text.replace(self.url, HOST).replace(str(self.folder), "data")


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    """An App that is well, with a database, a webhook, one installation and two deliveries that were taken."""
    github = fakes.FakeGitHub()
    database.migrate(f"sqlite:///{folder}/handoff.db")
    async with TestServer(fakes.serve(github)) as server, network() as outside:
        with time_machine.travel(NOON):
            made = Scene(github, fake_app.Street(outside), folder, str(server.make_url("")).rstrip("/"))
            made.deliver(202, 202)
            yield made
