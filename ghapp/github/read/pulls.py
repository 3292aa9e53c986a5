"""Pull requests and commits, by one GraphQL query each."""

from datetime import datetime

from checks.subject import ChangedFile, LinkedIssue, Pull
from config.load import PATH
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Annotation, PolicyFile, Run, SeenCommit, SeenHead, SeenPull
from ghapp.github.read.answers import (
    POLICY,
    Json,
    ask,
    bodies,
    conversation,
    is_bot,
    login,
    names,
    nodes,
    place,
    policy_file,
)
from ghapp.github.read.rest import changes_file
from ghapp.subjects import Subject

CHECK = "handoff"  # the check run's name: never changed, people require it


async def pull(client: Client, subject: Subject, *, app: int) -> SeenPull:
    """A pull request; `app` is our App's id, whose check run is looked for on its head.

    Raises:
        Gone: it is out of our reach.
    """
    parts = {"number": subject.number, "policy": POLICY, "path": PATH, "app": app, "check": CHECK}
    node = await ask(client, queries.PULL, subject, needs="pullRequest", **parts)
    found = node["pullRequest"]
    head = found["headRefOid"]
    commit = await _head_commit(client, subject, found, app=app)
    return SeenPull(
        **conversation(node, found, subject.number),
        pull=as_pull(node, found),
        created_at=datetime.fromisoformat(found["createdAt"]),
        head=head,
        run=_newest_run(commit),
        siblings=tuple(number for number in _open_on(commit, head, subject) if number != subject.number),
        policy_edit=await _policy_edit(client, node, subject.number, commit),
    )


async def head(client: Client, subject: Subject, *, app: int) -> SeenHead:
    """The head of a pull request and nothing of its text, so that no text can keep it from being read.

    Raises:
        Gone: it is out of our reach.
    """
    parts = {"number": subject.number, "app": app, "check": CHECK}
    node = await ask(client, queries.HEAD, subject, needs="pullRequest", **parts)
    found = node["pullRequest"]
    commit = await _head_commit(client, subject, found, app=app)
    return SeenHead(
        place=place(node),
        is_open=found["state"] == "OPEN",
        head=found["headRefOid"],
        run=_newest_run(commit),
    )


async def commit(client: Client, subject: Subject, *, app: int) -> SeenCommit:
    """A commit by its sha; a new one that GitHub cannot find yet has no pull requests and no run.

    Raises:
        Gone: the repository is out of our reach.
    """
    node = await _commit(client, subject, subject.sha, app=app)
    found = node.get("object") or {}
    return SeenCommit(place=place(node), pulls=_open_on(found, subject.sha, subject), run=_newest_run(found))


async def _policy_edit(client: Client, node: Json, number: int, commit: Json) -> PolicyFile | None:
    """The policy file as the head has it, or None where the pull request leaves the file alone.

    The query lists a hundred files, and of a renamed one only its new name: where neither list nor contents tell, REST
    is asked.
    """
    found, before = node["pullRequest"], place(node)
    after = policy_file((commit.get("policy") or {}).get("object"))
    files = nodes(found.get("files"))
    if any(each["path"] == PATH for each in files):
        return after
    is_cut = found["changedFiles"] > len(files)
    may_be_moved = not after.oid and any(each["changeType"] == "RENAMED" for each in files)
    if after.oid == before.policy_oid or not (is_cut or may_be_moved):
        return None
    return after if await changes_file(client, before, number, PATH) else None


async def _commit(client: Client, subject: Subject, sha: str, *, app: int) -> Json:
    return await ask(client, queries.COMMIT, subject, sha=sha, path=PATH, app=app, check=CHECK)


async def _head_commit(client: Client, subject: Subject, found: Json, *, app: int) -> Json:
    """The head with what hangs on it: the last one listed, unless GitHub's list is not about the head.

    The list ends after 250 commits and lags behind a push; a run found on another commit is not the head's.
    """
    last: Json = next((each["commit"] for each in nodes(found["commits"])), {})
    if last.get("oid") == found["headRefOid"]:
        return last
    return (await _commit(client, subject, found["headRefOid"], app=app)).get("object") or {}


def as_pull(node: Json, found: Json) -> Pull:
    """A pull request as it is judged, of its repository `node`."""
    return Pull(
        title=found["title"],
        body=found["body"],
        author=login(found["author"]),
        author_is_bot=is_bot(found["author"]),
        is_draft=found["isDraft"],
        base=found["baseRefName"],
        head=found["headRefName"],
        repository=node["nameWithOwner"],
        labels=names(found["labels"]),
        files=tuple(
            ChangedFile(path=each["path"], additions=each["additions"], deletions=each["deletions"])
            for each in nodes(found.get("files"))
        ),
        changed_files=found["changedFiles"],
        additions=found["additions"],
        deletions=found["deletions"],
        linked=tuple(map(_linked, nodes(found.get("closingIssuesReferences")))),
        templates=bodies(node.get("pullRequestTemplates")),
    )


def _linked(found: Json) -> LinkedIssue:
    if not found["repository"]:  # one that we may not see
        return LinkedIssue(repository="", number=found["number"], title="", body="", is_readable=False)
    return LinkedIssue(
        repository=found["repository"]["nameWithOwner"],
        number=found["number"],
        title=found["title"],
        body=found["body"],
    )


def _newest_run(commit: Json) -> Run | None:
    runs = [run for suite in nodes(commit.get("checkSuites")) for run in nodes(suite.get("checkRuns"))]
    newest = max((run for run in runs if run["databaseId"]), key=lambda run: run["databaseId"], default=None)
    if newest is None:
        return None
    return Run(
        id=newest["databaseId"],
        title=newest["title"] or "",
        summary=newest["summary"] or "",
        text=newest["text"] or "",
        conclusion=(newest["conclusion"] or "").lower(),
        annotations=tuple(
            Annotation(
                path=each["path"],
                line=each["location"]["start"]["line"],
                message=" ".join(each["message"].split()),  # ours are one line, whatever GitHub does about the ends
            )
            for each in nodes(newest.get("annotations"))
        ),
    )


def _open_on(commit: Json, head: str, subject: Subject) -> tuple[int, ...]:
    """The open pull requests of this repository whose head is this very commit."""
    found = nodes(commit.get("associatedPullRequests"))
    ours = (each for each in found if each["repository"] and each["repository"]["id"] == subject.repository_node)
    return tuple(sorted(each["number"] for each in ours if each["state"] == "OPEN" and each["headRefOid"] == head))
