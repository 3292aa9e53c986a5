"""Texts handed in: our own fields, those of `gh`, and what is said about wrong ones."""

import pytest

from config.load import Loaded
from ghapp.errors import UserError
from ghapp.submission import IssueSubmission, PullSubmission, judge, read

ISSUE_BY_GH = {
    "author": {"id": "MDQ6", "is_bot": False, "login": "kim", "name": "Kim"},
    "body": None,
    "closedAt": None,
    "labels": [{"id": "LA_1", "name": "bug", "description": "", "color": "d73a4a"}],
    "number": 12,
    "state": "OPEN",
    "title": "Export drops the last row",
    "url": "https://github.com/acme/shop/issues/12",
}
PULL_BY_GH = {
    "additions": 120,
    "author": {"is_bot": True, "login": "app/dependabot"},
    "baseRefName": "develop",
    "changedFiles": 101,
    "closingIssuesReferences": [
        {
            "id": "I_1",
            "number": 7,
            "repository": {"id": "R_1", "name": "shop", "owner": {"id": "O_1", "login": "acme"}},
        },
        {"number": 8},
    ],
    "deletions": 3,
    "files": [{"path": "export.py", "additions": 20, "deletions": 1, "changeType": "MODIFIED"}],
    "headRefName": "last-row",
    "isDraft": True,
    "mergeStateStatus": "CLEAN",
    "title": "Keep the last row",
}


def test_an_issue_is_read_as_gh_prints_it():
    assert read({"kind": "issue", **ISSUE_BY_GH}) == IssueSubmission(
        kind="issue", title="Export drops the last row", author="kim", labels=("bug",)
    )


def test_a_pull_request_is_read_as_gh_prints_it():
    given = read({"kind": "pull", **PULL_BY_GH})
    assert isinstance(given, PullSubmission)
    assert (given.author, given.author_is_bot, given.is_draft) == ("dependabot[bot]", True, True)
    assert (given.base, given.head) == ("develop", "last-row")
    assert (given.changed_files, given.additions, given.deletions) == (101, 120, 3)
    assert [(file.path, file.additions) for file in given.files] == [("export.py", 20)]
    assert [(issue.repository, issue.number) for issue in given.linked] == [("acme/shop", 7), ("", 8)]


def test_our_own_fields_are_read_as_they_are():
    fields = {"kind": "pull", "title": "a", "author": "kim", "labels": ["x"], "linked": [{"number": 1, "body": "b"}]}
    given = read(fields)
    assert isinstance(given, PullSubmission)
    assert (given.author, given.labels, given.linked[0].body) == ("kim", ("x",), "b")


def test_what_is_null_is_left_out():
    assert read({"kind": "issue", "title": None, "body": None, "author": None, "labels": None}) == read(
        {"kind": "issue"}
    )


def test_totals_are_never_less_than_the_files_named():
    files = [{"path": "a.py", "additions": 700, "deletions": 0}]
    verdict = judge(read({"kind": "pull", "title": "a", "body": "b", "files": files, "additions": 1}), Loaded())
    size = next(finding for finding in verdict.findings if finding.criterion == "size")
    assert size.is_gap


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"tile": "x"}, 'The field "tile" is unknown; did you mean "title"?', id="mistyped"),
        pytest.param({"Title": "x"}, 'The field "Title" is unknown; did you mean "title"?', id="in capitals"),
        pytest.param(
            {"details": "x"},
            'The field "details" is unknown: known are title, body, author, author_is_bot, labels, templates, kind.',
            id="nothing near",
        ),
        pytest.param(
            {"kind": "pull", "files": [{"pth": "a"}]},
            'The field "files.0.pth" is unknown; did you mean "path"?',
            id="mistyped in a list",
        ),
        pytest.param({"title": 1}, 'The field "title" has to be text.', id="no text"),
        pytest.param(
            {"title": "\ud800"},
            'The field "title" holds half a character (a lone surrogate): write it anew.',
            id="half",
        ),
        pytest.param(
            {"body": "a" * 1_048_577},
            'The field "body" is too long: 1,048,576 characters are the most.',
            id="too long",
        ),
        pytest.param({"labels": "bug"}, 'The field "labels" has to be a list.', id="no list"),
        pytest.param({"labels": [{"nme": "bug"}]}, 'The field "labels.0" has to be text.', id="a label without a name"),
        pytest.param({"author": {"name": "Kim"}}, 'The field "author" has to be text.', id="an author without a login"),
        pytest.param({"kind": "pull", "files": [1]}, 'The field "files.0" has to be an object.', id="no object"),
        pytest.param({"kind": "pull", "files": [{}]}, 'The field "files.0.path" is missing.', id="without its path"),
        pytest.param({"kind": "pull", "additions": -1}, 'The field "additions" has to be 0 or more.', id="negative"),
        pytest.param(
            {"kind": "pull", "linked": [{"number": "x"}]},
            'The field "linked.0.number" has to be a whole number.',
            id="no number",
        ),
        pytest.param({"kind": "bug"}, 'The field "kind" has to be "issue" or "pull".', id="another kind"),
        pytest.param({"kind": None}, 'The field "kind" has to be "issue" or "pull".', id="no kind"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(fields, sentence):
    with pytest.raises(UserError) as caught:
        read({"kind": "issue", **fields})
    assert str(caught.value) == sentence


@pytest.mark.parametrize("given", ["text", 1, None, [], [{"kind": "issue"}]])
def test_anything_but_an_object_is_refused_with_an_example(given):
    with pytest.raises(UserError, match="JSON object such as"):
        read(given)
