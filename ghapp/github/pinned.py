"""The one issue that we open ourselves: made, edited in place, and pinned where GitHub lets us."""

import structlog
from gidgethub import BadRequest, QueryError

from ghapp.errors import Refused
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Place
from ghapp.github.read.digests import Own

_ISSUES = "/repos/{+repository}/issues"

log = structlog.get_logger(__name__)


async def opened(client: Client, place: Place, *, title: str, text: str) -> Own:
    """Open an issue; whoever calls has looked whether there is one already.

    Raises:
        Refused: GitHub does not take it.
    """
    try:
        made = await client.post(_ISSUES, {"repository": place.repository}, data={"title": title, "body": text})
    except BadRequest as error:
        raise _untaken(error) from error
    return Own(int(made["number"]), str(made["node_id"]))


async def edited(client: Client, place: Place, number: int, *, text: str) -> None:
    """Let the issue say something else.

    Raises:
        Gone: somebody deleted it.
        Refused: GitHub does not take it.
    """
    where = {"repository": place.repository, "number": str(number)}
    try:
        await client.patch(f"{_ISSUES}/{{number}}", where, data={"body": text})
    except BadRequest as error:
        raise _untaken(error) from error


async def pin(client: Client, place: Place, issue: Own) -> None:
    """Pin an issue, or leave it unpinned and say so: GitHub pins three of a repository and no more.

    REST cannot; see "Pinning an issue to your repository" in GitHub's documentation, and `pinIssue` of GraphQL.
    """
    try:
        await client.ask(queries.PIN, {"issue": issue.node})
    except QueryError as error:
        log.warning(
            "digest.unpinned",
            repository=place.repository,
            number=issue.number,
            reason="; ".join(str(each.get("message")) for each in error.response["errors"]),
            remedy="unpin another issue of the repository, then pin this one by hand",
        )


def _untaken(error: BadRequest) -> Refused:
    return Refused(f"{int(error.status_code)}, GitHub does not take our issue: {error}")
