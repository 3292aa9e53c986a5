"""What is open in a repository, by a GraphQL query for each hundred."""

from datetime import datetime

from checks.subject import Pull
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Backlog, OpenPull
from ghapp.github.read.answers import Json, ask, is_bot, login, names, nodes
from ghapp.subjects import Subject

PAGES = 10  # of a hundred issues and a hundred pull requests, those that changed last first


async def backlog(client: Client, subject: Subject) -> Backlog:
    """The open issues and pull requests of a subject's repository, without their texts.

    Raises:
        Gone: the repository is out of our reach.
    """
    issues: dict[int, None] = {}  # one that changes meanwhile may come on two pages
    pulls: dict[int, OpenPull] = {}
    after: dict[str, object] = {"issues": None, "pulls": None}
    for _ in range(PAGES):
        node = await ask(client, queries.BACKLOG, subject, needs="", **after)
        there = {"issues": node.get("issues") or {}, "pulls": node.get("pullRequests") or {}}
        issues |= dict.fromkeys(each["number"] for each in nodes(there["issues"]))
        pulls |= {each["number"]: _pull(each) for each in nodes(there["pulls"])}
        ends = {kind: found.get("pageInfo") or {} for kind, found in there.items()}
        after = {kind: end.get("endCursor") or after[kind] for kind, end in ends.items()}
        if not any(end.get("hasNextPage") for end in ends.values()):
            break
    return Backlog(
        issues=tuple(issues),
        all_issues=there["issues"].get("totalCount", 0),
        pulls=tuple(pulls.values()),
        all_pulls=there["pulls"].get("totalCount", 0),
    )


def _pull(found: Json) -> OpenPull:
    pull = Pull(
        title="",
        body="",
        author=login(found["author"]),
        author_is_bot=is_bot(found["author"]),
        is_draft=found["isDraft"],
        head=found["headRefName"],
        labels=names(found["labels"]),
    )
    return OpenPull(number=found["number"], pull=pull, created_at=datetime.fromisoformat(found["createdAt"]))
