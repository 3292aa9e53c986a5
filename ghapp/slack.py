"""Slack, by an incoming webhook: messages go out, nothing comes in. The address is a secret, and in no error.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp
from pydantic import SecretStr

from ghapp.errors import Again, Refused

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
LATER = timedelta(minutes=5)  # until the next try, where Slack does not say
LONGEST = timedelta(hours=1)  # that a Retry-After is believed


class Unsure(Exception):
    """No answer came: Slack may have taken the message, so it is not sent again."""


class Messenger(Protocol):
    """Where messages go."""

    async def send(self, sections: Sequence[str], *, now: datetime) -> None:
        """Send one message; see `Slack.send`."""
        ...


class Slack:
    """One channel."""

    def __init__(self, session: aiohttp.ClientSession, address: SecretStr) -> None:
        self._session = session
        self._address = address

    async def send(self, sections: Sequence[str], *, now: datetime) -> None:
        """Send one message of sections in Slack's mrkdwn.

        Raises:
            Again: Slack did not take it, and may at that time.
            Refused: Slack does not take it: the address is revoked, or the channel gone.
            Unsure: it is not known whether Slack took it.
        """
        try:
            async with self._session.post(
                self._address.get_secret_value(), json=_message(sections), allow_redirects=False
            ) as response:
                status, after = response.status, response.headers.get("retry-after", "")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Again(f"Slack cannot be reached: {type(error).__name__}", at=now + LATER) from None
        except (aiohttp.ClientError, OSError) as error:
            raise Unsure(f"Slack does not answer: {type(error).__name__}") from None
        if status == 429 or status >= 500:
            raise Again(f"Slack answers {status}", at=now + _pause(after))
        if status != 200:
            raise Refused(f"Slack answers {status}: make a new address on the Slack app's page Incoming Webhooks")


def session() -> aiohttp.ClientSession:
    """A session for `Slack`; close it when the server stops."""
    return aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())


def _message(sections: Sequence[str]) -> dict[str, object]:
    """The blocks, and the text that notifications show; nothing is unfurled, as that would show GitHub's own titles."""
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": each}} for each in sections]
    return {"text": sections[0], "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def _pause(after: str) -> timedelta:
    return min(timedelta(seconds=int(after)), LONGEST) if after.isdecimal() and len(after) < 10 else LATER
