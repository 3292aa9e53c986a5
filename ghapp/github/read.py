"""Reads the facts of a subject: one GraphQL query each, and the few REST reads that commands need."""

from datetime import datetime
from typing import Any, TypeAlias

from gidgethub import QueryError

from checks.subject import ChangedFile, Issue, LinkedIssue, Pull
from config.load import PATH
from ghapp.errors import Again, Gone
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import (
    CommandComment,
    Comment,
    LabelEvent,
    Place,
    PolicyFile,
    Run,
    SeenCommit,
    SeenInstallation,
    SeenIssue,
    SeenPull,
    Thread,
)
from ghapp.github.faults import Refused
from ghapp.github.identity import Identity
from ghapp.subjects import Kind, Subject

Json: TypeAlias = Any  # GitHub's JSON enters here and nowhere else

CHECK = "handoff"  # the check run's name: never changed, people require it
POLICY = f"HEAD:{PATH}"
TEAM = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
TRIAGE = frozenset({"triage", "write", "maintain", "admin"})
NEEDED = frozenset({"node", "policy", "issue", "pullRequest", "object"})  # parts without which nothing can be judged


async def thread(client: Client, subject: Subject, *, app: int) -> Thread:
    """The conversation of an issue or a pull request."""
    return await (issue(client, subject) if subject.kind is Kind.ISSUE else pull(client, subject, app=app))


async def issue(client: Client, subject: Subject) -> SeenIssue:
    """An issue.

    Raises:
        Gone: it is deleted, transferred, a pull request, or out of our reach.
    """
    node = await _ask(client, queries.ISSUE, subject, number=subject.number, policy=POLICY)
    found = _there(node.get("issue"), f"issue {subject.number}")
    return SeenIssue(
        **_thread(node, found, subject.number),
        issue=Issue(
            title=found["title"],
            body=found["body"],
            author=_login(found["author"]),
            author_is_bot=_is_bot(found["author"]),
            labels=_names(found["labels"]),
            templates=_bodies(node.get("issueTemplates")),
        ),
        created_at=datetime.fromisoformat(found["createdAt"]),
        by_team=found["authorAssociation"] in TEAM,
        repository_labels=_names(node.get("labels")),
        label_events=tuple(
            LabelEvent(event["label"]["name"], _login(event["actor"])) for event in _nodes(found["timelineItems"])
        ),
    )


async def pull(client: Client, subject: Subject, *, app: int) -> SeenPull:
    """A pull request; `app` is our App's id, whose check run is looked for on its head.

    Raises:
        Gone: it is out of our reach.
    """
    node = await _ask(client, queries.PULL, subject, number=subject.number, policy=POLICY, app=app, check=CHECK)
    found = _there(node.get("pullRequest"), f"pull request {subject.number}")
    commit: Json = next((each["commit"] for each in _nodes(found["commits"])), {})
    head = found["headRefOid"]
    return SeenPull(
        **_thread(node, found, subject.number),
        pull=_pull(node, found),
        head=head,
        run=_newest_run(commit),
        siblings=tuple(number for number in _open_on(commit, head, subject) if number != subject.number),
    )


async def commit(client: Client, subject: Subject, *, app: int) -> SeenCommit:
    """A commit by its sha; a new one that GitHub cannot find yet has no pull requests and no run.

    Raises:
        Gone: the repository is out of our reach.
    """
    node = await _ask(client, queries.COMMIT, subject, sha=subject.sha, app=app, check=CHECK)
    found = node.get("object") or {}
    return SeenCommit(place=_place(node), pulls=_open_on(found, subject.sha, subject), run=_newest_run(found))


async def policy(client: Client, subject: Subject) -> Place:
    """A repository with its policy file."""
    return _place(await _ask(client, queries.POLICY, subject, policy=POLICY))


async def command_comment(client: Client, place: Place, comment: int) -> CommandComment:
    """A comment as it is now.

    Raises:
        Gone: it is deleted.
    """
    found: Json = await client.getitem(*_comment_url(place, comment))
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


async def own_comments_since(client: Client, thread: Thread, since: datetime, *, app: Identity) -> tuple[Comment, ...]:
    """Our comments of a conversation that were written or changed since a time; the first hundred of all."""
    url = "/repos/{+repository}/issues/{number}/comments{?since,per_page}"
    where = {
        "repository": thread.place.repository,
        "number": str(thread.number),
        "since": since.isoformat().replace("+00:00", "Z"),
        "per_page": "100",
    }
    found: Json = await client.getitem(url, where)
    return tuple(Comment(each["id"], each.get("body") or "") for each in found if _is_ours(each, app))


async def may_triage(client: Client, place: Place, login: str) -> bool:
    """Whether somebody may triage the repository; never taken from `author_association`, which is unreliable."""
    url = "/repos/{+repository}/collaborators/{login}/permission"
    try:
        found: Json = await client.getitem(url, {"repository": place.repository, "login": login})
    except Gone:
        return False
    # GitHub says `read` for triage in `permission`; `role_name` may be a role of the organization's own.
    return found["permission"] in TRIAGE or found.get("role_name") in TRIAGE


async def installation(app: Client, installation: int) -> SeenInstallation:
    """An installation, asked as the App.

    Raises:
        Gone: it is deleted.
    """
    found: Json = await app.getitem("/app/installations/{id}", {"id": str(installation)})
    account = found.get("account") or {}
    return SeenInstallation(
        account=account.get("login") or account.get("slug") or "",
        installed_at=datetime.fromisoformat(found["created_at"]),
        suspended=bool(found.get("suspended_at")),
    )


async def _ask(client: Client, query: str, subject: Subject, **variables: object) -> Json:
    answer: Json
    try:
        answer = await client.ask(query, {"repository": subject.repository_node, **variables})
    except QueryError as error:
        answer = _in_part(error)
    return _there((answer or {}).get("node"), "the repository")


def _in_part(error: QueryError) -> Json:
    """What GitHub could give: parts we may not see are left out, unless they are needed."""
    for problem in error.response["errors"]:
        kind, last = problem.get("type"), (problem.get("path") or [""])[-1]
        if kind == "FORBIDDEN" and last in NEEDED:
            raise Refused(f"GraphQL {last}: {problem.get('message')}") from error
        if kind not in ("FORBIDDEN", "NOT_FOUND"):
            raise Again(f"GraphQL {last}: {problem.get('message')}") from error
    return error.response.get("data")


def _there(found: Json, what: str) -> Json:
    if not found:
        raise Gone(f"{what} is deleted or out of our reach")
    return found


def _place(node: Json) -> Place:
    blob = node.get("policy") or {}
    unreadable = blob.get("isBinary") or blob.get("isTruncated")
    text = None if unreadable else blob.get("text", "")
    return Place(
        repository=node["nameWithOwner"],
        archived=node["isArchived"],
        policy=PolicyFile(oid=blob.get("oid", ""), text=text),
    )


def _thread(node: Json, found: Json, number: int) -> dict[str, Json]:
    return {
        "place": _place(node),
        "number": number,
        "is_open": found["state"] == "OPEN",
        "locked": found["locked"],
        "author": _login(found["author"]),
        "assignees": tuple(each["login"] for each in _nodes(found.get("assignees"))),
        "comments": tuple(
            Comment(int(each["fullDatabaseId"]), each["body"])
            for each in _nodes(found.get("comments"))
            if each["viewerDidAuthor"]
        ),
    }


def _pull(node: Json, found: Json) -> Pull:
    return Pull(
        title=found["title"],
        body=found["body"],
        author=_login(found["author"]),
        author_is_bot=_is_bot(found["author"]),
        is_draft=found["isDraft"],
        base=found["baseRefName"],
        head=found["headRefName"],
        repository=node["nameWithOwner"],
        labels=_names(found["labels"]),
        files=tuple(
            ChangedFile(path=each["path"], additions=each["additions"], deletions=each["deletions"])
            for each in _nodes(found.get("files"))
        ),
        changed_files=found["changedFiles"],
        additions=found["additions"],
        deletions=found["deletions"],
        linked=tuple(_linked(each) for each in _nodes(found.get("closingIssuesReferences"))),
        templates=_bodies(node.get("pullRequestTemplates")),
    )


def _linked(found: Json) -> LinkedIssue:
    return LinkedIssue(
        repository=found["repository"]["nameWithOwner"],
        number=found["number"],
        title=found["title"],
        body=found["body"],
    )


def _newest_run(commit: Json) -> Run | None:
    runs = [run for suite in _nodes(commit.get("checkSuites")) for run in _nodes(suite.get("checkRuns"))]
    newest = max((run for run in runs if run["databaseId"]), key=lambda run: run["databaseId"], default=None)
    if newest is None:
        return None
    return Run(
        id=newest["databaseId"],
        title=newest["title"] or "",
        summary=newest["summary"] or "",
        text=newest["text"] or "",
        conclusion=(newest["conclusion"] or "").lower(),
    )


def _open_on(commit: Json, head: str, subject: Subject) -> tuple[int, ...]:
    """The open pull requests of this repository whose head is this very commit."""
    found = _nodes(commit.get("associatedPullRequests"))
    ours = (each for each in found if each["repository"]["id"] == subject.repository_node)
    return tuple(sorted(each["number"] for each in ours if each["state"] == "OPEN" and each["headRefOid"] == head))


def _nodes(connection: Json) -> list[Json]:
    """A connection's nodes; it is null, or has null among them, where we may not see."""
    return [node for node in (connection or {}).get("nodes") or [] if node]


def _names(connection: Json) -> tuple[str, ...]:
    return tuple(node["name"] for node in _nodes(connection))


def _bodies(templates: Json) -> tuple[str, ...]:
    return tuple(each["body"] for each in templates or [] if each and each["body"])


def _is_bot(actor: Json) -> bool:
    return bool(actor) and actor["__typename"] == "Bot"


def _login(actor: Json) -> str:
    """An actor's login as REST and deliveries write it; "" when the account is deleted."""
    if not actor:
        return ""
    return f"{actor['login']}[bot]" if _is_bot(actor) else str(actor["login"])


def _is_ours(comment: Json, app: Identity) -> bool:
    return bool((comment.get("performed_via_github_app") or {}).get("id") == app.id)


def _comment_url(place: Place, comment: int) -> tuple[str, dict[str, str]]:
    return "/repos/{+repository}/issues/comments/{id}", {"repository": place.repository, "id": str(comment)}
