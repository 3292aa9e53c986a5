"""Writes to GitHub: every write is an upsert, so that doing it twice changes nothing."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from gidgethub import BadRequest

from ghapp.errors import Again, Gone, Refused
from ghapp.github import read
from ghapp.github.client import Client
from ghapp.github.facts import Comment, Place, Run, SeenIssue, Thread

T = TypeVar("T")

NO_COMMIT = "no commit found for sha"  # as GitHub words it, with status 422

_COMMENTS = "/repos/{+repository}/issues/{number}/comments"
_COMMENT = "/repos/{+repository}/issues/comments/{id}"
_LABELS = "/repos/{+repository}/issues/{number}/labels"


class Annotated(Protocol):
    """A sentence at a line of a file."""

    @property
    def path(self) -> str:
        """The file, which the commit has."""
        ...

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        ...

    @property
    def message(self) -> str:
        """The sentence, as plain text."""
        ...


class Button(Protocol):
    """What a person may press beside a check run; GitHub takes 20 letters of label and identifier, 40 of the rest."""

    @property
    def label(self) -> str:
        """What stands on it."""
        ...

    @property
    def description(self) -> str:
        """What it does."""
        ...

    @property
    def identifier(self) -> str:
        """How we are told of it."""
        ...


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

    @property
    def buttons(self) -> Sequence[Button]:
        """At most three."""
        ...

    @property
    def annotations(self) -> Sequence[Annotated]:
        """Sentences at lines of files, at most fifty."""
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
    from the first one's repetition after an answer was lost. Annotations can only be added ("Update a check run"), so a
    run with one that does not hold any more gives way to a new run; GitHub counts the newest.
    """
    where = {"repository": head.place.repository}
    body = {
        "name": read.CHECK,
        "external_id": head.external_id,
        "status": "completed",
        "conclusion": shown.conclusion,
        "completed_at": _zulu(at),
        "actions": [_action(button) for button in shown.buttons],  # none too: without the key the old ones might stay
    }
    there = {_told(each) for each in over.annotations} if over else set()
    if over is not None and there <= {_told(each) for each in shown.annotations}:
        one = {**where, "id": str(over.id)}
        changed = {**body, "output": _output(shown, but=there)}
        if await _unless_gone(client.patch("/repos/{+repository}/check-runs/{id}", one, data=changed)):
            return
    made = {**body, "head_sha": head.sha, "output": _output(shown)}
    try:
        await client.post("/repos/{+repository}/check-runs", where, data=made)
    except BadRequest as error:
        if NO_COMMIT in str(error).lower():  # a push took it away since it was read
            raise Again(str(error)) from error
        raise


def _output(shown: Output, *, but: Collection[tuple[str, int, str]] = ()) -> dict[str, object]:
    """What a check run shows, in GitHub's words; the annotations that it has already are left out."""
    texts = {"title": shown.title, "summary": shown.summary, "text": shown.text}
    new = [_annotation(each) for each in shown.annotations if _told(each) not in but]
    return {**texts, "annotations": new} if new else {**texts}


def _annotation(each: Annotated) -> dict[str, object]:
    return {
        "path": each.path,
        "start_line": each.line,
        "end_line": each.line,
        "annotation_level": "warning",
        "message": each.message,
    }


def _told(each: Annotated) -> tuple[str, int, str]:
    return each.path, each.line, each.message


def _action(button: Button) -> dict[str, str]:
    return {"label": button.label, "description": button.description, "identifier": button.identifier}


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


async def reply(client: Client, thread: Thread, text: str) -> None:
    """Answer in a conversation; whoever calls has looked whether an earlier attempt did."""
    await _new_comment(client, thread, text)


async def reaction(client: Client, place: Place, comment: int, content: str) -> None:
    """React to a comment; GitHub keeps one reaction of each kind."""
    where = {"repository": place.repository, "id": str(comment)}
    await client.post(f"{_COMMENT}/reactions", where, data={"content": content})


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
