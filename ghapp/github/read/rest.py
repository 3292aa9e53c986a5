"""The REST reads: what commands need, and comments by their ids."""

from datetime import datetime

from ghapp.errors import Gone
from ghapp.github.client import Client
from ghapp.github.facts import CommandComment, Comment, Place, Thread
from ghapp.github.identity import Identity
from ghapp.github.read.answers import Json, patiently

TRIAGE = frozenset({"triage", "write", "maintain", "admin"})
_COMMENTS = "/repos/{+repository}/issues/{number}/comments{?since,per_page}"


async def command_comment(client: Client, place: Place, comment: int) -> CommandComment:
    """A comment as it is now.

    Raises:
        Gone: it is deleted.
    """
    found: Json = await patiently(client, lambda: client.getitem(*_comment_url(place, comment)))
    user = found.get("user") or {}
    return CommandComment(
        text=found.get("body") or "",
        author=user.get("login", ""),
        by_person=user.get("type") == "User",
        written_at=datetime.fromisoformat(found["created_at"]),
    )


async def own_comment(client: Client, place: Place, comment: int, *, app: Identity) -> Comment | None:
    """A comment of ours by its id; None when it is deleted, or was never ours."""
    try:
        found: Json = await client.getitem(*_comment_url(place, comment))
    except Gone:
        return None
    return Comment(comment, found.get("body") or "") if _is_ours(found, app) else None


async def own_comments(client: Client, thread: Thread, *, app: Identity) -> tuple[Comment, ...]:
    """All our comments of a conversation, however long it is: a call for each hundred comments."""
    where = {"repository": thread.place.repository, "number": str(thread.number), "per_page": "100"}
    found = [each async for each in client.getiter(_COMMENTS, where)]
    return _ours(found, app)


async def own_comments_since(client: Client, thread: Thread, since: datetime, *, app: Identity) -> tuple[Comment, ...]:
    """Our comments of a conversation that were written or changed since a time; the first hundred of all."""
    where = {
        "repository": thread.place.repository,
        "number": str(thread.number),
        "since": since.isoformat().replace("+00:00", "Z"),
        "per_page": "100",
    }
    found: Json = await client.getitem(_COMMENTS, where)
    return _ours(found, app)


async def may_triage(client: Client, place: Place, login: str) -> bool:
    """Whether somebody may triage the repository; never taken from `author_association`, which is unreliable."""
    url = "/repos/{+repository}/collaborators/{login}/permission"
    try:
        found: Json = await client.getitem(url, {"repository": place.repository, "login": login})
    except Gone:
        return False
    # GitHub says `read` for triage in `permission`; `role_name` may be a role of the organization's own.
    return found["permission"] in TRIAGE or found.get("role_name") in TRIAGE


def _ours(found: Json, app: Identity) -> tuple[Comment, ...]:
    return tuple(Comment(each["id"], each.get("body") or "") for each in found if _is_ours(each, app))


def _is_ours(comment: Json, app: Identity) -> bool:
    return bool((comment.get("performed_via_github_app") or {}).get("id") == app.id)


def _comment_url(place: Place, comment: int) -> tuple[str, dict[str, str]]:
    return "/repos/{+repository}/issues/comments/{id}", {"repository": place.repository, "id": str(comment)}
