"""Where we speak, and whose hand stays: the rules as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from checks.subject import Issue
from config.policy import AppliesTo, Labels, Readiness, Volume
from ghapp.github.facts import LabelEvent, Place, SeenIssue
from ghapp.github.manners import Audience, LabelChange, audience, label_change, wants_comment
from tests.fakes import INSTALLED, NOON, US

READY, NOT_READY = "handoff: ready", "handoff: not ready"
PLACE = Place(repository="acme/billing")


def seen(*, labels=(), events=(), bot=False, **changes):
    facts = {
        "place": PLACE,
        "number": 1,
        "is_open": True,
        "locked": False,
        "author": "dana",
        "issue": Issue(title="t", body="b", author="dana", author_is_bot=bot, labels=labels),
        "created_at": NOON,
        "by_team": True,
        "label_events": tuple(LabelEvent(*event) for event in events),
    }
    return SeenIssue(**facts | changes)


@pytest.mark.parametrize(
    ("facts", "asked", "expected"),
    [
        ({}, False, Audience.REPORTS),
        ({"by_team": False}, False, Audience.NOBODY),
        ({"by_team": False}, True, Audience.EVERYBODY),
        ({"labels": ("Handoff",)}, False, Audience.EVERYBODY),
        ({"labels": ("Handoff",), "by_team": False}, False, Audience.EVERYBODY),
        ({"assignees": ("eli",)}, False, Audience.EVERYBODY),
        ({"labels": ("handoff",), "bot": True}, False, Audience.NOBODY),
        (
            {"labels": ("handoff",), "bot": True, "events": (("handoff", "renovate[bot]"),)},
            False,
            Audience.NOBODY,
        ),
        ({"labels": ("handoff",), "bot": True, "events": (("handoff", ""),)}, False, Audience.NOBODY),
        ({"labels": ("handoff",), "bot": True, "events": (("Handoff", "dana"),)}, False, Audience.EVERYBODY),
        ({"assignees": ("eli",), "bot": True}, False, Audience.NOBODY),
        ({"assignees": ("eli",), "bot": True, "assigned_by": "renovate[bot]"}, False, Audience.NOBODY),
        ({"assignees": ("eli",), "bot": True, "assigned_by": "dana"}, False, Audience.EVERYBODY),
        ({"bot": True}, False, Audience.NOBODY),
        ({"bot": True}, True, Audience.EVERYBODY),
        ({"labels": ("handoff",), "created_at": INSTALLED - timedelta(seconds=1)}, False, Audience.EVERYBODY),
        ({"assignees": ("eli",), "created_at": INSTALLED - timedelta(seconds=1)}, False, Audience.NOBODY),
        ({"created_at": INSTALLED - timedelta(days=9)}, True, Audience.EVERYBODY),
        ({"is_open": False, "labels": ("handoff",)}, False, Audience.NOBODY),
        ({"is_open": False}, True, Audience.EVERYBODY),
        ({"locked": True}, True, Audience.NOBODY),
        ({"place": Place(repository="acme/billing", archived=True)}, True, Audience.NOBODY),
    ],
)
def test_who_gets_to_know(facts, asked, expected):
    assert audience(seen(**facts), Readiness(), first_day=INSTALLED, asked=asked) is expected


def test_assignment_counts_only_where_the_policy_says_so():
    readiness = Readiness(applies_to=AppliesTo(assigned=False))
    assert audience(seen(assignees=("eli",)), readiness, first_day=INSTALLED, asked=False) is Audience.REPORTS


def test_a_policy_that_is_off_is_silent_until_asked():
    off = Readiness(enabled=False)
    issue = seen(labels=("handoff",))
    assert audience(issue, off, first_day=INSTALLED, asked=False) is Audience.NOBODY
    assert audience(issue, off, first_day=INSTALLED, asked=True) is Audience.EVERYBODY


def test_the_first_day_of_the_policy_begins_at_midnight():
    readiness = Readiness(since=date(2026, 3, 1))
    first = datetime(2026, 3, 1, tzinfo=UTC)
    for created_at, expected in ((first, Audience.REPORTS), (first - timedelta(seconds=1), Audience.NOBODY)):
        found = audience(seen(created_at=created_at), readiness, first_day=NOON, asked=False)
        assert found is expected


@pytest.mark.parametrize(
    ("volume", "passes", "spoken", "asked", "expected"),
    [
        (Volume.SILENT, False, True, False, False),
        (Volume.SILENT, False, False, True, True),
        (Volume.ON_FAILURE, False, False, False, True),
        (Volume.ON_FAILURE, True, False, False, False),
        (Volume.ON_FAILURE, True, True, False, True),
        (Volume.ON_FAILURE, True, False, True, True),
        (Volume.ALWAYS, True, False, False, True),
    ],
)
def test_when_a_comment_is_written(volume, passes, spoken, asked, expected):
    assert wants_comment(volume, passes=passes, spoken=spoken, asked=asked) is expected


@pytest.mark.parametrize(
    ("labels", "events", "ready", "expected"),
    [
        ((), (), True, LabelChange(add=(READY,))),
        ((), (), False, LabelChange(add=(NOT_READY,))),
        ((READY,), ((READY, US.login),), True, LabelChange()),
        ((READY,), ((READY, US.login),), False, LabelChange(add=(NOT_READY,), remove=(READY,))),
        ((READY,), (), False, LabelChange(contested=READY)),
        (("HANDOFF: READY",), (), True, LabelChange()),
        ((), ((NOT_READY, US.login), (NOT_READY, "dana")), False, LabelChange()),
        ((), ((NOT_READY, US.login), (NOT_READY, "")), False, LabelChange()),
        ((READY,), ((READY, "dana"),), False, LabelChange(contested=READY)),
        (
            (READY, NOT_READY),
            ((NOT_READY, US.login), (READY, "dana")),
            False,
            LabelChange(remove=(NOT_READY,), contested=READY),
        ),
        ((READY,), ((READY, "dana"),), True, LabelChange()),
        ((READY, NOT_READY), ((NOT_READY, US.login), (READY, "dana")), True, LabelChange(remove=(NOT_READY,))),
        ((), ((READY, "dana"), (READY, US.login)), True, LabelChange(add=(READY,))),
    ],
    ids=[
        "first, ready",
        "first, not ready",
        "still ready",
        "no longer ready",
        "set by nobody known",
        "other capitals",
        "removed by hand",
        "removed by a deleted account",
        "set by hand against the verdict",
        "both, one by hand",
        "set by hand as the verdict",
        "set by hand beside ours",
        "ours again",
    ],
)
def test_labels_follow_the_verdict_unless_somebody_else_decided(labels, events, ready, expected):
    assert label_change(seen(labels=labels, events=events), Labels(), ready=ready, us=US.login) == expected


@pytest.mark.parametrize(
    ("labels", "events", "expected"),
    [
        ((), (), LabelChange()),
        ((), ((NOT_READY, US.login),), LabelChange(add=(NOT_READY,))),
        ((READY,), ((READY, US.login),), LabelChange(remove=(READY,))),
    ],
    ids=["somebody may have removed it", "removed by us", "set by us, the other one unknown"],
)
def test_where_older_deeds_are_unknown_no_label_is_set_that_somebody_may_have_removed(labels, events, expected):
    issue = seen(labels=labels, events=events, has_older_label_events=True)
    assert label_change(issue, Labels(), ready=False, us=US.login) == expected
