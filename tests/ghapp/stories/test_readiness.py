"""Issues: which get a comment and a label, and what stays as people left it."""

from datetime import timedelta

import pytest

from ghapp.render.sticky import MARKER
from tests.fakes import INSTALLED, US

THIN = "Make invoices retry, as discussed with Bob. It should work well."
GOOD = """\
## Context
The billing worker (`billing/worker.py`) sends each invoice once. When the bank answers 504 the invoice stays in state
`failed` and nobody sends it again, so finance sends about forty a week by hand.

## What to build
`POST /invoices/{id}/retry` queues one failed invoice again and answers `202` with `{"id": 7, "attempt": 2}`.
The worker picks up failed invoices every 10 minutes and stops after 5 attempts.

## Acceptance criteria
- [ ] `POST /invoices/7/retry` on a failed invoice answers 202 and its state becomes `queued`.
- [ ] On a paid invoice it answers 409 with `{"error": "already_paid"}`.
- [ ] An invoice that failed 5 times is not picked up again and has the state `given_up`.

## Edge cases
Two retries at the same time send the invoice once. When the bank does not answer within 30 seconds the attempt counts
as failed. Roll back by setting `RETRY_ENABLED=false`.

## Out of scope
The page that lists failed invoices; changes to the bank client.

## Delivery
One pull request, reviewed by the billing team within one working day.
"""
READY, NOT_READY = "handoff: ready", "handoff: not ready"


async def test_an_issue_with_the_label_gets_one_comment_and_one_label(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    [comment] = world.github.ours(1)
    assert comment.text.startswith(MARKER)
    assert world.github.repository.issues[1].labels == ["handoff", NOT_READY]


async def test_the_label_is_made_with_a_colour_once(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    world.github.issue(2, body=THIN, labels=["handoff"])
    await world.issue("labeled", 1)
    await world.issue("labeled", 2)
    assert world.github.repository.labels[NOT_READY] == "d93f0b"
    assert world.github.writes.count("POST /repos/acme/billing/labels") == 1


async def test_an_edit_changes_the_same_comment_and_the_label(world):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    [before] = world.github.ours(1)
    before_text = before.text
    issue.body = GOOD
    await world.issue("edited")
    [after] = world.github.ours(1)
    assert after.id == before.id
    assert after.text != before_text
    assert issue.labels == ["handoff", READY]


async def test_an_edit_that_changes_nothing_costs_one_call(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.now += timedelta(hours=3)
    assert await world.calls_of(world.issue("edited")) == 1


async def test_an_assigned_issue_is_commented_on(world):
    world.github.issue(1, body=THIN, assignees=["eli"])
    await world.issue("assigned")
    assert len(world.github.ours(1)) == 1


async def test_an_issue_of_the_team_only_gets_a_verdict_that_is_kept(world):
    world.github.issue(1, body=THIN)
    await world.issue("opened")
    assert world.store.verdicts["issue:12:1"]["verdict"] in {"almost", "not-ready"}
    assert world.github.writes == []


@pytest.mark.parametrize(
    "changes",
    [
        {"association": "NONE"},
        {"author": "renovate[bot]"},
        {"labels": ["handoff"], "author": "renovate[bot]"},
        {"assignees": ["eli"], "created_at": INSTALLED - timedelta(days=1)},
        {"labels": ["handoff"], "locked": True},
        {"labels": ["handoff"], "state": "CLOSED"},
    ],
    ids=["public", "bot", "labelled, by a bot", "older than the installation", "locked", "closed"],
)
async def test_an_issue_that_is_no_concern_of_ours_is_left_alone(world, changes):
    world.github.issue(1, body=THIN, **changes)
    await world.issue("opened")
    assert world.github.writes == []
    assert world.store.verdicts == {}


async def test_nothing_is_written_in_an_archived_repository(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    world.github.pull(5)
    world.github.repository.archived = True
    await world.issue("edited")
    await world.pull("edited")
    assert world.github.writes == []


async def test_the_policy_moves_the_first_day(world):
    world.github.repository.policy = "readiness:\n  since: 2025-01-01\n"
    world.github.issue(1, body=THIN, assignees=["eli"], created_at=INSTALLED - timedelta(days=1))
    await world.issue("assigned")
    assert len(world.github.ours(1)) == 1


async def test_an_old_issue_is_looked_at_once_somebody_sets_the_label(world):
    world.github.issue(1, body=THIN, labels=["handoff"], created_at=INSTALLED - timedelta(days=1))
    await world.issue("labeled")
    assert len(world.github.ours(1)) == 1


async def test_a_bots_issue_is_judged_once_a_person_labels_it(world):
    world.github.issue(1, body=THIN, author="renovate[bot]")
    world.github.set_label(1, "handoff", by="dana")
    await world.issue("labeled")
    assert len(world.github.ours(1)) == 1


async def test_a_bots_issue_is_judged_once_a_person_assigns_it(world):
    world.github.issue(1, body=THIN, author="renovate[bot]", assignees=["eli"], assigned_by="dana")
    await world.issue("assigned")
    assert len(world.github.ours(1)) == 1


async def test_a_label_removed_by_hand_is_not_set_again(world):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.github.remove_label(1, NOT_READY, by="dana")
    await world.issue("unlabeled")
    assert issue.labels == ["handoff"]


async def test_a_label_set_by_hand_stays_and_the_difference_is_noted_once(world):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.github.set_label(1, READY, by="dana")
    await world.issue("labeled")
    await world.issue("edited")
    assert issue.labels == ["handoff", READY]
    [comment] = world.github.ours(1)
    assert comment.text.count("was set by hand and stays") == 1


async def test_a_label_set_by_hand_so_long_ago_that_nobody_knows_stays(world):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.github.set_label(1, READY, by="dana")
    for _ in range(60):
        world.github.set_label(1, "wip", by="eli")
        world.github.remove_label(1, "wip", by="eli")
    await world.issue("edited")
    assert READY in issue.labels


async def test_another_label_bot_is_not_fought(world):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.github.remove_label(1, NOT_READY, by="labeler[bot]")
    await world.issue("unlabeled")
    assert issue.labels == ["handoff"]


async def test_what_we_did_ourselves_rings_nothing(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled", sender={"login": US.login, "type": "Bot"})
    assert world.github.calls == []


async def test_a_marker_pasted_by_a_stranger_is_not_our_comment(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    forged = world.github.comment(1, f"{MARKER}\nReady, trust me.", "mallory")
    await world.issue("labeled")
    assert forged.text.endswith("trust me.")
    assert len(world.github.ours(1)) == 1


async def test_of_several_comments_of_ours_the_oldest_stays(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    first = world.github.comment(1, f"{MARKER}\none", US.login)
    world.github.comment(1, f"{MARKER}\ntwo", US.login)
    await world.issue("labeled")
    assert [comment.id for comment in world.github.ours(1)] == [first.id]


@pytest.mark.parametrize("others", [60, 150], ids=["among the last", "between the first and the last"])
async def test_a_comment_in_a_long_conversation_whose_id_is_lost_is_found_before_a_second_is_written(world, others):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    for number in range(60):
        world.github.comment(1, f"word {number}")
    await world.issue("labeled")
    for number in range(others - 60):
        world.github.comment(1, f"more {number}")
    world.store.comments.clear()
    issue.body = GOOD
    await world.issue("edited")
    [comment] = world.github.ours(1)
    assert "Ready to hand over" in comment.text


async def test_a_comment_in_the_middle_of_a_long_conversation_costs_a_look_at_it_and_no_more(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    for number in range(60):
        world.github.comment(1, f"word {number}")
    await world.issue("labeled")
    for number in range(60):
        world.github.comment(1, f"more {number}")
    assert await world.calls_of(world.issue("edited")) == 2


async def test_a_comment_deleted_in_a_long_conversation_is_not_searched_for(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.github.repository.comments.clear()
    for number in range(120):
        world.github.comment(1, f"word {number}")
    await world.issue("edited")
    assert len(world.github.ours(1)) == 1
    assert not any(call.method == "GET" and call.path.endswith("/comments") for call in world.github.calls)


async def test_a_comment_beyond_the_first_fifty_is_found_by_its_id(world):
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    for number in range(60):
        world.github.comment(1, f"word {number}")
    await world.issue("labeled")
    issue.body = GOOD
    await world.issue("edited")
    assert len(world.github.ours(1)) == 1


async def test_a_deleted_comment_is_written_anew(world):
    world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    world.github.repository.comments.clear()
    await world.issue("edited")
    assert len(world.github.ours(1)) == 1


async def test_a_silent_policy_sets_the_label_only(world):
    world.github.repository.policy = "readiness:\n  comment: silent\n"
    issue = world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("labeled")
    assert world.github.ours(1) == []
    assert NOT_READY in issue.labels


async def test_a_transferred_issue_ends_quietly(world):
    await world.issue("edited", 404)
    assert world.github.writes == []


async def test_a_repository_out_of_reach_ends_quietly(world):
    world.github.repository.node_id = "R_another"
    world.github.issue(1, body=THIN, labels=["handoff"])
    await world.issue("edited")
    assert world.github.writes == []
