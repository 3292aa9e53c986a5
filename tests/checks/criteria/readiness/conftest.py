import pytest

from checks.criterion import Asked
from checks.reader import LocalReader
from checks.subject import Issue


@pytest.fixture
def judge():
    """Judge an issue by one criterion, read by the default reader."""

    def judged(criterion, title, body):
        issue = Issue(title=title, body=body)
        return criterion.judge(Asked(issue, LocalReader().issue(issue)))

    return judged
