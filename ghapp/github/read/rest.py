"""The REST reads: what commands need, and comments by their ids."""

from datetime import datetime

from ghapp.errors import Gone
from ghapp.github.client import Client
from ghapp.github.facts import Access, CommandComment, Comment, Place, Thread
from ghapp.github.identity import Identity
from ghapp.github.read.answers import Json, patiently

WRITE = frozenset({"write", "maintain", "admin"})
_FILES = "/repos/{+repository}/pulls/{number}/files{?per_page}"
_COMMENTS = "/repos/{+repository}/issues/{number}/comments{?per_page}"


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


async def access(client: Client, place: Place, login: str) -> Access:
    """What somebody may do in the repository; never taken from `author_association`, which is unreliable.

    See "Get repository permissions for a user" in GitHub's documentation: `permission` says `read` for triage and
    `write` for maintain, `role_name` may be a role of the organization's own, and `user.permissions` has both.
    """
    url = "/repos/{+repository}/collaborators/{login}/permission"
    try:
        found: Json = await client.getitem(url, {"repository": place.repository, "login": login})
    except Gone:
        return Access.NONE
    may = (found.get("user") or {}).get("permissions") or {}
    if found["permission"] in WRITE or may.get("push"):
        return Access.WRITE
    return Access.TRIAGE if found.get("role_name") == "triage" or may.get("triage") else Access.NONE


async def changes_file(client: Client, place: Place, number: int, path: str) -> bool:
    """Whether a pull request touches a file, its old name before a rename among them; a call for each hundred files."""
    where = {"repository": place.repository, "number": str(number), "per_page": "100"}
    async for each in client.getiter(_FILES, where):
        if path in (each["filename"], each.get("previous_filename")):
            return True
    return False


def _ours(found: Json, app: Identity) -> tuple[Comment, ...]:
    return tuple(Comment(each["id"], each.get("body") or "") for each in found if _is_ours(each, app))


def _is_ours(comment: Json, app: Identity) -> bool:
    return bool((comment.get("performed_via_github_app") or {}).get("id") == app.id)


def _comment_url(place: Place, comment: int) -> tuple[str, dict[str, str]]:
    return "/repos/{+repository}/issues/comments/{id}", {"repository": place.repository, "id": str(comment)}
