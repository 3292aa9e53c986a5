"""What GitHub knows of a subject, read fresh: the facts that are judged, and what writing needs beside them."""

from dataclasses import dataclass
from datetime import datetime

from checks.subject import Issue, Pull


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """The policy file of the default branch: `oid` is "" when there is none, `text` None when it is no text."""

    oid: str = ""
    text: str | None = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A repository as it is called now."""

    repository: str  # owner/name
    archived: bool = False
    policy: PolicyFile = PolicyFile()


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of ours."""

    id: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandComment:
    """A comment that may hold a command."""

    text: str
    author: str
    by_person: bool
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Our newest check run on a commit."""

    id: int
    title: str
    summary: str
    text: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class LabelEvent:
    """A label set or removed; `actor` is "" when the account is deleted."""

    label: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What issues and pull requests have in common: a conversation between an author and others."""

    place: Place
    number: int
    is_open: bool
    locked: bool
    author: str
    assignees: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()  # ours, among the first and the last ones of the conversation
    is_read_whole: bool = True  # whether none lies between the first and the last ones

    @property
    def closed_to_us(self) -> bool:
        """Whether nothing can be said here: locked by a person, or the repository is archived."""
        return self.locked or self.place.archived


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenIssue(Thread):
    """An issue and its surroundings."""

    issue: Issue
    created_at: datetime
    by_team: bool  # by GitHub's word on the author, which misses members who hide their membership
    repository_labels: tuple[str, ...] = ()  # the first ones; a name that is missing may exist
    label_events: tuple[LabelEvent, ...] = ()  # the last ones, oldest first
    has_older_label_events: bool = False
    assigned_by: str = ""  # who assigned last; "" when nobody did, or the account is deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPull(Thread):
    """A pull request and its surroundings."""

    pull: Pull
    head: str  # sha
    run: Run | None = None
    siblings: tuple[int, ...] = ()  # other open pull requests with the same head: they share its check run


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHead:
    """As much of a pull request as an excuse on its check run needs."""

    place: Place
    is_open: bool
    head: str  # sha
    run: Run | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCommit:
    """A commit, the open pull requests whose head it is, and our newest check run on it."""

    place: Place
    pulls: tuple[int, ...] = ()
    run: Run | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInstallation:
    """Our App on one account."""

    id: int
    account: str
    installed_at: datetime
    suspended: bool
    lacks: tuple[str, ...] = ()  # permissions that the App asks for and nobody granted yet: "checks: write"
    settings: str = ""  # address of the page where an owner changes that


@dataclass(frozen=True, slots=True, kw_only=True)
class Repositories:
    """A page of the repositories that an installation reaches, by their GraphQL ids; archived ones are left out."""

    nodes: tuple[str, ...]
    is_last: bool
