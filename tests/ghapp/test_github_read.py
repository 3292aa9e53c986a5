"""What is read when GitHub answers in part: gone, refused, later, or good enough."""

from dataclasses import replace

import pytest
from gidgethub import QueryError

from ghapp.errors import Again, Gone, Refused
from ghapp.github import queries, read
from ghapp.github.facts import Access
from ghapp.subjects import Kind, Subject
from tests import fake_json, fake_queries
from tests.fakes import INSTALLATION, US, FakeGitHub, FakeRun, Response

ISSUE = Subject(kind=Kind.ISSUE, installation=INSTALLATION, repository=12, repository_node="R_acme_billing", number=1)
PULL = Subject(kind=Kind.PULL, installation=INSTALLATION, repository=12, repository_node="R_acme_billing", number=5)
BILLING = "Reports the total per month."


@pytest.fixture
def github():
    made = FakeGitHub()
    made.issue(1, body="Make it retry.", labels=["bug"], assignees=["eli"])
    made.issue(2, title="Totals", body=BILLING)
    made.pull(5, body="Adds totals.", closes=[2], author="renovate[bot]")
    made.repository.pull_templates = ["## What\n", ""]
    return made


def partly(github, *, kind, path, **parts):
    """Let GitHub answer the next query with an error, and null at its place."""
    query = queries.PULL if "pullRequest" in path else queries.ISSUE
    number = 5 if "pullRequest" in path else 1
    variables = {"repository": "R_acme_billing", "number": number}
    body = fake_queries.answer(github.repository, query, variables, app=US)
    place = body["data"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = None
    body["errors"] = [{"type": kind, "path": list(path), "message": "No"}]
    github.refusals.append(("graphql", Response(200, body)))


async def test_an_issue_is_read_whole(github):
    found = await read.issue(github, ISSUE)
    assert (found.issue.title, found.issue.body, found.issue.labels) == (
        "Retry failed invoices",
        "Make it retry.",
        ("bug",),
    )
    assert (found.place.repository, found.assignees, found.by_team) == ("acme/billing", ("eli",), True)


async def test_a_pull_request_is_read_whole(github):
    found = await read.pull(github, PULL, app=US.id)
    assert (found.pull.author, found.pull.author_is_bot) == ("renovate[bot]", True)
    assert [(issue.repository, issue.number, issue.body) for issue in found.pull.linked] == [
        ("acme/billing", 2, BILLING)
    ]
    assert (found.pull.additions, found.pull.deletions, found.pull.changed_files) == (120, 30, 1)
    assert found.pull.templates == ("## What\n",)


@pytest.mark.parametrize("number", [5, 404], ids=["a pull request", "deleted"])
async def test_what_is_no_issue_is_gone(github, number):
    with pytest.raises(Gone):
        await read.issue(
            github, Subject(kind=Kind.ISSUE, installation=1, repository_node="R_acme_billing", number=number)
        )


@pytest.mark.parametrize("late", [1, 2])
async def test_what_github_does_not_find_yet_is_looked_for_again(github, late):
    github.repository.late[1] = late
    assert (await read.issue(github, ISSUE)).number == 1
    assert github.paused == [0.5, 1.5][:late]


async def test_what_is_not_there_after_a_few_seconds_is_gone(github):
    github.repository.late[1] = 3
    with pytest.raises(Gone, match="issue 1 is deleted or out of our reach"):
        await read.issue(github, ISSUE)


async def test_a_part_that_is_null_without_an_error_is_gone_as_well(github):
    body = {"data": {"node": {"nameWithOwner": "acme/billing", "isArchived": False, "pullRequest": None}}}
    github.refusals += [("graphql", Response(200, body))] * 3
    with pytest.raises(Gone, match="pullRequest 5"):
        await read.pull(github, PULL, app=US.id)


async def test_a_comment_that_github_does_not_find_yet_is_looked_for_again(github):
    comment = github.comment(1, "/handoff help")
    place = (await read.issue(github, ISSUE)).place
    github.refusals.append(("issues/comments", Response(404, {"message": "Not Found"})))
    assert (await read.command_comment(github, place, comment.id)).text == "/handoff help"


async def test_a_run_on_the_last_commit_listed_counts_only_if_that_is_the_head(github):
    pull = github.pull(5, head="d" * 40, last_commit="a" * 40)
    output = {"title": "t", "summary": "s", "text": ""}
    run = FakeRun(31, "a" * 40, {"external_id": "pr:5", "conclusion": "failure", "output": output})
    github.repository.runs.append(run)
    assert (await read.pull(github, PULL, app=US.id)).run is None
    assert (await read.head(github, PULL, app=US.id)).run is None
    pull.head = "a" * 40
    assert (await read.pull(github, PULL, app=US.id)).run.id == 31
    assert (await read.head(github, PULL, app=US.id)).run.id == 31


@pytest.mark.parametrize("reader", [read.pull, read.head])
async def test_a_pull_request_costs_one_query_while_the_last_commit_is_its_head(github, reader):
    await reader(github, PULL, app=US.id)
    assert len(github.calls) == 1


async def test_linked_issues_in_a_repository_out_of_sight_are_known_by_their_number_only(github):
    github.pull(5, closes=[404, 2])
    linked = (await read.pull(github, PULL, app=US.id)).pull.linked
    assert [(issue.name, issue.is_readable) for issue in linked] == [("#404", False), ("acme/billing#2", True)]


async def test_a_repository_out_of_reach_is_gone(github):
    with pytest.raises(Gone):
        await read.issue(github, replace(ISSUE, repository_node="R_else"))


@pytest.mark.parametrize("path", [("node", "issueTemplates"), ("node", "issue", "assignees"), ("node", "labels")])
async def test_parts_we_may_not_see_are_left_out(github, path):
    partly(github, kind="FORBIDDEN", path=path)
    found = await read.issue(github, ISSUE)
    assert found.issue.body == "Make it retry."


async def test_linked_issues_out_of_reach_are_left_out(github):
    partly(github, kind="FORBIDDEN", path=("node", "pullRequest", "closingIssuesReferences"))
    assert (await read.pull(github, PULL, app=US.id)).pull.linked == ()


@pytest.mark.parametrize("path", [("node", "policy"), ("node", "issue")])
async def test_what_is_needed_and_forbidden_is_for_the_operator(github, path):
    partly(github, kind="FORBIDDEN", path=path)
    with pytest.raises(Refused, match=path[-1]):
        await read.issue(github, ISSUE)


@pytest.mark.parametrize("kind", ["INTERNAL", None, "SERVICE_UNAVAILABLE"])
async def test_a_policy_that_cannot_be_read_now_is_never_no_policy(github, kind):
    partly(github, kind=kind, path=("node", "policy"))
    with pytest.raises(Again):
        await read.issue(github, ISSUE)


async def test_a_query_that_went_wrong_keeps_what_github_said(github):
    partly(github, kind="FORBIDDEN", path=("node", "labels"))
    with pytest.raises(QueryError):
        await github.ask("query Issue { x }", {})


@pytest.mark.parametrize(
    ("role", "access"),
    [
        ("admin", Access.WRITE),
        ("maintain", Access.WRITE),
        ("write", Access.WRITE),
        ("triage", Access.TRIAGE),
        ("steward", Access.TRIAGE),
        ("read", Access.NONE),
        ("none", Access.NONE),
    ],
)
async def test_access_is_what_the_permission_endpoint_says(github, role, access):
    github.repository.roles["eli"] = role
    place = (await read.issue(github, ISSUE)).place
    assert await read.access(github, place, "eli") is access


async def test_somebody_unknown_has_no_access(github):
    github.refusals.append(("permission", Response(404, {"message": "Not Found"})))
    assert await read.access(github, (await read.issue(github, ISSUE)).place, "ghost") is Access.NONE


async def test_an_older_server_that_tells_no_steps_is_believed_by_its_roles(github):
    body = fake_json.access("eli", "triage")
    del body["user"]["permissions"]
    github.refusals.append(("permission", Response(200, body)))
    assert await read.access(github, (await read.issue(github, ISSUE)).place, "eli") is Access.TRIAGE


async def test_a_comment_of_somebody_else_is_not_ours(github):
    comment = github.comment(1, "Hello")
    place = (await read.issue(github, ISSUE)).place
    assert await read.own_comment(github, place, comment.id, app=US) is None


async def test_a_commit_that_github_cannot_find_yet_is_not_given_up(github):
    body = {"data": {"node": {"nameWithOwner": "acme/billing", "isArchived": False, "object": None}}}
    github.refusals.append(("graphql", Response(200, body)))
    found = await read.commit(github, replace(ISSUE, kind=Kind.MERGE_GROUP, number=0, sha="b" * 40), app=US.id)
    assert (found.place.repository, found.pulls, found.run) == ("acme/billing", (), None)
