"""What GitHub knows of a subject, read fresh: the facts that are judged, and what writing needs beside them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from checks.subject import Issue, Pull
from ghapp.handover.facts import Facts


class Access(IntEnum):
    """What somebody may do in a repository, as far as it matters here; each step holds the ones before."""

    NONE = 0  # GitHub calls it `read` where everybody may
    TRIAGE = 1
    WRITE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerFile:
    """The policy file in the owner's `.github` repository, as far as that is there for us; see `PolicyFile`."""

    repository: str = ""  # owner/.github, whether it is there or not
    is_there: bool = False
    oid: str = ""
    text: str | None = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """The policy file of a commit: `oid` is "" when there is none, `text` None when it is no text.

    `owner` is what it is laid over, beside the file of a default branch. The `.github` repository has no file of its
    own there: it is the owner's.
    """

    oid: str = ""
    text: str | None = ""
    owner: OwnerFile = OwnerFile()
    is_owners: bool = False  # it is the `.github` repository's


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A repository as it is called now."""

    repository: str  # owner/name
    archived: bool = False
    default_branch: str = ""  # "" where it was not asked for, and of an empty repository
    policy: PolicyFile = PolicyFile()  # of the default branch

    @property
    def is_owners(self) -> bool:
        """Whether its policy file is its owner's."""
        return self.policy.is_owners

    @property
    def policy_oid(self) -> str:
        """Its own policy file's, on the default branch; "" when it has none."""
        return self.policy.owner.oid if self.is_owners else self.policy.oid

    def merged(self, file: PolicyFile) -> PolicyFile:
        """What its policy would be with this file on the default branch."""
        if self.is_owners:
            return replace(self.policy, owner=replace(self.policy.owner, oid=file.oid, text=file.text))
        return replace(self.policy, oid=file.oid, text=file.text)


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
class Annotation:
    """A sentence of ours at a line of a file, as a check run has it."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Our newest check run on a commit."""

    id: int
    title: str
    summary: str
    text: str
    conclusion: str
    annotations: tuple[Annotation, ...] = ()


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
    outside: frozenset[str] = frozenset()  # the repository's outside collaborators, casefolded, as far as we may see


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPull(Thread):
    """A pull request and its surroundings."""

    pull: Pull
    created_at: datetime
    head: str  # sha
    run: Run | None = None
    siblings: tuple[int, ...] = ()  # other open pull requests with the same head: they share its check run
    policy_edit: PolicyFile | None = None  # the policy file as the head has it, where the pull request touches it


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHandover(Thread):
    """An issue with the pull requests that answer it, and what happened on all of them."""

    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSource:
    """A repository that a digest is of: whether everybody may read it, and its labelled issues that nobody has."""

    node: str
    is_public: bool
    unassigned: tuple[tuple[int, str], ...] = ()  # number and title


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDigest:
    """The repository that a digest is shown in, the digest's issue, and the repositories that it is of."""

    place: Place
    id: int
    is_public: bool
    has_issues: bool
    issue: Thread | None  # None where there is none, or it is not ours
    text: str = ""  # the issue's
    sources: tuple[SeenSource, ...] = ()


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
class OpenPull:
    """As much of an open pull request as tells whom a change of the policy would exempt; `pull` has no text."""

    number: int
    pull: Pull
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is open in a repository: of each kind the thousand that changed last, and how many there are."""

    issues: tuple[int, ...]
    all_issues: int
    pulls: tuple[OpenPull, ...]
    all_pulls: int


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
    numbers: tuple[int, ...]  # their numeric ids, in the same order
    is_last: bool
