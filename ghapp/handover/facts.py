"""What happened in a hand-over, as GitHub's timelines have it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What somebody did."""

    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    COMMENTED = "commented"
    OPENED = "opened"  # a pull request
    READIED = "readied"  # a draft is one no more
    DRAFTED = "drafted"
    PUSHED = "pushed"
    REVIEWED = "reviewed"
    REQUESTED = "requested"  # a review
    RELEASED = "released"  # from a review that was asked for
    MERGED = "merged"
    CLOSED = "closed"
    REOPENED = "reopened"
    EDITED = "edited"  # the issue, so that it says what was asked; no timeline has it


class Opinion(StrEnum):
    """What a review comes to, in GitHub's words."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    COMMENTED = "commented"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One deed; `pull` is the pull request it was done on, 0 for the issue."""

    deed: Deed
    at: datetime
    by: str  # login; "" when the account is deleted
    pull: int = 0
    id: int = 0  # of a comment or a review
    text: str = ""
    inline: tuple[str, ...] = ()  # a review's comments at lines
    to: str = ""  # who was assigned, or asked for a review
    opinion: Opinion | None = None
    is_insider: bool = False  # GitHub calls the writer an owner, a member or a collaborator
    by_bot: bool = False
    is_ours: bool = False
    edited_by: str = ""  # who edited a comment last; "" when nobody did
    edited_at: datetime | None = None
    commands: tuple[tuple[str, str], ...] = ()  # ours that a comment holds: word and what follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Handback:
    """A pull request that answers the issue."""

    number: int
    title: str
    body: str
    author: str
    is_open: bool
    is_draft: bool
    is_merged: bool
    is_locked: bool
    created_at: datetime
    closes: tuple[str, ...] = ()  # every issue that it answers, as owner/name#7, as far as we may see


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An issue, the pull requests that answer it, and everything that happened on them, oldest first.

    Of long conversations the last hundred events are read; what came before `whole_since` is as it was kept.
    """

    number: int
    title: str
    body: str
    author: str
    is_open: bool
    assignees: tuple[str, ...]
    pulls: tuple[Handback, ...]
    events: tuple[Event, ...]
    read_at: datetime
    by_team: bool = False  # GitHub calls the author an owner, a member or a collaborator
    outside: frozenset[str] = frozenset()  # logins of the repository's outside collaborators, casefolded
    whole_since: datetime | None = None

    def is_before(self, at: datetime) -> bool:
        """Whether a moment lies before what was read, or where that begins: others may have the same second."""
        return self.whole_since is not None and at <= self.whole_since
