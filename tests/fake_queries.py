"""The GraphQL side of the fake GitHub: answers the queries we send, by their names, from the same memory."""

import re
from typing import Any

from ghapp.github.identity import Identity
from tests.fake_state import FakeIssue, FakePull, FakeRepository
from tests.selection import pick, selected

NAME = re.compile(r"query (\w+)")


def answer(repository: FakeRepository, query: str, variables: dict[str, Any], *, app: Identity) -> dict[str, Any]:
    """What GitHub answers to one of our queries, errors beside the data as it does."""
    found = NAME.search(query)
    assert found, "our queries have names"
    if variables["repository"] != repository.node_id:
        return _missing("node")
    part, act = _PARTS[found[1]]
    node = None if _is_late(repository, variables) else act(repository, variables, app)
    if node is None:
        bare = dict.fromkeys(selected(query)["node"]) | {"nameWithOwner": repository.name, "isArchived": False}
        return _missing("node", part) | {"data": {"node": bare}}
    return {"data": pick({"node": _place(repository) | node}, selected(query))}


def _is_late(repository: FakeRepository, variables: dict[str, Any]) -> bool:
    """Whether GitHub has told of a subject and does not find it yet."""
    number = variables.get("number", 0)
    left = repository.late.get(number, 0)
    repository.late[number] = left - 1
    return left > 0


def _missing(*path: str) -> dict[str, Any]:
    error = {"type": "NOT_FOUND", "path": [*path], "message": "Could not resolve to a node."}
    return {"data": {"node": None}, "errors": [error]}


def _place(repository: FakeRepository) -> dict[str, Any]:
    text = repository.policy
    blob = {"oid": str(abs(hash(text))), "text": text, "isBinary": False, "isTruncated": False}
    return {
        "nameWithOwner": repository.name,
        "isArchived": repository.archived,
        "policy": blob if text is not None else None,
    }


def _issue(repository: FakeRepository, variables: dict[str, Any], app: Identity) -> dict[str, Any] | None:
    issue = repository.issues.get(variables["number"])
    if issue is None or hasattr(issue, "head"):
        return None
    happened = [
        {"__typename": what, "label": {"name": label}, "actor": _actor(who)} for what, label, who in issue.label_events
    ]
    return {
        "labels": connection({"name": name} for name in repository.labels),
        "issueTemplates": [{"body": body} for body in repository.issue_templates],
        "issue": _thread(repository, issue, app)
        | {
            "createdAt": issue.created_at.isoformat(),
            "authorAssociation": issue.association,
            "timelineItems": connection(happened[-100:]) | {"pageInfo": {"hasPreviousPage": len(happened) > 100}},
            "assigned": connection([{"actor": _actor(issue.assigned_by)}] if issue.assigned_by else []),
        },
    }


def _pull(repository: FakeRepository, variables: dict[str, Any], app: Identity) -> dict[str, Any] | None:
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
            "closingIssuesReferences": connection(_closed(repository, number) for number in pull.closes),
            "files": connection(
                {"path": path, "additions": added, "deletions": gone} for path, added, gone in pull.files
            ),
            "commits": _last_commit(repository, pull),
        },
    }


def _head(repository: FakeRepository, variables: dict[str, Any], _app: Identity) -> dict[str, Any] | None:
    pull: Any = repository.issues.get(variables["number"])
    if not hasattr(pull, "head"):
        return None
    parts = {"state": pull.state, "headRefOid": pull.head, "commits": _last_commit(repository, pull)}
    return {"pullRequest": parts}


def _last_commit(repository: FakeRepository, pull: FakePull) -> dict[str, Any]:
    sha = pull.last_commit or pull.head
    return connection([{"commit": {"oid": sha, **commit_parts(repository, sha)}}])


def _commit(repository: FakeRepository, variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    return {"object": commit_parts(repository, variables["sha"])}


def _policy(_repository: FakeRepository, _variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    return {}


_PARTS = {
    "Issue": ("issue", _issue),
    "Pull": ("pullRequest", _pull),
    "Head": ("pullRequest", _head),
    "Commit": ("object", _commit),
    "Policy": ("policy", _policy),
}


def _thread(repository: FakeRepository, issue: FakeIssue | FakePull, app: Identity) -> dict[str, Any]:
    comments = [
        {"fullDatabaseId": str(each.id), "viewerDidAuthor": each.author == app.login, "body": each.text}
        for each in repository.comments
        if each.number == issue.number
    ]
    return {
        "title": issue.title,
        "body": issue.body,
        "state": issue.state,
        "locked": issue.locked,
        "author": _actor(issue.author),
        "labels": connection({"name": name} for name in issue.labels),
        "assignees": connection({"login": login} for login in issue.assignees),
        "comments": connection(comments[:50]) | {"totalCount": len(comments)},
        "latest": connection(comments[-50:]),
    }


def _closed(repository: FakeRepository, number: int) -> dict[str, Any]:
    """A linked issue; one that is not here is in a repository that we may not see."""
    issue = repository.issues.get(number)
    return {
        "number": number,
        "title": issue.title if issue else "",
        "body": issue.body if issue else "",
        "repository": {"nameWithOwner": repository.name} if issue else None,
    }


def commit_parts(repository: FakeRepository, sha: str) -> dict[str, Any]:
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
        "associatedPullRequests": connection(
            {
                "number": each.number,
                "state": each.state,
                "headRefOid": each.head,
                "repository": {"id": repository.node_id},
            }
            for each in pulls
        ),
        "checkSuites": connection([{"checkRuns": connection(runs)}] if runs else []),
    }


def _actor(login: str) -> dict[str, Any] | None:
    """An actor as GraphQL shows it: a bot's login without `[bot]`, a deleted account as nobody."""
    if not login:
        return None
    bot = login.endswith("[bot]")
    return {"__typename": "Bot" if bot else "User", "login": login.removesuffix("[bot]")}


def connection(nodes: Any) -> dict[str, Any]:
    return {"nodes": list(nodes)}
