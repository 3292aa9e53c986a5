"""The GraphQL side of the fake GitHub: answers the queries we send, by their names, from the same memory."""

import re
from collections.abc import Sequence
from typing import Any

from ghapp.github.identity import Identity
from tests import fake_handover, fake_scans
from tests.fake_nodes import actor, connection, file_of, linked
from tests.fake_state import NO_TEXT, UNTOUCHED, FakeIssue, FakePull, FakeRepository
from tests.selection import pick, selected

NAME = re.compile(r"query (\w+)")


def answer_one(there: Sequence[FakeRepository], query: str, variables: dict[str, Any], *, app: Identity) -> Any:
    """What GitHub answers to a query about one of the repositories that are there, by its id or by its name."""
    name = f"{variables.get('owner')}/{variables.get('name')}"
    wanted = (each for each in there if variables.get("repository", each.node_id) == each.node_id)
    found = next((each for each in wanted if "repository" in variables or each.name == name), None)
    if found is None or (found is not there[0] and not _is_about_policy(query)):  # of others nothing else is reached
        return _missing("node")
    owners = next((each for each in there if each.name == f"{found.name.partition('/')[0]}/.github"), None)
    return answer(found, query, {"repository": found.node_id, **variables}, app=app, owners=owners)


def answer(
    repository: FakeRepository,
    query: str,
    variables: dict[str, Any],
    *,
    app: Identity,
    owners: FakeRepository | None = None,
) -> dict[str, Any]:
    """What GitHub answers to one of our queries, errors beside the data as it does."""
    found = NAME.search(query)
    assert found, "our queries have names"
    if variables["repository"] != repository.node_id:
        return _missing("node")
    part, act = (_PARTS | fake_scans.PARTS)[found[1]]
    node = None if _is_late(repository, variables) else act(repository, variables, app)
    if node is None:
        bare = dict.fromkeys(selected(query)["node"]) | {"nameWithOwner": repository.name, "isArchived": False}
        return _missing("node", part) | {"data": {"node": bare}}
    wanted = selected(query)
    found = {"data": pick({"node": _place(repository, owners) | node}, wanted)}
    if owners is None and "owner" in wanted["node"]:
        found["errors"] = _missing("node", "owner", "repository")["errors"]
    return found


def _is_about_policy(query: str) -> bool:
    found = NAME.search(query)
    return found is not None and found[1] in ("Policy", "PolicyByName", "Backlog", "ScanIssues", "ScanPulls")


def _is_late(repository: FakeRepository, variables: dict[str, Any]) -> bool:
    """Whether GitHub has told of a subject and does not find it yet."""
    number = variables.get("number", 0)
    left = repository.late.get(number, 0)
    repository.late[number] = left - 1
    return left > 0


def _missing(*path: str) -> dict[str, Any]:
    error = {"type": "NOT_FOUND", "path": [*path], "message": "Could not resolve to a node."}
    return {"data": {"node": None}, "errors": [error]}


def _place(repository: FakeRepository, owners: FakeRepository | None) -> dict[str, Any]:
    text = repository.policy
    beside = owners and {
        "nameWithOwner": owners.name,
        "ownerPolicy": _blob(owners.policy) if owners.policy is not None else None,
    }
    return {
        "databaseId": repository.id,
        "owner": {"repository": beside},
        "nameWithOwner": repository.name,
        "isArchived": repository.archived,
        "defaultBranchRef": {"name": repository.default_branch},
        "policy": _blob(text) if text is not None else None,
    }


def _blob(text: str) -> dict[str, Any]:
    is_text = text != NO_TEXT
    return {
        "oid": str(abs(hash(text))),
        "text": text if is_text else None,
        "isBinary": not is_text,
        "isTruncated": False,
    }


def _issue(repository: FakeRepository, variables: dict[str, Any], app: Identity) -> dict[str, Any] | None:
    issue = repository.issues.get(variables["number"])
    if issue is None or hasattr(issue, "head"):
        return None
    happened = [
        {"__typename": what, "label": {"name": label}, "actor": actor(who)} for what, label, who in issue.label_events
    ]
    return {
        "labels": connection({"name": name} for name in repository.labels),
        "issueTemplates": [{"body": body} for body in repository.issue_templates],
        "collaborators": fake_handover.outside(repository),
        "issue": _thread(repository, issue, app)
        | {
            "createdAt": issue.created_at.isoformat(),
            "authorAssociation": issue.association,
            "timelineItems": connection(happened[-100:]) | {"pageInfo": {"hasPreviousPage": len(happened) > 100}},
            "assigned": connection([{"actor": actor(issue.assigned_by)}] if issue.assigned_by else []),
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
            "createdAt": pull.created_at.isoformat(),
            "isDraft": pull.draft,
            "headRefOid": pull.head,
            "headRefName": pull.branch,
            "baseRefName": pull.base,
            "changedFiles": len(pull.files),
            "additions": sum(added for _path, added, _deleted in pull.files),
            "deletions": sum(deleted for _path, _added, deleted in pull.files),
            "closingIssuesReferences": connection(linked(repository, number) for number in pull.closes),
            "files": connection(file_of(pull, *file) for file in pull.files[:100]),
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


def _page(there: list[dict[str, Any]], after: str | None) -> dict[str, Any]:
    start = int(after or 0)
    end = min(start + 100, len(there))
    info = {"hasNextPage": end < len(there), "endCursor": str(end) if end > start else None}
    return connection(there[start:end]) | {"pageInfo": info, "totalCount": len(there)}


def _policy(_repository: FakeRepository, _variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    return {}


def _backlog(repository: FakeRepository, variables: dict[str, Any], _app: Identity) -> dict[str, Any]:
    there = [each for each in repository.issues.values() if each.state == "OPEN"]
    pulls: list[Any] = [each for each in there if hasattr(each, "head")]
    issues = [each for each in there if not hasattr(each, "head")]
    return {
        "issues": _page([{"number": each.number} for each in issues], variables["issues"]),
        "pullRequests": _page(
            [
                {
                    "number": each.number,
                    "isDraft": each.draft,
                    "createdAt": each.created_at.isoformat(),
                    "headRefName": each.branch,
                    "author": actor(each.author),
                    "labels": connection({"name": name} for name in each.labels),
                }
                for each in pulls
            ],
            variables["pulls"],
        ),
    }


_PARTS = {
    "Issue": ("issue", _issue),
    "Pull": ("pullRequest", _pull),
    "Head": ("pullRequest", _head),
    "Commit": ("object", _commit),
    "Handover": ("issue", fake_handover.handover),
    "Policy": ("policy", _policy),
    "PolicyByName": ("policy", _policy),
    "Backlog": ("issues", _backlog),
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
        "author": actor(issue.author),
        "labels": connection({"name": name} for name in issue.labels),
        "assignees": connection({"login": login} for login in issue.assignees),
        "comments": connection(comments[:50]) | {"totalCount": len(comments)},
        "latest": connection(comments[-50:]),
    }


def commit_parts(repository: FakeRepository, sha: str) -> dict[str, Any]:
    pulls: list[Any] = [each for each in repository.issues.values() if getattr(each, "head", None) == sha]
    text = next((each.policy for each in pulls if each.policy != UNTOUCHED), repository.policy)
    runs = [
        {
            "databaseId": run.id,
            "externalId": run.sent["external_id"],
            "status": "COMPLETED",
            "conclusion": run.conclusion.upper(),
            **run.sent["output"],
            "annotations": connection(_annotation(each) for each in run.annotations),
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
        "policy": {"object": _blob(text)} if text is not None else None,
    }


def _annotation(sent: dict[str, Any]) -> dict[str, Any]:
    return {"path": sent["path"], "message": sent["message"], "location": {"start": {"line": sent["start_line"]}}}
