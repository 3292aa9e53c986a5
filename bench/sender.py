"""`python -m bench.sender URL`: GitHub's side of the webhook, in a process of its own, which costs the server nothing.

Edits of pull requests at a steady rate, whether or not those before are answered. Bodies are made and signed before
the first is sent, and the client is as plain as can be: what it measures is to be the server. Prints JSON.
"""

import argparse
import asyncio
import gc
import hashlib
import hmac
import json
import re
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests import fakes
from tests.process import SECRET

RATE = 300  # deliveries a second
SECONDS = 30
PULLS = 300  # open pull requests, so that each is edited once a second
TEXT = "x" * 20_000  # GitHub's deliveries of pull requests have this size; the App reads the text elsewhere

_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)


class Connection:
    """One connection that is kept open, for one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.is_open = True

    async def ask(self, request: bytes) -> int:
        """Send a request; the answer's status, once the answer is whole."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        await self._reader.readexactly(int(length[1]) if length else 0)
        self.is_open = b"\r\nConnection: close\r\n" not in head
        if not self.is_open:
            self._writer.close()
        return int(head[9:12])


class Sender:
    """Sends deliveries to one server, and keeps how long each took and what was answered."""

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self._host, self._port = at.hostname or "", at.port or 80
        self._deliveries = [_delivery(at.netloc, number) for number in range(1, PULLS + 1)]
        self._idle: list[Connection] = []
        self.seconds: list[float] = []
        self.answers: Counter[str] = Counter()

    async def send(self, turn: int) -> None:
        """Send one delivery over a connection that nobody uses."""
        head, body = self._deliveries[turn % PULLS]
        began = time.perf_counter()
        try:
            connection = await self._connection()
            status = await connection.ask(head + f"X-GitHub-Delivery: {uuid4()}\r\n\r\n".encode() + body)
        except (OSError, EOFError) as error:
            self.answers[type(error).__name__] += 1
            return
        self.seconds.append(time.perf_counter() - began)
        self.answers[str(status)] += 1
        if connection.is_open:
            self._idle.append(connection)

    async def _connection(self) -> Connection:
        if self._idle:
            return self._idle.pop()
        return Connection(*await asyncio.open_connection(self._host, self._port))


async def steady(sender: Sender, *, rate: int, seconds: float) -> None:
    """Send at a steady rate, whether or not those before are answered."""
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for turn in range(round(rate * seconds)):
            await asyncio.sleep(max(0, began + turn / rate - time.perf_counter()))
            group.create_task(sender.send(turn))


def _delivery(host: str, number: int) -> tuple[bytes, bytes]:
    """The head, but for its last line, and the body of an edit's delivery."""
    recorded: dict[str, Any] = fakes.delivery("pull_request")
    pull = recorded["pull_request"] | {"number": number, "body": TEXT}
    body = json.dumps(recorded | {"action": "edited", "number": number, "pull_request": pull}).encode()
    head = (
        f"POST /webhook HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-Hub-Signature-256: sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}\r\n"
        "X-GitHub-Event: pull_request\r\n"
    )
    return head.encode(), body


def main() -> None:
    """Send what the command line says, and print what was answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args()
    sender = Sender(asked.url)
    gc.freeze()
    asyncio.run(steady(sender, rate=asked.rate, seconds=asked.seconds))
    print(json.dumps({"seconds": sender.seconds, "answers": sender.answers}))


if __name__ == "__main__":
    main()
