"""What is open in a repository, by one GraphQL query."""

from datetime import datetime

from checks.subject import Pull
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Backlog, OpenPull
from ghapp.github.read.answers import Json, ask, is_bot, login, names, nodes
from ghapp.subjects import Subject


async def backlog(client: Client, subject: Subject) -> Backlog:
    """The open issues and pull requests of a subject's repository, without their texts.

    Raises:
        Gone: the repository is out of our reach.
    """
    node = await ask(client, queries.BACKLOG, subject)
    issues, pulls = node.get("issues") or {}, node.get("pullRequests") or {}
    return Backlog(
        issues=tuple(each["number"] for each in nodes(issues)),
        all_issues=issues.get("totalCount", 0),
        pulls=tuple(_pull(each) for each in nodes(pulls)),
        all_pulls=pulls.get("totalCount", 0),
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
