"""A text handed in to be judged without GitHub: by the command line, the API or the playground."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from checks.subject import ChangedFile, Issue, LinkedIssue, Pull
from checks.verdict import Verdict
from config.load import Loaded
from ghapp import judgement
from ghapp.errors import UserError
from ghapp.submission import gh, mistakes
from ghapp.submission.model import SUBMISSION, IssueSubmission, PullSubmission

if TYPE_CHECKING:
    from checks.trace import Traced

__all__ = ["IssueSubmission", "PullSubmission", "judge", "read", "traced"]


def read(fields: object) -> IssueSubmission | PullSubmission:
    """Read a submission from decoded JSON, our own fields or those of `gh`; a field that is null is left out.

    Raises:
        UserError: one sentence that names the first field that is wrong.
    """
    try:
        return SUBMISSION.validate_python(gh.translated(fields) if isinstance(fields, dict) else fields)
    except ValidationError as error:
        raise UserError(mistakes.explained(error)) from None


def judge(submission: IssueSubmission | PullSubmission, loaded: Loaded) -> Verdict:
    """Assess a submission under a policy, exactly as the same text on GitHub would be."""
    if isinstance(submission, IssueSubmission):
        return judgement.issue(_issue(submission), loaded)
    return judgement.pull(_pull(submission), loaded)


def traced(submission: IssueSubmission | PullSubmission) -> "tuple[Traced, ...]":
    """What a pull request says of each acceptance criterion of the issues handed in with it."""
    return judgement.traced(_pull(submission)) if isinstance(submission, PullSubmission) and submission.linked else ()


def _issue(given: IssueSubmission) -> Issue:
    return Issue(
        title=given.title,
        body=given.body,
        author=given.author,
        author_is_bot=given.author_is_bot,
        labels=given.labels,
        templates=given.templates,
    )


def _pull(given: PullSubmission) -> Pull:
    files = tuple(ChangedFile(**file.model_dump()) for file in given.files)
    return Pull(
        title=given.title,
        body=given.body,
        author=given.author,
        author_is_bot=given.author_is_bot,
        is_draft=given.is_draft,
        base=given.base,
        head=given.head,
        repository=given.repository,
        labels=given.labels,
        files=files,
        changed_files=max(given.changed_files, len(files)),
        additions=max(given.additions, sum(file.additions for file in files)),
        deletions=max(given.deletions, sum(file.deletions for file in files)),
        linked=tuple(LinkedIssue(**linked.model_dump()) for linked in given.linked),
        templates=given.templates,
    )
