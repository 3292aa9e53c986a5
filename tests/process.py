"""`ghapp serve` as a process of its own, for tests that have to see the real thing."""

import asyncio
import hashlib
import hmac
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.fakes import US

SECRET = "a-long-secret-of-the-tests"
PATIENCE = 30  # seconds after which something that should have happened has not


@cache
def private_key() -> str:
    """An RSA key in PEM form, the same for all tests of a run."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()


def app_settings(api_url: str, **changes: str) -> dict[str, str]:
    """The settings of an App whose GitHub is at this address."""
    return {
        "GITHUB_APP_ID": str(US.id),
        "GITHUB_PRIVATE_KEY": private_key().replace("\n", "\\n"),
        "GITHUB_WEBHOOK_SECRET": SECRET,
        "GITHUB_API_URL": api_url,
        "PUBLIC_URL": "https://handoff.example",
        **changes,
    }


@dataclass
class Sender:
    """Whoever delivers to a server at this address."""

    url: str
    session: aiohttp.ClientSession

    async def deliver(self, event: str, payload: Mapping[str, Any], *, secret: str = SECRET, guid: str = "") -> int:
        """Send a signed delivery as GitHub would; the status of the answer."""
        return (await self.answer(event, payload, secret=secret, guid=guid))[0]

    async def answer(
        self, event: str, payload: Mapping[str, Any], *, secret: str = SECRET, guid: str = ""
    ) -> tuple[int, str]:
        """Send a signed delivery; the status and the text of the answer."""
        body = json.dumps(payload).encode()
        headers = {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": guid or str(uuid4()),
            "X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(),
        }
        async with self.session.post(f"{self.url}/webhook", data=body, headers=headers) as response:
            return response.status, await response.text()


@dataclass
class Server(Sender):
    """A running server and what it said."""

    process: asyncio.subprocess.Process

    async def said(self, words: str) -> None:
        """Read what the server logs until these words are there."""
        await asyncio.wait_for(_until(self.process, words), PATIENCE)

    async def stop(self) -> int:
        """Ask the server to stop; its exit code."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@asynccontextmanager
async def serving(folder: Path, *arguments: str, **env: str) -> AsyncIterator[Server]:
    """Start a server in a folder of its own, on a free port, and wait until it listens."""
    process = await start(folder, *arguments, **env)
    try:
        url = await asyncio.wait_for(_address(process), PATIENCE)
        async with aiohttp.ClientSession() as session:
            yield Server(url, session, process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def start(folder: Path, *arguments: str, **env: str) -> asyncio.subprocess.Process:
    """Start a server; it may refuse."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    ours = {"PORT": "0", "LOG_FORMAT": "json", **env}
    program = Path(sys.executable).with_name("ghapp")
    return await asyncio.create_subprocess_exec(
        program, "serve", *arguments, cwd=folder, env={**kept, **ours}, stdout=PIPE, stderr=PIPE
    )


async def refusal(folder: Path, *arguments: str, **env: str) -> tuple[int, str]:
    """Start a server that is expected to refuse: its exit code, and all it said."""
    process = await start(folder, *arguments, **env)
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode or 0, said.decode()


async def _address(process: asyncio.subprocess.Process) -> str:
    return str(json.loads(await _until(process, '"server.listening"'))["at"])


async def _until(process: asyncio.subprocess.Process, words: str) -> bytes:
    """The line of the log that has these words."""
    assert process.stderr is not None
    said = b""
    async for line in process.stderr:
        said += line
        if words.encode() in line:
            return line
    raise AssertionError(f"the server never said {words}: {said.decode()}")
