"""What there is to look at again: a subject, and the job that looks."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a subject is; one handler for each."""

    ISSUE = "issue"
    PULL = "pull"
    COMMIT = "commit"  # every pull request with this head: a suite was asked to run again
    MERGE_GROUP = "merge-group"  # a commit of the merge queue
    POLICY = "policy"  # the policy file of a repository's default branch
    OWNER_POLICY = "owner-policy"  # the one of the owner's `.github` repository
    INSTALLATION = "installation"  # our App on one account
    REPOSITORY = "repository"  # one that an installation came to reach later than its first ones
    HANDOVER = "handover"  # an issue in a contractor's hands, with the pull requests that answer it
    HANDBACK = "handback"  # a pull request, for the hand-overs that it answers
    DIGEST = "digest"  # what waits for whom in all repositories of one account, once a morning
    SWEEP = "sweep"  # GitHub's log of its deliveries to our App, and where the App is installed
    OPEN_PULLS = "open-pulls"  # the open pull requests of one account that have no check of ours
    BACKLOG_REPORT = "backlog-report"  # all open issues of a repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Where to look, by GitHub's ids that survive renames; work on one subject is done by one writer at a time."""

    kind: Kind
    installation: int
    repository: int = 0  # numeric id; 0 for what is of no repository
    repository_node: str = ""  # GraphQL id of the same repository
    number: int = 0  # of an issue or a pull request
    sha: str = ""  # of a commit or a merge group

    @property
    def key(self) -> str:
        """The subject in one word: what jobs are serialised by. Issues and pull requests share their numbers."""
        if not self.repository:
            return f"{self.kind}:{self.installation}"
        place = self.sha or self.number
        return f"{self.kind}:{self.repository}:{place}"


SWEEP = Subject(kind=Kind.SWEEP, installation=0)  # there is one, as there is one App


def handover(subject: Subject, number: int = 0) -> Subject:
    """The hand-over of an issue, or of another issue of the same repository."""
    return replace(subject, kind=Kind.HANDOVER, number=number or subject.number, sha="")


BEGINS = "handover.begins"  # why a look at an issue asks for its hand-over: a contractor has it
CHANGED = "handover.changed"  # why issue and pull requests are looked at again: what they show of it changed
DUE = "clock.due"  # why what is kept with a time is looked at: that has come
_TELLING = frozenset({BEGINS, CHANGED})  # a look does more, or less, for these: they fold with their like only
BACKLOG = frozenset({"sweep", "scan", "policy"})  # first words of `Job.why` that no person waits for


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One look at a subject: which, and why; the facts are read fresh when it runs."""

    subject: Subject
    why: str  # the event and its action, for logs: "pull_request.edited"
    command: int = 0  # id of the comment whose command is to be obeyed
    again: bool = False  # asked for by a person: write even when nothing changed
    delivery: str = ""  # the GUID of one that asked for it, for logs
    button: str = ""  # of a check run, pressed by a person: what it does, as the command of the same name
    by: str = ""  # login of who pressed it; a comment says its author itself

    @property
    def is_backlog(self) -> bool:
        """Whether nobody waits for it: people's work goes before."""
        return self.why.partition(".")[0] in BACKLOG

    @property
    def fold(self) -> str:
        """Jobs with the same fold that wait are one job; what a person asked for is never folded into a plain look."""
        if self.command:
            return f"{self.subject.key}#{self.command}"
        if self.button:
            return f"{self.subject.key}@{self.button}:{self.by}"
        if self.again:
            return f"{self.subject.key}!"
        return f"{self.subject.key}~" if self.why in _TELLING else self.subject.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One stored message to us: GitHub's GUID or an id of our own making."""

    guid: str
    event: str  # as GitHub spells it
    action: str = ""
