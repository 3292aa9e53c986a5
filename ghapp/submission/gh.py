"""The fields that GitHub's own command line prints with `--json`, brought into ours.

The names are those of https://cli.github.com/manual/gh_issue_view and https://cli.github.com/manual/gh_pr_view. What
says nothing about the text is left out by name, so that any other unknown field is still a mistake.
"""

from collections.abc import Callable, Mapping

Fields = Mapping[str, object]

_OURS = {
    "isDraft": "is_draft",
    "baseRefName": "base",
    "headRefName": "head",
    "changedFiles": "changed_files",
    "closingIssuesReferences": "linked",
}
_LEFT_OUT = frozenset(
    {
        "assignees",
        "autoMergeRequest",
        "baseRefOid",
        "closed",
        "closedAt",
        "closedByPullRequestsReferences",
        "comments",
        "commits",
        "createdAt",
        "fullDatabaseId",
        "headRefOid",
        "headRepository",
        "headRepositoryOwner",
        "id",
        "isCrossRepository",
        "isPinned",
        "latestReviews",
        "maintainerCanModify",
        "mergeCommit",
        "mergeStateStatus",
        "mergeable",
        "mergedAt",
        "mergedBy",
        "milestone",
        "number",
        "potentialMergeCommit",
        "projectCards",
        "projectItems",
        "reactionGroups",
        "reviewDecision",
        "reviewRequests",
        "reviews",
        "state",
        "stateReason",
        "statusCheckRollup",
        "updatedAt",
        "url",
    }
)
_APP = "app/"  # before the login of a bot; elsewhere its login ends with [bot]


def translated(fields: Fields) -> dict[str, object]:
    """The fields under our names and in our form; those that are null or say nothing about the text are left out."""
    given: dict[str, object] = {}
    for name, value in fields.items():
        if value is None or name in _LEFT_OUT:
            continue
        if name == "author" and isinstance(value, dict):
            given |= _author(value)
        else:
            given[_OURS.get(name, name)] = _each(value, _FORMS[name]) if name in _FORMS else value
    return given


def _author(author: Fields) -> Fields:
    login = author.get("login")
    if isinstance(login, str) and login.startswith(_APP):
        login = f"{login.removeprefix(_APP)}[bot]"
    return {"author": login, "author_is_bot": author.get("is_bot", False)}


def _each(members: object, form: Callable[[Fields], object]) -> object:
    if not isinstance(members, list):
        return members
    return [form(member) if isinstance(member, dict) else member for member in members]


def _file(file: Fields) -> Fields:
    return {name: value for name, value in file.items() if name != "changeType"}


def _issue(issue: Fields) -> Fields:
    repository = issue.get("repository")
    owner = repository.get("owner") if isinstance(repository, dict) else None
    if not isinstance(repository, dict) or not isinstance(owner, dict):
        return {"number": issue.get("number")}
    return {"number": issue.get("number"), "repository": f"{owner.get('login')}/{repository.get('name')}"}


_FORMS: Mapping[str, Callable[[Fields], object]] = {
    "labels": lambda label: label.get("name", label),
    "files": _file,
    "closingIssuesReferences": _issue,
}
