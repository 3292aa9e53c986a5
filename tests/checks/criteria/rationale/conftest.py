"""A pull request put before one criterion, read by the default reader."""

import pytest

from checks.criterion import Asked
from checks.reader import LocalReader
from checks.subject import Issue, Pull


@pytest.fixture
def judge():
    reader = LocalReader()

    def judged(criterion, body, *, title="Retry failed uploads", size_limit=600, small=False, **facts):
        pull = Pull(title=title, body=body, **facts)
        linked = tuple(reader.issue(Issue(title=issue.title, body=issue.body)) for issue in pull.linked)
        asked = Asked(pull, reader.pull(pull), linked=linked, size_limit=size_limit, small=small)
        return criterion.judge(asked)

    return judged
