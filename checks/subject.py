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


@dataclass(frozen=True, slots=True)
class AcceptanceCriterion:
    """One thing that an issue promises; its id is stable for ever, whatever happens to its words and its place."""

    id: str
    text: str  # without its id
    line: int  # of the issue's body, counted from 1
    written: str = ""  # the id that its author gave it in the text; "" where it was numbered here
    is_later: bool = False  # of one that is kept: it came after pick-up, and is kept for its id only


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedIssue:
    """An issue that the pull request closes, as GitHub resolved it."""

    repository: str  # owner/name
    number: int
    title: str
    body: str
    kept: tuple[AcceptanceCriterion, ...] = ()  # its acceptance criteria at pick-up; empty where none were kept
    is_readable: bool = True  # False: GitHub shows us its number only, so nothing can be asked of it

    @property
    def name(self) -> str:
        """The issue as everybody spells it: owner/name#number, or #number where the repository is not told."""
        return f"{self.repository}#{self.number}"


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
