"""Parts of GraphQL answers that several queries of the fake GitHub share."""

from typing import Any

from tests.fake_state import FakePull, FakeRepository


def linked(repository: FakeRepository, number: int) -> dict[str, Any]:
    """A linked issue; one that is not here is in a repository that we may not see."""
    issue = repository.issues.get(number)
    return {
        "number": number,
        "title": issue.title if issue else "",
        "body": issue.body if issue else "",
        "repository": {"nameWithOwner": repository.name} if issue else None,
    }


def file_of(pull: FakePull, path: str, added: int, deleted: int) -> dict[str, Any]:
    kind = "RENAMED" if path in pull.renamed else "MODIFIED"
    return {"path": path, "changeType": kind, "additions": added, "deletions": deleted}


def actor(login: str) -> dict[str, Any] | None:
    """An actor as GraphQL shows it: a bot's login without `[bot]`, a deleted account as nobody."""
    if not login:
        return None
    bot = login.endswith("[bot]")
    return {"__typename": "Bot" if bot else "User", "login": login.removesuffix("[bot]")}


def connection(nodes: Any) -> dict[str, Any]:
    return {"nodes": list(nodes)}
