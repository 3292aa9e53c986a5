"""The fields of a submission; all but its kind may be left out."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

LONGEST = 1024 * 1024  # characters of one text; GitHub takes 65,536 and 256 KiB are judged

Text = Annotated[str, Field(max_length=LONGEST)]
Count = Annotated[int, Field(ge=0)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Common(_Model):
    title: Text = ""
    body: Text = ""
    author: str = ""
    author_is_bot: bool = False
    labels: tuple[str, ...] = ()
    templates: tuple[Text, ...] = ()


class IssueSubmission(_Common):
    """An issue, as far as it is known."""

    kind: Literal["issue"]


class File(_Model):
    """A changed file."""

    path: str
    additions: Count = 0
    deletions: Count = 0


class Linked(_Model):
    """An issue that the pull request closes."""

    repository: str = ""
    number: int
    title: Text = ""
    body: Text = ""


class PullSubmission(_Common):
    """A pull request, as far as it is known; the counts are totals, where not all files are named."""

    kind: Literal["pull"]
    is_draft: bool = False
    base: str = "main"
    head: str = ""
    repository: str = ""
    files: tuple[File, ...] = ()
    changed_files: Count = 0
    additions: Count = 0
    deletions: Count = 0
    linked: tuple[Linked, ...] = ()


Submission = Annotated[IssueSubmission | PullSubmission, Field(discriminator="kind")]
SUBMISSION: TypeAdapter[IssueSubmission | PullSubmission] = TypeAdapter(Submission)
