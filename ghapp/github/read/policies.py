"""The policy files that hold for a repository, and the open subjects that depend on them."""

from dataclasses import replace

from ghapp.errors import Gone
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import OwnerFile, Place
from ghapp.github.read import answers
from ghapp.github.read.answers import Json, given, nodes, patiently
from ghapp.subjects import Kind, Subject

PAGES = 10  # of a hundred open issues and a hundred open pull requests, those that were active last first


async def policy(client: Client, subject: Subject) -> Place:
    """A repository with its policy file and its owner's.

    Raises:
        Gone: it is out of our reach.
    """
    return answers.place(await answers.ask(client, queries.POLICY, subject, policy=answers.POLICY))


async def named_policy(client: Client, repository: str) -> tuple[int, Place] | None:
    """A repository's number, and itself with both files, by its name; None when it is not there for us."""
    owner, _, name = repository.partition("/")
    found = await given(client, queries.POLICY_BY_NAME, {"owner": owner, "name": name, "policy": answers.POLICY})
    node: Json = found.get("node")
    return (node["databaseId"], answers.place(node)) if node else None


async def owner_policy(client: Client, subject: Subject, *, was_there: bool) -> OwnerFile:
    """The owner's policy file; one that was there is looked for again before it counts as gone.

    A private repository is hidden from a token that is a few seconds old.
    """
    found: list[OwnerFile] = []

    async def look() -> OwnerFile:
        found.append((await policy(client, subject)).policy.owner)
        if was_there and not found[-1].is_there:
            raise Gone(f"{found[-1].repository} is not there")
        return found[-1]

    try:
        return await patiently(client, look)
    except Gone:
        if not found:  # it is the repository that we ask from
            raise
        return found[-1]


async def open_subjects(client: Client, subject: Subject) -> list[Subject]:
    """The open issues and pull requests of a repository."""
    found: dict[Kind, list[int]] = {Kind.ISSUE: [], Kind.PULL: []}
    after: dict[str, object] = {"issues": None, "pulls": None}
    for _ in range(PAGES):
        node = await answers.ask(client, queries.OPEN, subject, needs="", **after)
        issues, pulls = node.get("issues") or {}, node.get("pullRequests") or {}
        found[Kind.ISSUE] += [each["number"] for each in nodes(issues)]
        found[Kind.PULL] += [each["number"] for each in nodes(pulls)]
        ends = {"issues": issues.get("pageInfo") or {}, "pulls": pulls.get("pageInfo") or {}}
        after = {name: end.get("endCursor") or after[name] for name, end in ends.items()}
        if not any(end.get("hasNextPage") for end in ends.values()):
            break
    return [replace(subject, kind=kind, number=number) for kind, numbers in found.items() for number in numbers]
