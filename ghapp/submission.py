"""A text handed in to be judged without GitHub: by the command line, the API or the playground."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from checks.subject import ChangedFile, Issue, LinkedIssue, Pull
from checks.verdict import Verdict
from config.load import Loaded
from ghapp import judgement
from ghapp.errors import UserError

Text = Annotated[str, Field(max_length=1024 * 1024)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Common(_Model):
    title: Text = ""
    body: Text | None = ""
    author: str = ""
    author_is_bot: bool = False
    labels: tuple[str, ...] = ()
    templates: tuple[Text, ...] = ()


class IssueSubmission(_Common):
    """An issue, as far as it is known."""

    kind: Literal["issue"]


class _File(_Model):
    path: str
    additions: int = 0
    deletions: int = 0


class _Linked(_Model):
    repository: str = ""
    number: int
    title: Text = ""
    body: Text = ""


class PullSubmission(_Common):
    """A pull request, as far as it is known."""

    kind: Literal["pull"]
    is_draft: bool = False
    base: str = "main"
    head: str = ""
    repository: str = ""
    files: tuple[_File, ...] = ()
    linked: tuple[_Linked, ...] = ()


Submission = Annotated[IssueSubmission | PullSubmission, Field(discriminator="kind")]
_SUBMISSION: TypeAdapter[IssueSubmission | PullSubmission] = TypeAdapter(Submission)


def read(fields: object) -> IssueSubmission | PullSubmission:
    """Read a submission from decoded JSON.

    Raises:
        UserError: one sentence that names the first field that is wrong.
    """
    try:
        return _SUBMISSION.validate_python(fields)
    except ValidationError as error:
        raise UserError(_explain(error)) from None


def judge(submission: IssueSubmission | PullSubmission, loaded: Loaded) -> Verdict:
    """Assess a submission under a policy, exactly as the same text on GitHub would be."""
    if isinstance(submission, IssueSubmission):
        return judgement.issue(_issue(submission), loaded)
    return judgement.pull(_pull(submission), loaded)


def _issue(given: IssueSubmission) -> Issue:
    return Issue(
        title=given.title,
        body=given.body or "",
        author=given.author,
        author_is_bot=given.author_is_bot,
        labels=given.labels,
        templates=given.templates,
    )


def _pull(given: PullSubmission) -> Pull:
    files = tuple(ChangedFile(**file.model_dump()) for file in given.files)
    return Pull(
        title=given.title,
        body=given.body or "",
        author=given.author,
        author_is_bot=given.author_is_bot,
        is_draft=given.is_draft,
        base=given.base,
        head=given.head,
        repository=given.repository,
        labels=given.labels,
        files=files,
        changed_files=len(files),
        additions=sum(file.additions for file in files),
        deletions=sum(file.deletions for file in files),
        linked=tuple(LinkedIssue(**linked.model_dump()) for linked in given.linked),
        templates=given.templates,
    )


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] in {"union_tag_not_found", "union_tag_invalid"}:
        return 'The field "kind" has to be "issue" or "pull".'
    if first["type"] in {"model_attributes_type", "model_type", "dict_type"}:
        return 'The text has to be a JSON object such as {"kind": "issue", "title": "...", "body": "..."}.'
    place = ".".join(str(part) for part in first["loc"][1:])
    return f'The field "{place}" is not right: {first["msg"]}.'
