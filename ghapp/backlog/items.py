"""What is read of one subject of the backlog."""

from dataclasses import dataclass
from datetime import datetime

from checks.subject import Issue, Pull


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An open issue or a recent pull request: its text, and what leads want to know beside it."""

    number: int
    text: Issue | Pull
    opened_at: datetime
    association: str = ""  # GitHub's word on the author: MEMBER, NONE
    assigned: bool = False
