"""What is left of an installation's rate limits, asked of GitHub; the question itself is not counted."""

from datetime import UTC, datetime

from ghapp.github.client import Client
from ghapp.github.measured import RESOURCES, Left
from ghapp.github.read.answers import Json


async def left(client: Client, installation: int) -> tuple[Left, ...]:
    """What is left for an installation's client, the least first.

    https://docs.github.com/en/rest/rate-limit/rate-limit
    """
    found: Json = (await client.getitem("/rate_limit"))["resources"]
    limits = [
        Left(
            installation=installation,
            resource=name,
            remaining=found[name]["remaining"],
            limit=found[name]["limit"],
            resets_at=datetime.fromtimestamp(found[name]["reset"], UTC),
        )
        for name in sorted(RESOURCES & found.keys())
    ]
    return tuple(sorted(limits, key=lambda each: each.remaining / max(1, each.limit)))
