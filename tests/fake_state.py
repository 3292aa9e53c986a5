"""What the fake GitHub remembers: a repository, and what people and we left in it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

UNTOUCHED = "(as on the default branch)"
NO_TEXT = "(a picture)"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class FakeComment:
    """A comment; `author` may be us."""

    id: int
    number: int
    author: str
    text: str
    at: datetime | None = None
    edited_by: str = ""
    edited_at: datetime | None = None

    @property
    def written_at(self) -> str:
        """Each a second after the one before, where nobody says when."""
        return (self.at or NOON + timedelta(seconds=self.id)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class FakeIssue:
    """An issue, as people left it."""

    number: int
    title: str = "Retry failed invoices"
    body: str = ""
    author: str = "dana"
    association: str = "MEMBER"
    state: str = "OPEN"
    locked: bool = False
    created_at: datetime = NOON
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    assigned_by: str = ""
    label_events: list[tuple[str, str, str]] = field(default_factory=list)  # what happened, label, who


@dataclass
class FakePull(FakeIssue):
    """A pull request."""

    head: str = "a" * 40
    last_commit: str = ""  # the last one GitHub lists, when that is not the head
    branch: str = "retry"
    base: str = "main"
    draft: bool = False
    files: list[tuple[str, int, int]] = field(default_factory=lambda: [("billing/retry.py", 120, 30)])
    renamed: dict[str, str] = field(default_factory=dict)  # path -> path before
    closes: list[int] = field(default_factory=list)
    policy: str | None = UNTOUCHED  # the head's policy file, None when the head has none


@dataclass
class FakeRun:
    """A check run."""

    id: int
    sha: str
    sent: dict[str, Any]
    before: list[dict[str, Any]] = field(default_factory=list)  # annotations of earlier requests

    @property
    def conclusion(self) -> str:
        return str(self.sent["conclusion"])

    @property
    def title(self) -> str:
        return str(self.sent["output"]["title"])

    @property
    def summary(self) -> str:
        return str(self.sent["output"]["summary"])

    @property
    def annotations(self) -> list[dict[str, Any]]:
        """What hangs on it: GitHub adds those of each request to those before."""
        return [*self.before, *self.sent["output"].get("annotations", [])]


@dataclass
class FakeRepository:
    """A repository with everything in it."""

    id: int = 12
    node_id: str = "R_acme_billing"
    name: str = "acme/billing"
    archived: bool = False
    has_issues: bool = True
    private: bool = True
    pinned: list[int] = field(default_factory=list)  # issues
    hides_issues: bool = False  # the token may not read them
    default_branch: str = "main"
    policy: str | None = None
    labels: dict[str, str] = field(default_factory=lambda: {"handoff": "ededed"})
    issue_templates: list[str] = field(default_factory=list)
    pull_templates: list[str] = field(default_factory=list)
    issues: dict[int, FakeIssue] = field(default_factory=dict)
    comments: list[FakeComment] = field(default_factory=list)
    runs: list[FakeRun] = field(default_factory=list)
    reactions: list[tuple[int, str]] = field(default_factory=list)  # comment, content
    late: dict[int, int] = field(default_factory=dict)  # number -> queries for which it is not there yet
    outside: list[str] = field(default_factory=list)  # outside collaborators
    members: list[str] = field(default_factory=lambda: ["dana"])
    timeline: list[Any] = field(default_factory=list)  # what `tests.fake_handover` shows beside the comments
    roles: dict[str, str] = field(default_factory=dict)  # login -> role, none is GitHub's `read` for everybody
