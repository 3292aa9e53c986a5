"""The backlog page by page, by one GraphQL query each, and the repository it is of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from checks.subject import Issue, Pull
from ghapp.backlog.items import Item
from ghapp.backlog.scans import Part, Spot
from ghapp.errors import Refused
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Place
from ghapp.github.manners import is_digest
from ghapp.github.read.answers import POLICY, Json, ask, nodes, place
from ghapp.github.read.issues import as_issue
from ghapp.github.read.pulls import as_pull
from ghapp.subjects import Kind, Subject

PULLS = 100  # the newest ones; older ones say little of how people write today
SIZES = {Part.ISSUES: (100, 50, 20), Part.PULLS: (50, 25, 10)}  # of a page; a smaller one where GitHub cannot make it

_QUERIES = {Part.ISSUES: queries.SCAN_ISSUES, Part.PULLS: queries.SCAN_PULLS}
_LISTS = {Part.ISSUES: "issues", Part.PULLS: "pullRequests"}
_EMPTY: Json = {"pageInfo": {"hasNextPage": False}}  # pull requests that we may not read are none
_TEXTS: dict[Part, Callable[[Json, Json], Issue | Pull]] = {Part.ISSUES: as_issue, Part.PULLS: as_pull}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page as GitHub has it: `open` counts all open issues, where the page is one of issues."""

    place: Place
    items: tuple[Item, ...]
    open: int
    next: str | None  # GitHub's cursor, None on the last page of its part


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A repository that was asked for by its name."""

    number: int
    node: str
    name: str
    archived: bool
    has_issues: bool

    def subject(self, installation: int) -> Subject:
        """Its backlog."""
        return Subject(
            kind=Kind.BACKLOG_REPORT, installation=installation, repository=self.number, repository_node=self.node
        )


async def named(client: Client, name: str) -> Named:
    """A repository by its name, or by one that it had.

    Raises:
        Gone: it is not there, or not ours to see.
    """
    owner, _, repository = name.partition("/")
    found: Json = await client.getitem("/repos/{owner}/{repo}", {"owner": owner, "repo": repository})
    return Named(
        number=found["id"],
        node=found["node_id"],
        name=found["full_name"],
        archived=found["archived"],
        has_issues=found["has_issues"],
    )


async def page(client: Client, subject: Subject, spot: Spot, *, attempt: int = 0) -> Read:
    """A page of a repository's open issues, oldest first, or of its newest pull requests; smaller at each attempt.

    Raises:
        Gone: the repository is out of our reach.
        Refused: we may not read its issues.
    """
    part, sizes = spot.part, SIZES[spot.part]
    first = sizes[min(attempt, len(sizes) - 1)]
    node = await ask(client, _QUERIES[part], subject, policy=POLICY, first=first, after=spot.after)
    listed = node.get(_LISTS[part])
    if listed is None and part is Part.ISSUES:
        raise Refused(f"GitHub does not let us read the {part.value} of {node['nameWithOwner']}")
    more = (listed or _EMPTY)["pageInfo"]
    items = (_item(node, found, _TEXTS[part]) for found in nodes(listed))
    return Read(
        place=place(node),
        items=tuple(each for each in items if not (isinstance(each.text, Issue) and is_digest(each.text))),
        open=(listed or _EMPTY).get("totalCount", 0),
        next=more["endCursor"] if more["hasNextPage"] else None,
    )


def _item(node: Json, found: Json, text: Callable[[Json, Json], Issue | Pull]) -> Item:
    return Item(
        number=found["number"],
        text=text(node, found),
        opened_at=datetime.fromisoformat(found["createdAt"]),
        association=found["authorAssociation"],
        assigned=bool(nodes(found.get("assignees"))),
    )
