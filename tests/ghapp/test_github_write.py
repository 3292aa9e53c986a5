"""Writes that meet what others did in the meantime."""

import pytest

from ghapp.errors import Refused
from ghapp.github import read, write
from ghapp.github.facts import Comment
from ghapp.subjects import Kind, Subject
from tests.fakes import INSTALLATION, US, FakeGitHub, Response

ISSUE = Subject(kind=Kind.ISSUE, installation=INSTALLATION, repository=12, repository_node="R_acme_billing", number=1)


@pytest.fixture
def github():
    return FakeGitHub()


@pytest.fixture
async def seen(github):
    github.issue(1, labels=["old"])
    return await read.issue(github, ISSUE)


def equal(old, new):
    return old == new


async def test_a_label_that_exists_beyond_those_read_is_not_an_error(github, seen):
    github.repository.labels["new"] = "ededed"
    await write.labels(github, seen, add=["new"], remove=[], colour="0e8a16")
    assert github.repository.issues[1].labels == ["old", "new"]


async def test_a_label_that_github_does_not_take_is_an_error(github, seen):
    problem = {"resource": "Label", "code": "invalid", "field": "color"}
    github.refusals.append(("labels", Response(422, {"message": "No", "errors": [problem], "documentation_url": ""})))
    with pytest.raises(Refused, match="invalid"):
        await write.labels(github, seen, add=["new"], remove=[], colour="no colour")


async def test_a_label_that_somebody_removed_already_is_not_an_error(github, seen):
    github.remove_label(1, "old", by="dana")
    await write.labels(github, seen, add=[], remove=["old"], colour="")
    assert github.repository.issues[1].labels == []


async def test_a_comment_that_somebody_deleted_is_written_anew(github, seen):
    made = await write.comment(github, seen, "new", over=[Comment(7, "old")], same=equal)
    assert [(comment.id, comment.text) for comment in github.ours(1)] == [(made, "new")]


async def test_a_spare_comment_that_somebody_deleted_is_not_an_error(github, seen):
    oldest = github.comment(1, "old", US.login)
    over = [Comment(10**7, "spare"), Comment(oldest.id, "old")]
    assert await write.comment(github, seen, "new", over=over, same=equal) == oldest.id
    assert [comment.text for comment in github.ours(1)] == ["new"]


async def test_a_comment_that_says_the_same_is_left_alone(github, seen):
    before = len(github.calls)
    await write.comment(github, seen, "same", over=[Comment(7, "same")], same=equal)
    assert len(github.calls) == before
