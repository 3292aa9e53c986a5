"""A Slack that keeps what it was sent, and fails as it is told."""

from collections.abc import Sequence
from datetime import datetime


class FakeSlack:
    """One channel; `faults` are given out in order, in the place of taking a message."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.tried: list[datetime] = []
        self.faults: list[Exception] = []

    async def send(self, sections: Sequence[str], *, now: datetime) -> None:
        self.tried.append(now)
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append("\n\n".join(sections))
