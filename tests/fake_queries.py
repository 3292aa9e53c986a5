"""The GraphQL side of the fake GitHub: answers the queries we send, by their names, from the same memory."""

import re
from typing import TYPE_CHECKING, Any

from ghapp.github.identity import Identity
from tests.selection import pick, selected

if TYPE_CHECKING:
    from tests.fakes import FakeIssue, FakePull, FakeRepository

NAME = re.compile(r"query (\w+)")


def answer(repository: "FakeRepository", query: str, variables: dict[str, Any], *, app: Identity) -> dict[str, Any]:
    """What GitHub answers to one of our queries, errors beside the data as it does."""
    found = NAME.search(query)
    assert found, "our queries have names"
    if variables["repository"] != repository.node_id:
        return _missing("node")
    node = _PARTS[found[1]](repository, variables, app)
    if node is None:
        return _missing("node", found[1].lower())
    return {"data": pick({"node": _place(repository) | node}, selected(query))}


def _missing(*path: str) -> dict[str, Any]:
    error = {"type": "NOT_FOUND", "path": [*path], "message": "Could not resolve to a node."}
    return {"data": {"node": None}, "errors": [error]}


def _place(repository: "FakeRepository") -> dict[str, Any]:
    text = repository.policy
    blob = {"oid": str(abs(hash(text))), "text": text, "isBinary": False, "isTruncated": False}
    return {
        "nameWithOwner": repository.name,
        "isArchived": repository.archived,
        "policy": blob if text is not None else None,
    }


def _issue(repository: "FakeRepository", variables: dict[str, Any], app: Identity) -> dict[str, Any] | None:
    issue = repository.issues.get(variables["number"])
    if issue is None or hasattr(issue, "head"):
        return None
    happened = [
        {"__typename": what, "label": {"name": label}, "actor": _actor(who)} for what, label, who in issue.label_events
    ]
    return {
        "labels": _nodes({"name": name} for name in repository.labels),
        "issueTemplates": [{"body": body} for body in repository.issue_templates],
        "issue": _thread(repository, issue, app)
        | {
            "createdAt": issue.created_at.isoformat(),
            "authorAssociation": issue.association,
            "timelineItems": _nodes(happened),
        },
    }


def _pull(repository: "FakeRepository", variables: dict[str, Any], app: Identity) -> dict[str, Any] | None:
    pull: Any = repository.issues.get(variables["number"])
    if not hasattr(pull, "head"):
        return None
    return {
        "pullRequestTemplates": [{"body": body} for body in repository.pull_templates],
        "pullRequest": _thread(repository, pull, app)
        | {
            "number": pull.number,
            "isDraft": pull.draft,
            "headRefOid": pull.head,
            "headRefName": pull.branch,
            "baseRefName": pull.base,
            "changedFiles": len(pull.files),
            "additions": sum(added for _path, added, _deleted in pull.files),
            "deletions": sum(deleted for _path, _added, deleted in pull.files),
            "closingIssuesReferences": _nodes(_closed(repository, number) for number in pull.closes),
            "files": _nodes({"path": path, "additions": added, "deletions": gone} for path, added, gone in pull.files),
            "commits": _nodes([{"commit": {"oid": pull.head, **_commit_parts(repository, pull.head)}}]),
        },
    }


def _commit(repository: "FakeRepository", variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    return {"object": _commit_parts(repository, variables["sha"])}


def _policy(_repository: "FakeRepository", _variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    return {}


_PARTS = {"Issue": _issue, "Pull": _pull, "Commit": _commit, "Policy": _policy}


def _thread(repository: "FakeRepository", issue: "FakeIssue | FakePull", app: Identity) -> dict[str, Any]:
    comments = [each for each in repository.comments if each.number == issue.number][:50]
    return {
        "title": issue.title,
        "body": issue.body,
        "state": issue.state,
        "locked": issue.locked,
        "author": _actor(issue.author),
        "labels": _nodes({"name": name} for name in issue.labels),
        "assignees": _nodes({"login": login} for login in issue.assignees),
        "comments": _nodes(
            {"fullDatabaseId": str(each.id), "viewerDidAuthor": each.author == app.login, "body": each.text}
            for each in comments
        ),
    }


def _closed(repository: "FakeRepository", number: int) -> dict[str, Any]:
    issue = repository.issues[number]
    return {
        "number": number,
        "title": issue.title,
        "body": issue.body,
        "repository": {"nameWithOwner": repository.name},
    }


def _commit_parts(repository: "FakeRepository", sha: str) -> dict[str, Any]:
    pulls: list[Any] = [each for each in repository.issues.values() if getattr(each, "head", None) == sha]
    runs = [
        {
            "databaseId": run.id,
            "externalId": run.sent["external_id"],
            "status": "COMPLETED",
            "conclusion": run.conclusion.upper(),
            **run.sent["output"],
        }
        for run in repository.runs
        if run.sha == sha
    ]
    return {
        "associatedPullRequests": _nodes(
            {
                "number": each.number,
                "state": each.state,
                "headRefOid": each.head,
                "repository": {"id": repository.node_id},
            }
            for each in pulls
        ),
        "checkSuites": _nodes([{"checkRuns": _nodes(runs)}] if runs else []),
    }


def _actor(login: str) -> dict[str, Any] | None:
    """An actor as GraphQL shows it: a bot's login without `[bot]`, a deleted account as nobody."""
    if not login:
        return None
    bot = login.endswith("[bot]")
    return {"__typename": "Bot" if bot else "User", "login": login.removesuffix("[bot]")}


def _nodes(nodes: Any) -> dict[str, Any]:
    return {"nodes": list(nodes)}
