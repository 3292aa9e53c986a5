"""What a digest touches in the fake GitHub: its own issue, made, edited, listed and pinned, and what nobody has."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from ghapp.github.identity import Identity
from tests import fake_json
from tests.fake_nodes import actor, connection
from tests.fake_queries import NAME
from tests.fake_state import NOON, FakeIssue, FakeRepository
from tests.selection import pick, selected

FIRST = 100  # the number of the first issue that we open
PINS = 3  # GitHub's limit


def is_about_digests(query: str) -> bool:
    """Whether a query is one of a digest's."""
    found = NAME.search(query)
    return query.lstrip().startswith("mutation Pin") or bool(found and found[1] == "Digest")


def answer(there: Sequence[FakeRepository], query: str, variables: dict[str, Any], *, app: Identity) -> Any:
    """What GitHub answers to a query about a digest, or to the wish to pin its issue."""
    if query.lstrip().startswith("mutation"):
        return _pin(there, variables["issue"])
    name = f"{variables['owner']}/{variables['name']}"
    home = next((each for each in there if each.name == name), None)
    by_node = {each.node_id: each for each in there}
    sources = [_source(by_node[each], variables["labels"]) for each in variables["sources"] if each in by_node]
    issue = home.issues.get(variables["number"]) if home else None
    found = {"node": home and _home(home, issue, app), "nodes": sources}
    missing = ["node"] if home is None else ["node", "issue"]
    errors = [] if issue else [{"type": "NOT_FOUND", "path": missing, "message": "Could not resolve to an Issue."}]
    return {"data": pick(found, selected(query)), **({"errors": errors} if errors else {})}


def opened(repository: FakeRepository, body: Any, *, app: Identity, now: datetime | None) -> tuple[int, Any]:
    """An issue of ours."""
    number = max(FIRST - 1, *repository.issues, 0) + 1
    made = FakeIssue(number, body["title"], body["body"], author=app.login, created_at=now or NOON)
    repository.issues[number] = made
    return 201, _issue_json(repository, made, app)


def edited(
    repository: FakeRepository, body: Any, number: str, *, app: Identity, now: datetime | None
) -> tuple[int, Any]:
    """An issue with another text."""
    found = repository.issues.get(int(number))
    if found is None:
        return 410, {"message": "This issue was deleted"}
    assert found.author == app.login, "we edit no words of people"
    found.body = body["body"]
    return 200, _issue_json(repository, found, app)


def listed(repository: FakeRepository, query: Any, *, app: Identity, now: datetime | None) -> tuple[int, Any]:
    """The issues that somebody opened."""
    found = [each for each in repository.issues.values() if each.author == query["creator"]]
    return 200, [_issue_json(repository, each, app) for each in found]


Act = Callable[..., tuple[int, Any]]

ROUTES: tuple[tuple[str, str, Act], ...] = (
    ("POST", "/issues", opened),
    ("GET", "/issues", listed),
    ("PATCH", r"/issues/(\d+)", edited),
)


def _home(repository: FakeRepository, issue: FakeIssue | None, app: Identity) -> dict[str, Any]:
    comments = [
        {"fullDatabaseId": str(each.id), "viewerDidAuthor": each.author == app.login, "body": each.text}
        for each in repository.comments
        if issue and each.number == issue.number
    ]
    return {
        "id": repository.node_id,
        "databaseId": repository.id,
        "nameWithOwner": repository.name,
        "isArchived": repository.archived,
        "isPrivate": repository.private,
        "hasIssuesEnabled": repository.has_issues,
        "issue": issue
        and {
            "body": issue.body,
            "state": issue.state,
            "locked": issue.locked,
            "viewerDidAuthor": issue.author == app.login,
            "author": actor(issue.author),
            "latest": connection(comments[-50:]),
        },
    }


def _source(repository: FakeRepository, labels: list[str]) -> dict[str, Any]:
    free = [
        each
        for each in repository.issues.values()
        if each.state == "OPEN" and set(each.labels) & set(labels) and not each.assignees and not hasattr(each, "head")
    ]
    shown = ({"number": each.number, "title": each.title, "assignees": connection(())} for each in free[:25])
    return {"id": repository.node_id, "isPrivate": repository.private, "issues": connection(shown)}


def _pin(there: Sequence[FakeRepository], node: str) -> dict[str, Any]:
    repository = next(each for each in there if node.startswith(f"I_{each.id}_"))
    if len(repository.pinned) >= PINS:
        error = {"type": "UNPROCESSABLE", "path": ["pinIssue"], "message": "Maximum 3 pinned issues per repository"}
        return {"data": {"pinIssue": None}, "errors": [error]}
    repository.pinned.append(int(node.rsplit("_", 1)[1]))
    return {"data": {"pinIssue": {"issue": {"id": node}}}}


def _issue_json(repository: FakeRepository, issue: FakeIssue, app: Identity) -> dict[str, Any]:
    by_app = fake_json.app(app.id, app.slug) if issue.author == app.login else None
    return fake_json.issue(issue, repository, by_app=by_app)
