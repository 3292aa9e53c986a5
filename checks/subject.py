"""The facts judged: an issue or a pull request as its author wrote it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a subject is; the first word of every command and of a verdict's JSON."""

    ISSUE = "issue"
    PULL = "pull"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue; only `title` and `body` come from its author, the rest is GitHub's word."""

    title: str
    body: str
    author: str = ""
    author_is_bot: bool = False
    labels: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()  # bodies of the repository's issue templates, so that left-over text is known


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """One file of a pull request, counted in lines."""

    path: str
    additions: int = 0
    deletions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedIssue:
    """An issue that the pull request closes, as GitHub resolved it."""

    repository: str  # owner/name
    number: int
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """One pull request; `files` may be cut, so the counts beside it are GitHub's totals."""

    title: str
    body: str
    author: str = ""
    author_is_bot: bool = False
    is_draft: bool = False
    base: str = "main"
    head: str = ""  # the branch's name
    repository: str = ""  # owner/name, to tell a link to its own issue from a link elsewhere
    labels: tuple[str, ...] = ()
    files: tuple[ChangedFile, ...] = ()
    changed_files: int = 0
    additions: int = 0
    deletions: int = 0
    linked: tuple[LinkedIssue, ...] = ()
    templates: tuple[str, ...] = ()
