"""GitHub's log of its deliveries to our App: what it holds, and the wish that one be sent again.

A delivery that is sent again keeps its GUID and gets an entry of its own. GitHub sends none again by itself, see
"Handling failed webhook deliveries" in its documentation.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

from gidgethub import BadRequest

from ghapp.errors import Gone
from ghapp.github.client import Client
from ghapp.github.read.answers import Json

KEPT = timedelta(days=3)  # how far the log goes back; seven days on GitHub Enterprise Server
BETWEEN = 0.6  # seconds: 100 a minute are 500 of the 900 points that GitHub grants for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One attempt to hand over a delivery."""

    id: int
    guid: str
    event: str
    installation: int  # 0 where it is about none
    status: int  # our answer, or GitHub's word on a silence: 502, 504
    said: str  # the same in GitHub's words: "OK", "failed to connect", "timed out"
    seconds: float  # that it took
    at: datetime

    @property
    def failed(self) -> bool:
        """Whether it was not taken."""
        return not 200 <= self.status < 300


async def log(app: Client, *, since: datetime, failed: bool = False) -> AsyncIterator[Entry]:
    """The attempts since a time, newest first: a call for each hundred; with `failed` those that GitHub counts so.

    GitHub counts 400 to 599 as a failure, and a redirection (300 to 399) as a success, see "List deliveries for an app
    webhook" in its documentation. To find those too, all that came well would have to be read each time.
    """
    url = "/app/hook/deliveries?per_page=100" + ("&status=failure" if failed else "")
    async with aclosing(app.getiter(url)) as found:
        async for each in found:
            entry = _entry(each)
            if entry.at < since:
                return
            if entry.failed or not failed:  # an older server knows no filter
                yield entry


async def newest(app: Client, *, most: int) -> tuple[Entry, ...]:
    """The newest attempts, newest first, as many as one call brings at most: a hundred."""
    found: Json = await app.getitem("/app/hook/deliveries{?per_page}", {"per_page": str(most)})
    return tuple(map(_entry, found))


async def answer(app: Client, delivery: int) -> str:
    """The text that an attempt was answered with, by the id of its entry; "" where there is none."""
    found: Json = await app.getitem("/app/hook/deliveries/{id}", {"id": str(delivery)})
    return str((found.get("response") or {}).get("payload") or "")


async def sent(app: Client, delivery: int) -> Json:
    """What an attempt sent, by the id of its entry: its headers and its payload."""
    found: Json = await app.getitem("/app/hook/deliveries/{id}", {"id": str(delivery)})
    return {"headers": found["request"]["headers"], "payload": found["request"]["payload"]}


async def send_again(app: Client, delivery: int) -> bool:
    """Have GitHub send a delivery again, by the id of one of its entries; False when its log has it no more.

    It returns when the next may be asked for.
    """
    try:
        await app.post("/app/hook/deliveries/{id}/attempts", {"id": str(delivery)}, data=b"")
        is_there = True
    except (Gone, BadRequest):
        is_there = False
    await app.sleep(BETWEEN)
    return is_there


def _entry(found: Json) -> Entry:
    return Entry(
        id=found["id"],
        guid=found["guid"],
        event=found["event"],
        installation=found.get("installation_id") or 0,
        status=found["status_code"],
        said=str(found.get("status") or ""),
        seconds=float(found.get("duration") or 0),
        at=datetime.fromisoformat(found["delivered_at"]),
    )
