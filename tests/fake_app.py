"""What a doctor looks at in the fake GitHub: the App as it is registered, its webhook, its clock and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from typing import Any, TypeVar

from ghapp import clock
from ghapp.github import manifest
from ghapp.github.reach import Answer, Cause, Network, Unreached
from ghapp.github.read.installations import PERMISSIONS
from tests import fake_json

PUBLIC = "https://handoff.example"
REFUSED = "The header X-Hub-Signature-256 {}.\n"  # as our own server answers

Answered = tuple[int, Any, dict[str, str]]
Found = TypeVar("Found")


def _hook() -> dict[str, Any]:
    return {"url": f"{PUBLIC}/webhook", "content_type": "json", "insecure_ssl": "0", "secret": "********"}


@dataclass
class Registered:
    """Our App as an owner registered it, and the server that it is registered at."""

    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))
    events: list[str] = field(default_factory=lambda: sorted(manifest.asked().events))
    is_organizations: bool = True
    hook: dict[str, Any] | None = field(default_factory=_hook)
    answers: dict[int, str] = field(default_factory=dict)  # what the deliveries of these ids were answered with
    sent: dict[int, Any] = field(default_factory=dict)  # headers and payload of the deliveries of these ids
    limits: dict[str, tuple[int, int]] | None = field(  # what is left of how many
        default_factory=lambda: {"core": (4820, 5000), "graphql": (4990, 5000)}
    )
    ahead: timedelta = timedelta()  # of the right time
    headers: dict[str, str] = field(default_factory=dict)  # of answers to those without credentials

    def app(self, number: int, slug: str) -> dict[str, Any]:
        """The App as itself sees it."""
        found = fake_json.app(number, slug)
        kind = "Organization" if self.is_organizations else "User"
        owner = found["owner"] | {"type": kind}
        return found | {"owner": owner, "permissions": self.permissions, "events": self.events}

    def hook_config(self) -> Answered:
        """The webhook; an App may have none."""
        return (404, {"message": "Not Found"}, {}) if self.hook is None else (200, self.hook, {})

    def delivery(self, entry: dict[str, Any]) -> Answered:
        """One attempt, with what was sent and answered."""
        payload = self.answers.get(entry["id"])
        sent = self.sent.get(entry["id"], {"headers": {}, "payload": {}})
        return 200, entry | {"request": sent, "response": {"headers": {}, "payload": payload}}, {}

    def rate_limit(self) -> Answered:
        """What is left, and what time it is."""
        headers = {"Date": format_datetime(clock.now() + self.ahead, usegmt=True), **self.headers}
        if self.limits is None:
            return 404, {"message": "Rate limiting is not enabled."}, headers
        full = int((clock.now() + timedelta(minutes=41)).timestamp())
        resources = {
            name: {"limit": limit, "remaining": left, "used": limit - left, "reset": full}
            for name, (left, limit) in {"search": (30, 30), **self.limits}.items()
        }
        return 200, {"resources": resources, "rate": resources["core"]}, headers


class Street:
    """The network without the internet: a server at loopback is real, the public address is what a test says."""

    def __init__(self, network: Network) -> None:
        self.found: dict[str, Answer | Unreached] = {f"{PUBLIC}/healthz": said(200, "alive\n")}
        self.names: tuple[str, ...] | Unreached = ("185.199.108.153",)
        self._network = network

    async def get(self, url: str) -> Answer:
        """The public server's answer, or a real one."""
        if url in self.found:
            return _given(self.found[url])
        return said(404, "") if url.startswith(PUBLIC) else await self._network.get(url)

    async def addresses(self, host: str) -> tuple[str, ...]:
        """What the public name leads to."""
        return _given(self.names)


def said(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer of somebody at the public address."""
    return Answer(status=status, headers=headers or {}, text=text, at=clock.now())


def silent(cause: Cause, words: str = "no reason given") -> Unreached:
    """No answer."""
    return Unreached(cause, words)


def _given(found: Found | Unreached) -> Found:
    if isinstance(found, Unreached):
        raise found
    return found
