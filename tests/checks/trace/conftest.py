"""A description traced against acceptance criteria."""

import pytest

from checks.subject import LinkedIssue, Pull
from checks.trace import trace

LINES = (
    "A failed upload is retried three times",
    "After the third failure the row gets the status `failed`",
    "The customer receives one e-mail, not three",
)


def linked(*lines, number=12, repository="acme/shop", **facts):
    body = "## Acceptance criteria\n\n" + "\n".join(f"- [ ] {line}" for line in lines or LINES)
    return LinkedIssue(repository=repository, number=number, title="Uploads are lost", body=body, **facts)


@pytest.fixture
def traced():
    def found(body, *issues, title="Work on the worker"):
        return trace(Pull(title=title, body=body, linked=issues or (linked(),)))

    return found


@pytest.fixture
def states(traced):
    """What is said of each, by its name; those that are not mentioned are left out."""

    def found(body, *issues, title="Work on the worker"):
        every = traced(body, *issues, title=title)
        return {each.name: each.state.value for each in every if each.state.value != "not mentioned"}

    return found
