"""Which subjects a delivery names, and what is refused or ignored."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github import events
from ghapp.github.events import jobs
from ghapp.github.identity import Identity
from ghapp.subjects import Job, Kind, Subject
from tests import contract
from tests.fakes import DELIVERIES, US, delivery

SHA = "a" * 40
PLACE = {"installation": 99, "repository": 12, "repository_node": "R_acme_billing"}


def subject(kind, **parts):
    return Subject(kind=kind, **PLACE, **parts)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("issues", Job(subject=subject(Kind.ISSUE, number=1), why="issues.opened")),
        ("pull_request", Job(subject=subject(Kind.PULL, number=5), why="pull_request.opened")),
        ("pull_request_review", Job(subject=subject(Kind.HANDBACK, number=5), why="review.submitted")),
        ("pull_request_review_comment", Job(subject=subject(Kind.HANDBACK, number=5), why="review.created")),
        ("check_run", Job(subject=subject(Kind.PULL, number=5), why="check_run.rerequested", again=True)),
        ("check_suite", Job(subject=subject(Kind.COMMIT, sha=SHA), why="check_suite.rerequested", again=True)),
        ("merge_group", Job(subject=subject(Kind.MERGE_GROUP, sha="b" * 40), why="merge_group.checks_requested")),
        (
            "installation",
            Job(subject=Subject(kind=Kind.INSTALLATION, installation=99), why="installation.created"),
        ),
        ("push", Job(subject=subject(Kind.POLICY), why="push")),
        ("repository", Job(subject=subject(Kind.POLICY), why="repository.transferred")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_recorded_delivery_names_its_subject(event, expected):
    assert jobs(event, delivery(event), app=US) == (expected,)


def test_a_recorded_command_names_its_subject_and_the_hand_over_that_it_may_speak_of():
    why = "issue_comment.created"
    assert jobs("issue_comment", delivery("issue_comment"), app=US) == (
        Job(subject=subject(Kind.ISSUE, number=1), why=why, command=1001),
        Job(subject=subject(Kind.HANDOVER, number=1), why=why),
    )


def test_repositories_that_join_are_named_before_their_installation():
    ledger = {"installation": 99, "repository": 14, "repository_node": "R_acme_ledger"}
    account = Subject(kind=Kind.INSTALLATION, installation=99)
    payload, why = delivery("installation_repositories"), "installation_repositories.added"
    assert jobs("installation_repositories", payload, app=US) == (
        Job(subject=Subject(kind=Kind.REPOSITORY, **ledger), why=why),
        Job(subject=account, why=why),
    )
    left = payload | {"action": "removed", "repositories_added": []}
    assert [job.subject for job in jobs("installation_repositories", left, app=US)] == [account]


def test_there_is_a_recorded_delivery_for_every_event():
    assert {path.stem for path in DELIVERIES.glob("*.json")} == {*events.EVENTS, "ping"}


@pytest.mark.parametrize("event", ["ping", "star", "workflow_run", ""])
def test_other_events_name_nothing(event):
    assert jobs(event, {}, app=US) == ()


@pytest.mark.parametrize(
    ("event", "action"),
    [
        *(("issues", action) for action in ("deleted", "transferred", "pinned", "typed", "milestoned", "")),
        *(("pull_request", action) for action in ("assigned", "stacked", "enqueued")),
        *(("issue_comment", action) for action in ("pinned", "unpinned")),
        *(("pull_request_review", action) for action in ("resolved", "")),
        *(("check_run", action) for action in ("created", "completed")),
        *(("check_suite", action) for action in ("requested", "completed")),
        ("merge_group", "destroyed"),
    ],
)
def test_other_actions_name_nothing(event, action):
    assert jobs(event, delivery(event) | {"action": action}, app=US) == ()


def test_a_closed_pull_request_names_its_head_which_others_may_share():
    job, _ = jobs("pull_request", delivery("pull_request") | {"action": "closed"}, app=US)
    assert (job.subject, job.again) == (subject(Kind.COMMIT, sha=SHA), False)


@pytest.mark.parametrize(
    ("event", "action", "kind"),
    [
        ("issues", "closed", Kind.HANDOVER),
        ("pull_request", "closed", Kind.HANDBACK),
        ("pull_request", "review_requested", Kind.HANDBACK),
        *(("issue_comment", action, Kind.HANDOVER) for action in ("edited", "deleted")),
        *(("pull_request_review", action, Kind.HANDBACK) for action in ("edited", "dismissed")),
        *(("pull_request_review_comment", action, Kind.HANDBACK) for action in ("edited", "deleted")),
    ],
)
def test_what_may_pass_the_next_move_on_names_the_hand_over(event, action, kind):
    *_, job = jobs(event, delivery(event) | {"action": action}, app=US)

    assert job == Job(subject=subject(kind, number=1 if kind is Kind.HANDOVER else 5), why=job.why)


def test_a_comment_on_a_pull_request_names_the_hand_overs_that_it_answers():
    issue = {"number": 5, "pull_request": {"url": "x"}}
    comment = {"id": 1, "body": "Done.", "user": {"login": "dana"}}
    payload = delivery("issue_comment") | {"issue": issue, "comment": comment}

    assert [job.subject for job in jobs("issue_comment", payload, app=US)] == [subject(Kind.HANDBACK, number=5)]


@pytest.mark.parametrize("event", ["issue_comment", "pull_request_review"])
def test_what_a_bot_says_concerns_no_hand_over(event):
    bot = {"login": "ci[bot]", "type": "Bot"}
    payload = delivery(event) | {"sender": bot, "comment": {"id": 1, "body": "All green", "user": bot}}

    assert jobs(event, payload, app=US) == ()


def test_while_our_name_is_unknown_nothing_is_taken_for_our_own_deed():
    unknown = Identity(US.id, "")
    payload = delivery("pull_request") | {"sender": {"login": "[bot]", "type": "Bot"}}
    assert len(jobs("pull_request", payload, app=unknown)) == 1


def test_a_command_on_a_pull_request_names_the_pull_request():
    payload = delivery("issue_comment") | {"issue": {"number": 5, "pull_request": {"url": "x"}}}
    command, _ = jobs("issue_comment", payload, app=US)
    assert command.subject == subject(Kind.PULL, number=5)


@pytest.mark.parametrize(
    "comment",
    [
        {"id": 1, "body": "/handoff check", "user": {"login": "x[bot]", "type": "Bot"}},
        {"id": 1, "body": "/handoff check", "user": None},
        {"id": 1, "body": "Looks good", "user": {"login": "dana"}},
        {"id": 1, "body": None, "user": {"login": "dana"}},
    ],
    ids=["bot", "deleted account", "no command", "no text"],
)
def test_a_comment_without_a_persons_command_is_not_obeyed(comment):
    found = jobs("issue_comment", delivery("issue_comment") | {"comment": comment}, app=US)

    assert [job for job in found if job.command] == []


@pytest.mark.parametrize(
    ("external_id", "expected"),
    [
        ("pr:7", subject(Kind.PULL, number=7)),
        ("merge-group", subject(Kind.MERGE_GROUP, sha=SHA)),
        ("", subject(Kind.COMMIT, sha=SHA)),
        (None, subject(Kind.COMMIT, sha=SHA)),
        ("pr:seven", subject(Kind.COMMIT, sha=SHA)),
        ("pr:0", subject(Kind.COMMIT, sha=SHA)),
        ("pr:" + "9" * 5000, subject(Kind.COMMIT, sha=SHA)),
        ("pr:\u0667", subject(Kind.COMMIT, sha=SHA)),
    ],
)
def test_a_re_run_is_found_by_the_external_id(external_id, expected):
    run = {"head_sha": SHA, "external_id": external_id, "app": {"id": US.id}}
    [job] = jobs("check_run", delivery("check_run") | {"check_run": run}, app=US)
    assert (job.subject, job.again) == (expected, True)


def pressed(**parts):
    run = {"head_sha": SHA, "external_id": "pr:7", "app": {"id": US.id}}
    changed = {"action": "requested_action", "check_run": run, "requested_action": {"identifier": "exempt"}} | parts
    return jobs("check_run", delivery("check_run") | changed, app=US)


def test_a_button_names_its_pull_request_and_who_pressed_it():
    why = "check_run.requested_action"
    assert pressed() == (Job(subject=subject(Kind.PULL, number=7), why=why, button="exempt", by="dana"),)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"requested_action": None}, id="no button"),
        pytest.param({"sender": None}, id="nobody"),
        pytest.param({"sender": {"login": "helper", "type": "Bot"}}, id="a bot"),
        pytest.param({"sender": {"login": "da na --> <!--", "type": "User"}}, id="no login"),
        pytest.param({"check_run": {"head_sha": SHA, "external_id": "pr:7", "app": {"id": 1}}}, id="another app's"),
        pytest.param({"check_run": {"head_sha": SHA, "external_id": "", "app": {"id": US.id}}}, id="no pull request"),
    ],
)
def test_a_button_that_no_person_pressed_on_our_run_names_nothing(parts):
    assert pressed(**parts) == ()


def test_what_a_person_asked_for_folds_into_no_other_look():
    [button] = pressed()
    plain = Job(subject=button.subject, why="pull_request.edited")
    folds = {plain.fold, replace(plain, again=True).fold, replace(plain, command=7).fold, button.fold}
    folds |= {replace(button, by="eli").fold, replace(button, button="check").fold}
    assert len(folds) == 6


def test_a_suite_of_the_merge_queue_names_the_queue():
    suite = {"head_sha": SHA, "head_branch": "gh-readonly-queue/main/pr-5-abc", "app": {"id": US.id}}
    [job] = jobs("check_suite", delivery("check_suite") | {"check_suite": suite}, app=US)
    assert job.subject == subject(Kind.MERGE_GROUP, sha=SHA)


@pytest.mark.parametrize("event", ["check_run", "check_suite"])
def test_checks_of_other_apps_name_nothing(event):
    payload = delivery(event)
    payload[event]["app"]["id"] = 1
    assert jobs(event, payload, app=US) == ()


@pytest.mark.parametrize("event", ["issues", "pull_request"])
def test_our_own_deeds_name_nothing_and_those_of_other_bots_do(event):
    ours = delivery(event) | {"sender": {"login": US.login, "type": "Bot"}}
    others = delivery(event) | {"sender": {"login": "helper[bot]", "type": "Bot"}}
    assert (len(jobs(event, ours, app=US)), len(jobs(event, others, app=US))) == (0, 1)


@pytest.mark.parametrize(
    ("event", "missing", "said"),
    [
        ("issues", "installation", "installation is missing"),
        ("issues", "repository", "repository is missing"),
        ("issues", "issue", "issue is missing"),
        ("pull_request", "pull_request", "pull_request is missing"),
        ("push", "ref", "ref is missing"),
        ("merge_group", "merge_group", "merge_group is missing"),
    ],
)
def test_a_malformed_payload_is_refused_with_what_is_missing(event, missing, said):
    payload = delivery(event)
    del payload[missing]
    with pytest.raises(ValueError, match=f"^{event}: {said}$"):
        jobs(event, payload, app=US)


@pytest.mark.parametrize(
    ("event", "part", "value", "said"),
    [
        ("issues", "issue", 7, "issue has to be an object"),
        ("issues", "issue", {}, "issue.number is missing"),
        ("issues", "issue", {"number": "7"}, "issue.number has to be a whole number"),
        ("issues", "issue", {"number": 0}, "issue.number has to be 1 or more"),
        ("issues", "issue", {"number": 2**63}, "issue.number is larger than any id of GitHub"),
        ("issues", "action", ["opened"], "action has to be text"),
        ("push", "ref", None, "ref has to be text"),
        ("issues", "sender", "dana", "sender has to be an object"),
        ("push", "commits", {}, "commits has to be a list"),
        ("push", "commits", [{"added": [1]}], "commits.0.added.0 has to be text"),
        (
            "merge_group",
            "merge_group",
            {"head_sha": "main"},
            "merge_group.head_sha has to be an id as GitHub writes it",
        ),
        ("issues", "repository", {"id": 1, "node_id": "R\0"}, "repository.node_id has to be an id as GitHub writes it"),
        ("installation", "action", "x" * 101, "action is longer than any word of GitHub"),
        (
            "merge_group",
            "merge_group",
            {"head_sha": "\ud800"},
            "merge_group.head_sha holds half a character (a lone surrogate)",
        ),
    ],
)
def test_a_refusal_names_the_field_and_what_is_expected_in_plain_words(event, part, value, said):
    with pytest.raises(ValueError, match=event) as caught:
        jobs(event, delivery(event) | {part: value}, app=US)
    assert str(caught.value) == f"{event}: {said}"


def test_a_refusal_does_not_repeat_what_was_sent():
    with pytest.raises(ValueError, match="issue") as caught:
        jobs("issues", delivery("issues") | {"issue": {"number": "ghs_secret"}}, app=US)
    assert "ghs_secret" not in str(caught.value)


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(LEAVES, lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=9), below))
PARTS = ("action", "installation", "repository", "sender", "issue", "pull_request", "comment", "check_run", "ref")


@given(event=st.sampled_from(sorted(events.EVENTS)), part=st.sampled_from(PARTS), value=JSON)
def test_any_payload_names_subjects_or_is_refused(event, part, value):
    try:
        found = jobs(event, delivery(event) | {part: value}, app=US)
    except ValueError:
        return
    assert all(job.subject.installation for job in found)


def test_every_example_of_github_is_understood():
    for path in contract.RECORDED:
        for example in json.loads(path.read_text(encoding="utf-8"))["examples"]:
            payload = {"installation": {"id": 99}} | example  # some were recorded without an App
            for job in jobs(path.stem, payload, app=US):
                assert job.subject.installation
                assert job.subject.kind is Kind.INSTALLATION or job.subject.repository_node


OWNERS = {"id": 13, "node_id": "R_acme_github", "name": ".github", "default_branch": "main"}
OWNER_POLICY = Subject(kind=Kind.OWNER_POLICY, installation=99, repository_node="R_acme_github")


def test_a_push_to_the_owners_file_is_about_all_of_the_owners_repositories():
    payload = delivery("push") | {"repository": OWNERS}
    assert jobs("push", payload, app=US) == (Job(subject=OWNER_POLICY, why="push"),)


@pytest.mark.parametrize(
    ("action", "changes", "named", "kinds"),
    [
        ("transferred", {}, "billing", [Kind.POLICY]),
        ("edited", {"default_branch": {"from": "trunk"}}, "billing", [Kind.POLICY]),
        ("edited", {"description": {"from": "x"}}, "billing", []),
        ("renamed", {"repository": {"name": {"from": "invoices"}}}, "billing", []),
        ("renamed", {"repository": {"name": {"from": ".github"}}}, "billing", [Kind.OWNER_POLICY]),
        ("renamed", {"repository": {"name": {"from": "x"}}}, ".github", [Kind.OWNER_POLICY]),
        ("privatized", {}, ".github", [Kind.OWNER_POLICY]),
        ("publicized", {}, ".github", [Kind.OWNER_POLICY]),
        ("transferred", {}, ".github", [Kind.OWNER_POLICY, Kind.POLICY]),
        ("edited", {"default_branch": {"from": "trunk"}}, ".github", [Kind.OWNER_POLICY, Kind.POLICY]),
        ("created", {}, ".github", []),
        ("archived", {}, "billing", []),
    ],
)
def test_what_happens_to_a_repository_matters_where_it_gets_another_policy_file(action, changes, named, kinds):
    payload = delivery("repository")
    payload |= {"action": action, "changes": changes, "repository": payload["repository"] | {"name": named}}
    assert [job.subject.kind for job in jobs("repository", payload, app=US)] == kinds


def test_a_repository_event_of_any_shape_with_a_null_for_a_change_is_read():
    payload = delivery("repository") | {"action": "edited", "changes": {"default_branch": None}}
    assert jobs("repository", payload, app=US) == ()
