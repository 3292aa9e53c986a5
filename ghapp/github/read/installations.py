"""Where our App is installed, what it reaches there, and the open pull requests that have no check of ours."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ghapp.errors import Gone
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Repositories, SeenInstallation
from ghapp.github.read.answers import Json, given, nodes
from ghapp.github.read.pulls import CHECK, head
from ghapp.subjects import Kind, Subject

PAGE = 100  # of a list, and the most ids that GraphQL takes at once
FEW = 50  # repositories in one query, so that it ends within GitHub's ten seconds

# What `app.yaml` asks for; an owner of the account may not have granted all of it.
PERMISSIONS: Mapping[str, str] = {
    "metadata": "read",
    "contents": "read",
    "issues": "write",
    "pull_requests": "write",
    "checks": "write",
    "merge_queues": "read",
}
RANKS = {"": 0, "read": 1, "write": 2, "admin": 3}


async def installation(app: Client, installation: int) -> SeenInstallation:
    """An installation, asked as the App.

    Raises:
        Gone: it is deleted.
    """
    return _installation(await app.getitem("/app/installations/{id}", {"id": str(installation)}))


async def installations(app: Client) -> AsyncIterator[SeenInstallation]:
    """All installations, asked as the App: a call for each hundred."""
    async for found in app.getiter(f"/app/installations?per_page={PAGE}"):
        yield _installation(found)


async def repositories(client: Client, page: int) -> Repositories:
    """A page of the repositories that an installation reaches; pages count from 1."""
    where = {"per_page": str(PAGE), "page": str(page)}
    found: Json = (await client.getitem("/installation/repositories{?per_page,page}", where))["repositories"]
    ours = [each for each in found if not (each["archived"] or each["disabled"])]
    return Repositories(
        nodes=tuple(each["node_id"] for each in ours),
        numbers=tuple(each["id"] for each in ours),
        is_last=len(found) < PAGE,
    )


async def unchecked_pulls(
    client: Client, subject: Subject, repositories: Sequence[str], *, opened_since: datetime, app: int
) -> list[Subject]:
    """The open pull requests of some repositories whose head has no check run of ours; `app` is our App's id."""
    found: dict[str, Subject] = {}
    for few in _batches(repositories, FEW):
        found |= await _open(client, subject, few, opened_since)
    for few in _batches(list(found), PAGE):
        heads = await given(client, queries.HEADS, {"pulls": list(few), "app": app, "check": CHECK})
        for each in filter(None, heads.get("nodes") or ()):
            if await _is_checked(client, found[each["id"]], each, app=app):
                del found[each["id"]]
    return list(found.values())


async def _open(client: Client, subject: Subject, few: Sequence[str], since: datetime) -> dict[str, Subject]:
    """The open pull requests of a few repositories, by their GraphQL ids; those with more are asked again alone."""
    found: dict[str, Subject] = {}
    wanted: list[tuple[Sequence[str], str | None]] = [(few, None)]
    while wanted:
        ids, after = wanted.pop()
        answer = await given(client, queries.OPEN_PULLS, {"repositories": list(ids), "after": after})
        for repository in filter(None, answer.get("nodes") or ()):
            pulls = repository["pullRequests"] or {}
            new = [each for each in nodes(pulls) if datetime.fromisoformat(each["createdAt"]) >= since]
            found |= {each["id"]: _pull(subject, repository, each) for each in new}
            if new and len(new) == len(nodes(pulls)) and pulls["pageInfo"]["hasNextPage"]:
                wanted.append(([repository["id"]], pulls["pageInfo"]["endCursor"]))
    return found


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _pull(subject: Subject, repository: Json, found: Json) -> Subject:
    return replace(
        subject,
        kind=Kind.PULL,
        repository=repository["databaseId"],
        repository_node=repository["id"],
        number=found["number"],
    )


async def _is_checked(client: Client, subject: Subject, pull: Json, *, app: int) -> bool:
    """Whether our check hangs on the head, which is asked itself where GitHub's list ends with another commit.

    The list may lag, and of a pull request with more than 250 commits it ends before the head.
    """
    last: Json = next((each["commit"] for each in nodes(pull.get("commits"))), {})
    if last.get("oid") == pull["headRefOid"]:
        return any(nodes(suite.get("checkRuns")) for suite in nodes(last.get("checkSuites")))
    try:
        return (await head(client, subject, app=app)).run is not None
    except Gone:
        return True  # there is nothing left to check


def _installation(found: Json) -> SeenInstallation:
    account, granted = found.get("account") or {}, found.get("permissions") or {}
    return SeenInstallation(
        id=found["id"],
        account=account.get("login") or account.get("slug") or "",
        installed_at=datetime.fromisoformat(found["created_at"]),
        suspended=bool(found.get("suspended_at")),
        lacks=tuple(
            f"{name}: {level}"
            for name, level in PERMISSIONS.items()
            if RANKS.get(granted.get(name, ""), 0) < RANKS[level]
        ),
        settings=found.get("html_url") or "",
    )
