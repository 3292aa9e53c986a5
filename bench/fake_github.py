"""The GitHub that measurements talk to: the tests' fake over HTTP, which may take its time."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp.test_utils import TestServer

from tests import fakes

CASES = sorted((Path(__file__).parent.parent / "tests" / "cases").glob("*/pull.md"))


class GitHub(fakes.FakeGitHub):
    """A fake that tells of each check run when it came, and may take its time to act and to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.takes = 0.0
        self.lingers = 0.0
        self.posted: asyncio.Queue[float] = asyncio.Queue()

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        came = time.perf_counter()
        await asyncio.sleep(self.takes)
        answer = await super()._request(method, url, headers, body)
        if url.endswith("/check-runs"):
            self.posted.put_nowait(came)
        await asyncio.sleep(self.lingers)
        return answer

    def opened(self, number: int, body: str = "") -> None:
        """Let somebody open a pull request; without a body it has that of one of our cases."""
        case = CASES[number % len(CASES)].read_text(encoding="utf-8")
        self.pull(number, body=body or case, head=f"{number:040x}", branch=f"branch-{number}")


@asynccontextmanager
async def answering(github: GitHub) -> AsyncIterator[str]:
    """Answer over HTTP; the address of the API."""
    async with TestServer(fakes.serve(github)) as server:
        yield str(server.make_url("")).rstrip("/")
