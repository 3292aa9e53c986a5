"""A relay on this machine: as smee.io and gosmee are to whoever follows a channel of theirs."""

import asyncio
import json
from collections.abc import Mapping

from aiohttp import web

OPEN = b'id: 0\nevent: ready\ndata: {}\n\n: keepalive\n\nid: 1\nevent: ping\ndata: {}\n\ndata: {"message":"ready"}\n\n'


def as_javascript(payload: object) -> str:
    """What `JSON.stringify` makes of it."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def message(data: str) -> bytes:
    """One message of a stream."""
    return f"id: 2\ndata: {data}\n\n".encode()


class FakeSmee:
    """Channels that hand on what is posted to them; `cut` ends every stream."""

    def __init__(self) -> None:
        self.followers: list[asyncio.Queue[bytes | None]] = []
        self.refuses: web.Response | None = None
        self.asked = asyncio.Condition()
        self.times = 0

    @property
    def application(self) -> web.Application:
        """What it answers."""
        app = web.Application(client_max_size=2**26)
        app.add_routes([web.get("/new", self._new), web.get("/{channel}", self._stream)])
        return app

    def relay(self, body: str, headers: Mapping[str, str]) -> None:
        """Hand on a delivery as smee.io does: parsed, and written anew."""
        named = {name.lower(): value for name, value in headers.items()}
        self.say(message(as_javascript({**named, "body": json.loads(body), "query": {}, "timestamp": 1})))

    def say(self, raw: bytes) -> None:
        """Send bytes to everybody who follows."""
        for follower in self.followers:
            follower.put_nowait(raw)

    def cut(self) -> None:
        """End every stream."""
        for follower in self.followers:
            follower.put_nowait(None)
        self.followers.clear()

    async def followed(self, times: int = 1) -> None:
        """Wait until a channel was followed so many times."""
        async with asyncio.timeout(30), self.asked:
            await self.asked.wait_for(lambda: self.times >= times)

    async def _new(self, request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(str(request.url.with_path("/made-for-you")))

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        assert request.headers.getall("Accept") == ["text/event-stream"]
        if self.refuses is not None:
            await self._count()
            return web.Response(status=self.refuses.status, text=self.refuses.text)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(OPEN)
        mine: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.followers.append(mine)
        await self._count()
        while (raw := await mine.get()) is not None:
            await response.write(raw)
        return response

    async def _count(self) -> None:
        async with self.asked:
            self.times += 1
            self.asked.notify_all()
