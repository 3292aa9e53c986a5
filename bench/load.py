"""A load of edits, each told by a signed delivery to whichever server is there."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import aiohttp

from bench.books import Books, Subject, duplicated, lost
from bench.fake_github import GitHub
from tests import fakes, process

RATE = 60  # deliveries a second
SUBJECTS = 60  # half of them issues, half pull requests
REPEATED = 0.1  # of the deliveries that were accepted, sent once more with the same id, as GitHub may
STORED = "202"


class Load:
    """Edits subjects at random and delivers that to one of the servers at `urls`, the next where one is not there."""

    def __init__(self, github: GitHub, urls: list[str], chance: random.Random) -> None:
        self._github = github
        self._urls = urls
        self._chance = chance
        self._accepted = 0
        self._refused: Counter[str] = Counter()
        self._writes: Counter[str] = Counter()
        issues = [github.issue(number, labels=["handoff"]) for number in range(1, SUBJECTS // 2 + 1)]
        pulls = [github.pull(number) for number in range(SUBJECTS // 2 + 1, SUBJECTS + 1)]
        self._subjects = [Subject(thread) for thread in (*issues, *pulls)]

    @property
    def refused(self) -> int:
        """How many deliveries were not answered 202."""
        return self._refused.total()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Send at a steady rate as long as the block lasts; what is on its way at its end is waited for."""
        # A connection for each: one that is kept open dies with its server, which says nothing of the next.
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
            stop = asyncio.Event()
            sender = asyncio.create_task(self._send_all(session, stop))
            try:
                yield
            finally:
                stop.set()
                await sender

    def books(self) -> Books:
        """What came of all that was sent."""
        self._count()
        rung = [subject for subject in self._subjects if subject.accepted]
        return Books(
            accepted=self._accepted,
            refused=self._refused,
            subjects=len(rung),
            lost=tuple(what for subject in rung if (what := lost(self._github, subject))),
            duplicated=tuple(what for subject in rung for what in duplicated(self._github, subject)),
            writes=self._writes,
        )

    async def _send_all(self, session: aiohttp.ClientSession, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                group.create_task(self._send(session, self._chance.choice(self._subjects)))
                self._count()
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), 1 / RATE)

    async def _send(self, session: aiohttp.ClientSession, subject: Subject) -> None:
        payload = _payload(subject, subject.edit(self._chance))
        edit, guid = subject.edits, str(uuid4())
        answer = await self._deliver(session, subject.event, payload, guid)
        if answer != STORED:
            self._refused[answer] += 1
            return
        self._accepted += 1
        subject.accepted = max(subject.accepted, edit)
        if self._chance.random() < REPEATED:
            await self._deliver(session, subject.event, payload, guid)

    async def _deliver(self, session: aiohttp.ClientSession, event: str, payload: dict[str, Any], guid: str) -> str:
        """Deliver to the first server that is there; the answer's status, or how the connection failed."""
        for url in self._chance.sample(self._urls, len(self._urls)):
            try:
                return str(await process.Sender(url, session).deliver(event, payload, guid=guid))
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError) as error:
                return type(error).__name__
        return "not connected"

    def _count(self) -> None:
        """Note the writes and forget the calls, which would fill the memory."""
        for call in self._github.calls:
            what = next((word for word in ("check-runs", "comments", "labels") if word in call.path), "")
            if what and call.method != "GET":
                self._writes[f"{call.method} {what}"] += 1
        self._github.calls.clear()


def _payload(subject: Subject, action: str) -> dict[str, Any]:
    recorded = fakes.delivery(subject.event)
    key = "issue" if subject.event == "issues" else subject.event
    return recorded | {"action": action, key: recorded[key] | {"number": subject.thread.number}}
