"""What recovery looks at in the fake GitHub: its log of deliveries, where the App is, and open pull requests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ghapp.github.read.installations import PERMISSIONS
from tests import fake_json
from tests.fake_queries import NAME, commit_parts, connection
from tests.fake_state import FakeRepository
from tests.selection import pick, selected

if TYPE_CHECKING:
    from tests.fakes import FakeGitHub

PAGE = 100

Answer = tuple[int, Any, dict[str, str]]


@dataclass
class DeliveryLog:
    """What GitHub tried to hand over, newest first, and what it was asked to send again."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    sent_again: list[str] = field(default_factory=list)  # GUIDs

    def add(
        self, guid: str, at: datetime, *, status: int = 502, event: str = "pull_request", changes: Any = None
    ) -> None:
        """An attempt that ended with this status; `changes` are keys of its entry that differ."""
        entry = fake_json.log_entry(len(self.entries) + 1, guid, at=at, status=status, event=event) | (changes or {})
        self.entries.append(entry)
        self.entries.sort(key=lambda each: each["delivered_at"], reverse=True)

    def page(self, query: dict[str, str]) -> Answer:
        """A page of the entries; the next one's address is in the header, as GitHub has it."""
        failed = query.get("status") == "failure"
        there = [each for each in self.entries if not failed or 400 <= each["status_code"] < 600]
        start = int(query.get("cursor", 0))
        rest = "&status=failure" if failed else ""
        following = f"/app/hook/deliveries?per_page={PAGE}&cursor={start + PAGE}{rest}"
        more = {"link": f'<{following}>; rel="next"'} if len(there) > start + PAGE else {}
        return 200, there[start : start + PAGE], more

    def attempt(self, number: str) -> Answer:
        """Send again what is still there."""
        guid = next((each["guid"] for each in self.entries if each["id"] == int(number)), None)
        if guid is None:
            return 404, {"message": "Not Found"}, {}
        self.sent_again.append(guid)
        return 202, {}, {}


@dataclass
class Installed:
    """What an owner says of our App: its account's name, and what is granted."""

    account: str = "acme"
    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))


def installations(fake: "FakeGitHub") -> Answer:
    """Where our App is installed."""
    return 200, [fake.installation_json(number) for number in fake.installations], {}


def repositories(fake: "FakeGitHub", query: dict[str, str]) -> Answer:
    """A page of what an installation reaches."""
    there = [fake.repository, *fake.others]
    start = (int(query["page"]) - 1) * PAGE
    found = [fake_json.repository(each.id, each.node_id, each.name, archived=each.archived) for each in there]
    return 200, {"total_count": len(there), "repositories": found[start : start + PAGE]}, {}


def answer_nodes(there: list[FakeRepository], query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """What GitHub answers to a query about many nodes at once."""
    found = NAME.search(query)
    assert found
    ids = variables.get("repositories") or variables["pulls"]
    assert len(ids) <= PAGE, "GitHub takes a hundred ids at once"
    nodes = _NODES[found[1]](there, variables)
    return {"data": pick({"nodes": [nodes.get(each) for each in ids]}, selected(query))}


def is_about_nodes(query: str) -> bool:
    """Whether a query names many nodes."""
    found = NAME.search(query)
    return found is not None and found[1] in _NODES


def _open(repository: FakeRepository) -> list[Any]:
    pulls: list[Any] = [each for each in repository.issues.values() if hasattr(each, "head") and each.state == "OPEN"]
    return sorted(pulls, key=lambda each: (each.created_at, each.number), reverse=True)


def _id(repository: FakeRepository, number: int) -> str:
    return f"PR_{repository.id}_{number}"


def _open_pulls(there: list[FakeRepository], variables: dict[str, Any]) -> dict[str, Any]:
    start = int(variables["after"] or 0)
    return {
        each.node_id: {
            "id": each.node_id,
            "databaseId": each.id,
            "pullRequests": connection(
                {"id": _id(each, pull.number), "number": pull.number, "createdAt": pull.created_at.isoformat()}
                for pull in _open(each)[start : start + 50]
            )
            | {"pageInfo": {"hasNextPage": len(_open(each)) > start + 50, "endCursor": str(start + 50)}},
        }
        for each in there
    }


def _heads(there: list[FakeRepository], _variables: dict[str, Any]) -> dict[str, Any]:
    return {
        _id(each, pull.number): {
            "id": _id(each, pull.number),
            "headRefOid": pull.head,
            "commits": connection(
                [
                    {
                        "commit": {
                            "oid": pull.last_commit or pull.head,
                            **commit_parts(each, pull.last_commit or pull.head),
                        }
                    }
                ]
            ),
        }
        for each in there
        for pull in _open(each)
    }


_NODES: dict[str, Callable[[list[FakeRepository], dict[str, Any]], dict[str, Any]]] = {
    "OpenPulls": _open_pulls,
    "Heads": _heads,
}
