"""The web server as it is served, a real queue behind it: sent whatever bytes a test wants, and its log is read."""

import asyncio
import hashlib
import hmac
import json
import logging
import re
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from structlog.testing import capture_logs

from ghapp import queue
from ghapp.web import State, application, runner
from ghapp.web.keys import PATIENCE
from tests.fakes import US
from tests.ghapp.runs import execute

SECRET = "a secret of more than sixteen letters"
LONGEST = 20  # seconds before a test is given up
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")


def sign(body: bytes) -> str:
    """The signature that GitHub would send."""
    return f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"


def request(body: bytes, headers: Mapping[str, str]) -> bytes:
    """A request as it goes over the wire, its length told."""
    return head({"Content-Length": str(len(body)), **headers}) + body


def head(headers: Mapping[str, str]) -> bytes:
    """The beginning of a request up to its body."""
    given = {"Host": "handoff", "Content-Type": "application/json", **headers}
    lines = ["POST /webhook HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


class _Faults(logging.Handler):
    """Keeps what the libraries call an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


@dataclass(slots=True)
class Door:
    """An address, the database behind it, and the log."""

    port: int
    url: str  # of the database
    lines: list[MutableMapping[str, Any]]
    errors: list[str]
    sent: int = 0

    @property
    def faults(self) -> list[object]:
        """What the log tells of exceptions, ours and the libraries'."""
        return [*self.errors, *(line for line in self.lines if line["log_level"] in ("error", "critical"))]

    async def deliver(self, event: str, payload: Mapping[str, Any]) -> tuple[int, str]:
        """Send a signed payload as a new delivery: the status, and the GUID it was sent under."""
        return await self.post(event, json.dumps(payload).encode()), f"guid-{self.sent}"

    async def post(self, event: str, body: bytes) -> int:
        """Send a signed body as a new delivery; the status."""
        self.sent += 1
        headers = {"X-GitHub-Event": event, "X-GitHub-Delivery": f"guid-{self.sent}", "X-Hub-Signature-256": sign(body)}
        return await self.send(request(body, headers))

    def stored(self) -> set[tuple[str, str]]:
        """What is on disk: each delivery with each of the jobs it rang, or with "" when it rang none."""
        return set(execute(self.url, "SELECT guid, fold FROM deliveries"))

    def waiting(self) -> set[str]:
        """The jobs on disk."""
        return {fold for (fold,) in execute(self.url, "SELECT fold FROM jobs")}

    async def send(self, sent: bytes, *, hang_up: bool = False) -> int:
        """Send bytes and no more: the status of the answer, 0 when there is none; or do not wait for one."""
        async with asyncio.timeout(LONGEST):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                writer.write(sent)
                if hang_up:
                    writer.write_eof()
                found = _STATUS.match(await reader.readline())
            except ConnectionError:  # it answered, and did not read on
                return 0
            finally:
                writer.transport.abort()
        return int(found[1]) if found else 0


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Door]:
    """The server at a free port, its database migrated before."""
    behind = await queue.open(url)
    app = application(State(version="1.2.3", public_url="", app=lambda: US, secrets=(SECRET,), queue=behind))
    app[PATIENCE] = 0.2
    running, faults = runner(app, shutdown_timeout=1), _Faults()
    logging.getLogger().addHandler(faults)
    try:
        with capture_logs() as lines:
            await running.setup()
            await web.TCPSite(running, "127.0.0.1", 0).start()
            yield Door(running.addresses[0][1], url, lines, faults.kept)
    finally:
        await running.cleanup()
        await behind.close()
        logging.getLogger().removeHandler(faults)
