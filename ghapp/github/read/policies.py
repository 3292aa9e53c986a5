"""The policy files that hold for a repository."""

from ghapp.errors import Gone
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import OwnerFile, Place
from ghapp.github.read import answers
from ghapp.github.read.answers import Json, given, patiently
from ghapp.subjects import Subject


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
