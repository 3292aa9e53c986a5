"""Reading a hand-over: whatever parts of GitHub's answer are null, and a clock that is ahead."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghapp.github import read
from ghapp.github.facts import SeenHandover
from ghapp.handover.facts import Deed
from tests import fake_handover
from tests.fake_handover import FakeDeed
from tests.fakes import US, FakeGitHub, Response
from tests.handover_world import ISSUE

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NULLABLE = {  # of GitHub's schema: what a query without errors may have null
    "actor",
    "author",
    "assignee",
    "assignees",
    "closedByPullRequestsReferences",
    "collaborators",
    "comments",
    "editor",
    "fullDatabaseId",
    "lastEditedAt",
    "nodes",
    "requestedReviewer",
    "user",
}


def answer() -> dict[str, Any]:
    """An answer with one of everything."""
    github = FakeGitHub()
    github.now = NOW
    github.issue(1, assignees=["sari"])
    github.pull(5, closes=[1], created_at=NOW)
    github.comment(1, "Should the retry stop after five attempts?", "sari")
    for kind in ("AssignedEvent", "UnassignedEvent", "ClosedEvent", "ReopenedEvent"):
        github.repository.timeline.append(FakeDeed(kind, 1, NOW, "dana", to="sari"))
    for kind in ("PullRequestCommit", "ReviewRequestedEvent", "MergedEvent", "PullRequestReview"):
        deed = FakeDeed(kind, 5, NOW, "dana", to="rui", id=1, text="Good.", state="COMMENTED", inline=["Why five?"])
        github.repository.timeline.append(deed)
    found = fake_handover.handover(github.repository, {"number": 1}, US)
    assert found
    return found


def places(found: object, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands that may be null."""
    if isinstance(found, list):
        return [(*place, number) for number in range(len(found)) if place[-1] == "nodes"] + [
            each for number, part in enumerate(found) for each in places(part, (*place, number))
        ]
    if not isinstance(found, dict):
        return []
    here = [(*place, name) for name in found if name in NULLABLE]
    return here + [each for name, part in found.items() for each in places(part, (*place, name))]


WHOLE = answer()


async def reading(found: dict[str, Any]) -> SeenHandover:
    github = FakeGitHub()
    node = {
        "nameWithOwner": "acme/billing",
        "isArchived": False,
        "defaultBranchRef": {"name": "main"},
        "policy": None,
        "owner": {"repository": None},
    }
    github.refusals.append(("graphql", Response(200, {"data": {"node": node | found}})))
    return await read.handover(github, ISSUE, now=NOW)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.sets(st.sampled_from(places(WHOLE)), max_size=8))
async def test_whatever_is_null_the_rest_is_read(gone):
    found = copy.deepcopy(WHOLE)
    for *way, last in sorted(gone, key=len, reverse=True):
        part: Any = found
        for step in way:
            part = part[step]
        part[last] = None

    seen = await reading(found)

    assert seen.facts.number == 1
    assert list(seen.facts.events) == sorted(seen.facts.events, key=lambda event: event.at)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        pytest.param(timedelta(minutes=5), 1, id="minutes"),
        pytest.param(timedelta(days=300), 0, id="months"),
    ],
)
async def test_a_commit_of_a_clock_that_is_far_ahead_has_not_happened_yet(ahead, expected):
    found = copy.deepcopy(WHOLE)
    [pull] = found["issue"]["closedByPullRequestsReferences"]["nodes"]
    [commit] = [each["commit"] for each in pull["timelineItems"]["nodes"] if "commit" in each]
    commit["committedDate"] = (NOW + ahead).isoformat()

    seen = await reading(found)

    assert [each.deed for each in seen.facts.events].count(Deed.PUSHED) == expected


async def test_a_deleted_account_and_an_address_of_nobody_are_nobody():
    found = copy.deepcopy(WHOLE)
    for each in found["issue"]["timelineItems"]["nodes"]:
        each["author" if "author" in each else "actor"] = None

    seen = await reading(found)

    assert {each.by for each in seen.facts.events if not each.pull} == {""}
