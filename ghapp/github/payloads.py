"""The parts of GitHub's deliveries that say where to look; everything else in them is left unread.

See "Webhook events and payloads" in GitHub's documentation.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[int, Field(ge=1, lt=2**63)]  # what databases hold
Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{40,64}$")]
Node = Annotated[str, Field(pattern=r"^[A-Za-z0-9_=+/-]{1,200}$")]  # stored within a job: PostgreSQL takes no NUL there
Word = Annotated[str, Field(max_length=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", hide_input_in_errors=True)


class Account(_Part):
    """A person, an organization or a bot."""

    login: str
    type: str = "User"

    @property
    def is_person(self) -> bool:
        """Whether somebody sits behind it."""
        return self.type == "User"


class _Installation(_Part):
    id: Id


class _Repository(_Part):
    id: Id
    node_id: Node
    name: str = ""
    default_branch: str = ""


class Envelope(_Part):
    """What every delivery about an installation's account has."""

    action: Word = ""
    installation: _Installation
    sender: Account | None = None  # not required in every event's schema


class Located(Envelope):
    """A delivery about a repository."""

    repository: _Repository


class InstallationRepositories(Envelope):
    """`installation_repositories`: what an installation reaches."""

    repositories_added: list[_Repository] = []


class _Numbered(_Part):
    number: Id


class Issues(Located):
    """`issues`."""

    issue: _Numbered


class _Head(_Part):
    sha: Sha | None = None


class _Pull(_Numbered):
    head: _Head | None = None


class PullRequest(Located):
    """`pull_request`."""

    pull_request: _Pull


class Review(Located):
    """`pull_request_review` and `pull_request_review_comment`."""

    pull_request: _Numbered


class _Commented(_Numbered):
    pull_request: object = None  # there when the issue is a pull request


class _Comment(_Part):
    id: Id
    body: str | None = None
    user: Account | None = None  # None when the account is deleted


class IssueComment(Located):
    """`issue_comment`: conversations of issues and of pull requests."""

    issue: _Commented
    comment: _Comment


class _App(_Part):
    id: Id


class _Suite(_Part):
    head_sha: Sha
    head_branch: str | None = None
    app: _App | None = None


class CheckSuite(Located):
    """`check_suite`."""

    check_suite: _Suite


class _Run(_Part):
    head_sha: Sha
    external_id: str | None = None
    app: _App | None = None


class _Action(_Part):
    identifier: Word


class CheckRun(Located):
    """`check_run`."""

    check_run: _Run
    requested_action: _Action | None = None  # there when one of the run's buttons was pressed


class _Group(_Part):
    head_sha: Sha


class MergeGroup(Located):
    """`merge_group`."""

    merge_group: _Group


class _Commit(_Part):
    added: list[str] = []
    modified: list[str] = []
    removed: list[str] = []


class _Was(_Part):
    was: Annotated[str, Field(alias="from")] = ""


class _Renamed(_Part):
    name: _Was = _Was()


class _Changes(_Part):
    repository: _Renamed = _Renamed()
    default_branch: _Was | None = None


class Repository(Located):
    """`repository`."""

    changes: _Changes = _Changes()

    @property
    def was_called(self) -> str:
        """Its name before, where that is news; "" else."""
        return self.changes.repository.name.was

    @property
    def has_new_default_branch(self) -> bool:
        """Whether that is the news."""
        return self.changes.default_branch is not None


class Push(Located):
    """`push`."""

    ref: str
    commits: list[_Commit] = []
