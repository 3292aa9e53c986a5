"""What a scan of the backlog looks at in the fake GitHub: a page of open issues, or of the newest pull requests."""

from typing import Any

from ghapp.github.identity import Identity
from tests.fake_nodes import actor, connection, file_of, linked
from tests.fake_state import FakeIssue, FakeRepository


def issues(repository: FakeRepository, variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    """A page of open issues, oldest first."""
    there = [each for each in repository.issues.values() if each.state == "OPEN" and not hasattr(each, "head")]
    there.sort(key=lambda each: (each.created_at, each.number))
    return {
        "issueTemplates": [{"body": body} for body in repository.issue_templates],
        "issues": None if repository.hides_issues else _page(there, variables, _text) | {"totalCount": len(there)},
    }


def pulls(repository: FakeRepository, variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    """A page of pull requests, newest first."""
    there: list[Any] = [each for each in repository.issues.values() if hasattr(each, "head")]
    there.sort(key=lambda each: (each.created_at, each.number), reverse=True)
    return {
        "pullRequestTemplates": [{"body": body} for body in repository.pull_templates],
        "pullRequests": _page(there, variables, lambda each: _text(each) | _change(repository, each)),
    }


def _page(there: list[Any], variables: dict[str, Any], shown: Any) -> dict[str, Any]:
    assert 1 <= variables["first"] <= 100, "GitHub gives at most a hundred"
    start = int(variables["after"] or 0)
    end = min(start + variables["first"], len(there))
    info = {"hasNextPage": end < len(there), "endCursor": str(end) if end > start else None}
    return connection(shown(each) for each in there[start:end]) | {"pageInfo": info}


def _text(issue: FakeIssue) -> dict[str, Any]:
    return {
        "number": issue.number,
        "title": issue.title,
        "body": issue.body,
        "createdAt": issue.created_at.isoformat(),
        "authorAssociation": issue.association,
        "author": actor(issue.author),
        "labels": connection({"name": name} for name in issue.labels),
        "assignees": connection({"login": login} for login in issue.assignees[:1]),
    }


def _change(repository: FakeRepository, pull: Any) -> dict[str, Any]:
    return {
        "isDraft": pull.draft,
        "headRefName": pull.branch,
        "baseRefName": pull.base,
        "changedFiles": len(pull.files),
        "additions": sum(added for _path, added, _deleted in pull.files),
        "deletions": sum(deleted for _path, _added, deleted in pull.files),
        "closingIssuesReferences": connection(linked(repository, number) for number in pull.closes),
        "files": connection(file_of(pull, *each) for each in pull.files[:100]),
    }


PARTS = {"ScanIssues": ("issues", issues), "ScanPulls": ("pullRequests", pulls)}
