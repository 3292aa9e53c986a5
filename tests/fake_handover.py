"""The timelines of the fake GitHub: who did what on an issue and on the pull requests that answer it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ghapp.github.identity import Identity
from tests.fake_nodes import actor, connection, linked
from tests.fake_state import FakeComment, FakePull, FakeRepository

PAGE = 100


@dataclass
class FakeDeed:
    """What somebody did; `kind` is GraphQL's name of it."""

    kind: str
    number: int
    at: datetime
    by: str
    to: str = ""
    id: int = 0
    text: str = ""
    state: str = ""
    inline: list[str] = field(default_factory=list)


def handover(repository: FakeRepository, variables: dict[str, Any], app: Identity) -> dict[str, Any] | None:
    issue = repository.issues.get(variables["number"])
    if issue is None or hasattr(issue, "head"):
        return None
    pulls: list[Any] = [each for each in repository.issues.values() if issue.number in getattr(each, "closes", ())]
    return {
        "collaborators": outside(repository),
        "issue": {
            "title": issue.title,
            "body": issue.body,
            "state": issue.state,
            "locked": issue.locked,
            "author": actor(issue.author),
            "authorAssociation": issue.association,
            "assignees": connection({"login": login} for login in issue.assignees),
            "timelineItems": _timeline(repository, issue.number, app),
            "closedByPullRequestsReferences": connection(_pull(repository, each, app) for each in pulls[:5]),
        },
    }


def outside(repository: FakeRepository) -> dict[str, Any]:
    """The outside collaborators."""
    return connection({"login": login} for login in repository.outside)


def _pull(repository: FakeRepository, pull: FakePull, app: Identity) -> dict[str, Any]:
    return {
        "number": pull.number,
        "title": pull.title,
        "body": pull.body,
        "state": pull.state,
        "isDraft": pull.draft,
        "locked": pull.locked,
        "createdAt": pull.created_at.isoformat(),
        "author": actor(pull.author),
        "repository": {"id": repository.node_id},
        "closingIssuesReferences": connection(linked(repository, number) for number in pull.closes),
        "timelineItems": _timeline(repository, pull.number, app),
    }


def _timeline(repository: FakeRepository, number: int, app: Identity) -> dict[str, Any]:
    comments = (_comment(repository, each, app) for each in repository.comments if each.number == number)
    deeds = (_deed(repository, each) for each in repository.timeline if each.number == number)
    found = sorted((*comments, *deeds), key=_when)
    return connection(found[-PAGE:]) | {"pageInfo": {"hasPreviousPage": len(found) > PAGE}}


def _when(node: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(node["commit"]["committedDate"] if "commit" in node else node["createdAt"])


def _comment(repository: FakeRepository, comment: FakeComment, app: Identity) -> dict[str, Any]:
    return {
        "__typename": "IssueComment",
        "fullDatabaseId": str(comment.id),
        "body": comment.text,
        "createdAt": comment.written_at,
        "viewerDidAuthor": comment.author == app.login,
        "authorAssociation": _association(repository, comment.author),
        "author": actor(comment.author),
        "editor": actor(comment.edited_by),
        "lastEditedAt": comment.edited_at and comment.edited_at.isoformat(),
    }


def _deed(repository: FakeRepository, deed: FakeDeed) -> dict[str, Any]:
    at = deed.at.isoformat()
    if deed.kind == "PullRequestCommit":
        return {"__typename": deed.kind, "commit": {"committedDate": at, "author": {"user": actor(deed.by)}}}
    node: dict[str, Any] = {"__typename": deed.kind, "createdAt": at, "actor": actor(deed.by)}
    if deed.kind in ("AssignedEvent", "UnassignedEvent"):
        return node | {"assignee": {"login": deed.to}}
    if deed.kind in ("ReviewRequestedEvent", "ReviewRequestRemovedEvent"):
        return node | {"requestedReviewer": {"login": deed.to}}
    if deed.kind == "PullRequestReview":
        said = FakeComment(deed.id, deed.number, deed.by, deed.text, deed.at)
        texts: Iterable[dict[str, Any]] = ({"body": text} for text in deed.inline)
        return _comment(repository, said, Identity(0, "nobody")) | {
            "__typename": deed.kind,
            "state": deed.state,
            "comments": connection(texts),
        }
    return node


def _association(repository: FakeRepository, login: str) -> str:
    if login in repository.outside:
        return "COLLABORATOR"
    return "MEMBER" if login in repository.members else "NONE"
