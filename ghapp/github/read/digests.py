"""The digest's own issue and what is around it, by one GraphQL query; and that issue again when its number is lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ghapp.errors import Gone
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import SeenDigest, SeenSource, Thread
from ghapp.github.identity import Identity
from ghapp.github.read.answers import Json, conversation, given, nodes, patiently
from ghapp.handover.digest import MARKER

MOST = 100  # ids that GitHub takes at once
_OURS = "/repos/{+repository}/issues{?creator,state,per_page}"


@dataclass(frozen=True, slots=True)
class Own:
    """An issue of ours, by the ids that REST and GraphQL know it by."""

    number: int
    node: str


async def digest(
    client: Client, repository: str, *, number: int, sources: Sequence[str], labels: Collection[str]
) -> SeenDigest:
    """What is where a digest is shown; of more sources than GitHub tells of at once, the rest counts as private.

    Raises:
        Gone: the repository is out of our reach.
    """
    owner, _, name = repository.partition("/")
    asked = {"number": number, "sources": [*sources[:MOST]], "labels": sorted(labels)}

    async def look() -> Json:
        answer = await given(client, queries.DIGEST, {"owner": owner, "name": name, **asked})
        if not answer.get("node"):
            raise Gone(f"{repository} is deleted or out of our reach")
        return answer

    answer = await patiently(client, look)
    node, issue = answer["node"], answer["node"].get("issue")
    is_ours = bool(issue) and issue["viewerDidAuthor"] and issue["body"].startswith(MARKER)
    parts = conversation(node, issue or {"state": "", "locked": False, "author": None}, number)
    return SeenDigest(
        place=parts["place"],
        id=node["databaseId"],
        is_public=not node["isPrivate"],
        has_issues=node["hasIssuesEnabled"],
        issue=Thread(**parts) if is_ours else None,
        text=issue["body"] if is_ours else "",
        sources=tuple(map(_source, nodes(answer))),
    )


async def own_digest(client: Client, repository: str, *, app: Identity) -> Own | None:
    """The digest's issue among all of ours, open or closed: the oldest, if a race made several."""
    where = {"repository": repository, "creator": app.login, "state": "all", "per_page": "100"}
    found = [each async for each in client.getiter(_OURS, where) if _is_ours(each, app)]
    oldest = min(found, key=lambda each: each["number"], default=None)
    return Own(oldest["number"], oldest["node_id"]) if oldest else None


def _is_ours(issue: Json, app: Identity) -> bool:
    by_us = (issue.get("performed_via_github_app") or {}).get("id") == app.id
    return bool(by_us and (issue.get("body") or "").startswith(MARKER))


def _source(node: Json) -> SeenSource:
    free = (each for each in nodes(node.get("issues")) if not nodes(each["assignees"]))
    return SeenSource(
        node=node["id"],
        is_public=not node["isPrivate"],
        unassigned=tuple((each["number"], each["title"]) for each in free),
    )
