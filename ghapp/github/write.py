"""Writes to GitHub: every write is an upsert, so that doing it twice changes nothing."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from gidgethub import BadRequest

from ghapp.errors import Again, Gone, Refused
from ghapp.github import read
from ghapp.github.client import Client
from ghapp.github.facts import CommandComment, Comment, Place, Run, SeenIssue, Thread
from ghapp.github.identity import Identity

T = TypeVar("T")

NO_COMMIT = "no commit found for sha"  # as GitHub words it, with status 422

_COMMENTS = "/repos/{+repository}/issues/{number}/comments"
_COMMENT = "/repos/{+repository}/issues/comments/{id}"
_LABELS = "/repos/{+repository}/issues/{number}/labels"


class Output(Protocol):
    """What a check run shows."""

    @property
    def title(self) -> str:
        """One line."""
        ...

    @property
    def summary(self) -> str:
        """Markdown, always seen."""
        ...

    @property
    def text(self) -> str:
        """Markdown, below the summary."""
        ...

    @property
    def conclusion(self) -> str:
        """GitHub's word: success, failure or neutral."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The commit a check run hangs on, and the id by which its re-run finds the subject."""

    place: Place
    sha: str
    external_id: str


async def check_run(client: Client, head: Head, shown: Output, *, over: Run | None, at: datetime) -> None:
    """Post a check run, or change `over`, our run on the same commit, if GitHub still has it.

    A re-run changes it as well, see "Rerequest a check run" in GitHub's documentation: a second run could not be told
    from the first one's repetition after an answer was lost.
    """
    where = {"repository": head.place.repository}
    body = {
        "name": read.CHECK,
        "external_id": head.external_id,
        "status": "completed",
        "conclusion": shown.conclusion,
        "completed_at": _zulu(at),
        "output": {"title": shown.title, "summary": shown.summary, "text": shown.text},
    }
    if over is not None:
        one = {**where, "id": str(over.id)}
        if await _unless_gone(client.patch("/repos/{+repository}/check-runs/{id}", one, data=body)):
            return
    try:
        await client.post("/repos/{+repository}/check-runs", where, data={**body, "head_sha": head.sha})
    except BadRequest as error:
        if NO_COMMIT in str(error).lower():  # a push took it away since it was read
            raise Again(str(error)) from error
        raise


async def comment(
    client: Client, thread: Thread, text: str, *, over: Sequence[Comment], same: Callable[[str, str], bool]
) -> int:
    """Have one comment of ours with this text, in the place of those in `over`; returns its id."""
    repository = thread.place.repository
    for spare in _oldest_first(over)[1:]:  # a race made several: people may have answered the oldest
        await _unless_gone(client.delete(_COMMENT, {"repository": repository, "id": str(spare.id)}))
    for oldest in _oldest_first(over)[:1]:
        where = {"repository": repository, "id": str(oldest.id)}
        if same(oldest.text, text) or await _unless_gone(_taken(client.patch(_COMMENT, where, data={"body": text}))):
            return oldest.id
    return await _new_comment(client, thread, text)


async def reply(client: Client, thread: Thread, text: str, *, to: CommandComment, app: Identity) -> None:
    """Answer a command, unless an earlier attempt at the same command did."""
    answers = await read.own_comments_since(client, thread, to.written_at, app=app)
    if not any(answer.text.strip() == text.strip() for answer in answers):
        await _new_comment(client, thread, text)


async def reaction(client: Client, place: Place, comment: int) -> None:
    """Acknowledge a command; GitHub keeps one reaction of each kind."""
    where = {"repository": place.repository, "id": str(comment)}
    await client.post(f"{_COMMENT}/reactions", where, data={"content": "eyes"})


async def labels(client: Client, issue: SeenIssue, *, add: Iterable[str], remove: Iterable[str], colour: str) -> None:
    """Add and remove single labels; the others on the issue stay as people left them."""
    where = {"repository": issue.place.repository, "number": str(issue.number)}
    for name in remove:
        await _unless_gone(client.delete(f"{_LABELS}/{{name}}", {**where, "name": name}))
    for name in add:
        if name not in issue.repository_labels:
            await _create_label(client, issue.place, name, colour)
        await _taken(client.post(_LABELS, where, data={"labels": [name]}))


async def _create_label(client: Client, place: Place, name: str, colour: str) -> None:
    try:
        where = {"repository": place.repository}
        await client.post("/repos/{+repository}/labels", where, data={"name": name, "color": colour})
    except BadRequest as error:
        if "already_exists" not in _codes(error):  # it is beyond the labels that were read, or somebody was faster
            raise _untaken(error) from error


async def _new_comment(client: Client, thread: Thread, text: str) -> int:
    where = {"repository": thread.place.repository, "number": str(thread.number)}
    made = await _taken(client.post(_COMMENTS, where, data={"body": text}))
    return int(made["id"])


async def _unless_gone(call: Awaitable[object]) -> bool:
    """Whether a change found what it was to change; a person may have deleted it in the meantime."""
    try:
        await call
    except Gone:
        return False
    return True


async def _taken(call: Awaitable[T]) -> T:
    """A write that GitHub's validation may refuse: what it says is for the operator, and no fault in judging."""
    try:
        return await call
    except BadRequest as error:
        raise _untaken(error) from error


def _untaken(error: BadRequest) -> Refused:
    codes = ", ".join(_codes(error)) or "no code"
    return Refused(f"{int(error.status_code)}, GitHub does not take what we write ({codes}): {error}")


def _codes(error: BadRequest) -> list[str]:
    """What was wrong with the fields; gidgethub has it on two kinds of failure of three, and GitHub not always."""
    problems = getattr(error, "errors", None) or ()
    return [str(problem.get("code")) for problem in problems if isinstance(problem, Mapping)]


def _oldest_first(comments: Sequence[Comment]) -> list[Comment]:
    return sorted(comments, key=lambda each: each.id)


def _zulu(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
