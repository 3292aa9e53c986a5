"""`ghapp deliveries record`: a delivery out of GitHub's log, as a file that can be replayed."""

import json
import sys
from contextlib import aclosing

from ghapp import settings
from ghapp.cli.deliveries import DONE, ended
from ghapp.cli.redeliver import as_app, attempts, unknown
from ghapp.github import deliveries


def run(guid: str) -> int:
    """Print what GitHub sent, by its GUID; the exit code."""
    return ended(_record(guid))


async def _record(guid: str) -> int:
    async with as_app(settings.load()) as app, aclosing(attempts(app, guid)) as found:
        async for entry in found:
            sys.stdout.write(json.dumps(await deliveries.sent(app, entry.id), indent=2) + "\n")
            return DONE
    raise unknown(guid)
