"""Asks GraphQL, and takes its answers apart: GitHub's JSON enters here and in the neighbours, nowhere else."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from gidgethub import QueryError

from config.load import PATH
from ghapp.errors import Again, Gone, Refused
from ghapp.github.client import PAUSES, Client
from ghapp.github.facts import Comment, OwnerFile, Place, PolicyFile
from ghapp.subjects import Subject

Json: TypeAlias = Any  # GitHub's JSON
T = TypeVar("T")

POLICY = f"HEAD:{PATH}"
NEEDED = frozenset({"node", "policy", "issue", "pullRequest", "object"})  # parts without which nothing can be judged


async def ask(client: Client, query: str, subject: Subject, *, needs: str = "", **variables: object) -> Json:
    """A repository as a query shows it; `needs` names the part of it that has to be there.

    Raises:
        Gone: it is not there, and was not a few seconds ago.
    """

    async def look() -> Json:
        answer = await given(client, query, {"repository": subject.repository_node, **variables})
        node = _there(answer.get("node"), "the repository")
        if needs:
            _there(node.get(needs), f"{needs} {subject.number}")
        return node

    return await patiently(client, look)


async def patiently(client: Client, look: Callable[[], Awaitable[T]]) -> T:
    """Look again after short pauses before something is given up as gone: a delivery can be faster than its subject.

    With a new token it is not given up yet.
    """
    for pause in PAUSES:
        with suppress(Gone):
            return await look()
        await client.sleep(pause)
    try:
        return await look()
    except Gone as error:
        client.doubt(str(error))
        raise


async def given(client: Client, query: str, variables: dict[str, object]) -> Json:
    """What GitHub gives to a query, without the parts that we may not see."""
    answer: Json
    try:
        answer = await client.ask(query, variables)
    except QueryError as error:
        answer = _in_part(client, error)
    return answer or {}


def _in_part(client: Client, error: QueryError) -> Json:
    """What GitHub could give: parts we may not see are left out, unless they are needed."""
    for problem in error.response["errors"]:
        kind, last = problem.get("type"), (problem.get("path") or [""])[-1]
        if kind == "FORBIDDEN" and last in NEEDED:
            client.renew_token()
            raise Refused(f"GraphQL {last}: {problem.get('message')}") from error
        if kind not in ("FORBIDDEN", "NOT_FOUND"):
            raise Again(f"GraphQL {last}: {problem.get('message')}") from error
    return error.response.get("data")


def _there(found: Json, what: str) -> Json:
    if not found:
        raise Gone(f"{what} is deleted or out of our reach")
    return found


def place(node: Json) -> Place:
    """A repository as it is called now, with its policy file where the query asks for it."""
    owner = _owner_file(node)
    is_owners = owner.repository == node["nameWithOwner"]
    own = PolicyFile(is_owners=True) if is_owners else policy_file(node.get("policy"))
    return Place(
        repository=node["nameWithOwner"],
        archived=node["isArchived"],
        default_branch=(node.get("defaultBranchRef") or {}).get("name", ""),
        policy=replace(own, owner=owner),
    )


def _owner_file(node: Json) -> OwnerFile:
    there = (node.get("owner") or {}).get("repository")
    if not there:
        return OwnerFile(repository=f"{node['nameWithOwner'].partition('/')[0]}/.github")
    found = policy_file(there.get("ownerPolicy"))
    return OwnerFile(repository=there["nameWithOwner"], is_there=True, oid=found.oid, text=found.text)


def policy_file(blob: Json) -> PolicyFile:
    """A policy file; a folder in its place is none."""
    blob = blob or {}
    unreadable = blob.get("isBinary") or blob.get("isTruncated")
    text = None if unreadable else blob.get("text", "")
    return PolicyFile(oid=blob.get("oid", ""), text=text)


def conversation(node: Json, found: Json, number: int) -> dict[str, Json]:
    """The facts of a `Thread`."""
    first, latest = nodes(found.get("comments")), nodes(found.get("latest"))
    ours = {int(each["fullDatabaseId"]): each["body"] for each in (*first, *latest) if each["viewerDidAuthor"]}
    return {
        "place": place(node),
        "number": number,
        "is_open": found["state"] == "OPEN",
        "locked": found["locked"],
        "author": login(found["author"]),
        "assignees": tuple(each["login"] for each in nodes(found.get("assignees"))),
        "comments": tuple(Comment(*each) for each in ours.items()),
        "is_read_whole": (found.get("comments") or {}).get("totalCount", 0) <= len(first) + len(latest),
    }


def nodes(connection: Json) -> list[Json]:
    """A connection's nodes; it is null, or has null among them, where we may not see."""
    return [node for node in (connection or {}).get("nodes") or [] if node]


def names(connection: Json) -> tuple[str, ...]:
    """The names of a connection's nodes."""
    return tuple(node["name"] for node in nodes(connection))


def bodies(templates: Json) -> tuple[str, ...]:
    """The texts of templates that have one."""
    return tuple(each["body"] for each in templates or [] if each and each["body"])


def outside(node: Json) -> frozenset[str]:
    """The outside collaborators of a repository, casefolded; none where GitHub does not tell us."""
    return frozenset(each["login"].casefold() for each in nodes(node.get("collaborators")))


def is_bot(actor: Json) -> bool:
    """Whether an actor is one of GitHub's bots."""
    return bool(actor) and actor["__typename"] == "Bot"


def login(actor: Json) -> str:
    """An actor's login as REST and deliveries write it; "" when the account is deleted."""
    if not actor:
        return ""
    return f"{actor['login']}[bot]" if is_bot(actor) else str(actor["login"])
