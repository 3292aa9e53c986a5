"""When and where we speak: each key of the policy, with what happens under the defaults and what once it is set."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml

from config import schema
from config.policy import DEFAULTS
from tests.fakes import INSTALLATION, INSTALLED, NOON
from tests.world import World

THIN = "Make invoices retry, as discussed with Bob. It should work well."
READY = """\
The billing worker (`billing/worker.py`) sends each invoice once. When the bank answers 504 the invoice stays `failed`
and nobody sends it again, so finance sends about forty a week by hand.

`POST /invoices/{id}/retry` queues one failed invoice again and answers `202` with `{"id": 7, "attempt": 2}`.

## Acceptance criteria
- [ ] `POST /invoices/7/retry` on a failed invoice answers 202 and its state becomes `queued`.
- [ ] On a paid invoice it answers 409 with `{"error": "already_paid"}`.

## Out of scope
The page that lists failed invoices; changes to the bank client.
"""
HALF = """\
Retries of failed invoices work as support expects, fast and so on.

## Acceptance criteria
- `POST /invoices/7/retry` on a failed invoice answers 202.
- It works well for big shops.
"""
WHAT_ONLY = "Adds a retry table and a worker that walks it."
WHAT_AND_WHY = (
    "Adds a retry table and a worker that walks it every minute.\n\n"
    "Invoices that failed on a bank timeout were lost because nobody tried them again; finance sent them by hand."
)
WHY_ONLY = "Finance could not tell when an invoice is sent again, so they sent about forty a week twice."
GERMAN = "Wenn die Bank nicht antwortet, dann bleibt die Rechnung liegen und niemand schickt sie noch einmal."
BEFORE = INSTALLED - timedelta(days=1)
FAILS = "failure, comment: Say why: the reason is missing"
PASSES = "success, no comment: What and why are written down"
THIN_WHAT = "success, no comment: Passes; say more about what changed"
ADVISED = "success, no comment: Passes; nothing that is missing is required"
ISSUE_FAILS = "not-ready, comment, handoff: not ready"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Something people made, what comes of it under the defaults, and what with one key set."""

    sets: str  # the policy, as JSON or YAML on one line
    made: dict[str, Any]
    before: str
    after: str
    kind: str = "pull"


def issue(sets: str, before: str, after: str, *, body: str = THIN, **made: Any) -> Scene:
    return Scene(kind="issue", sets=sets, made={"body": body, **made}, before=before, after=after)


def pull(sets: str, before: str, after: str, *, body: str = WHAT_ONLY, **made: Any) -> Scene:
    return Scene(sets=sets, made={"body": body, **made}, before=before, after=after)


LABELLED: dict[str, Any] = {"labels": ["handoff"]}
ASSIGNED: dict[str, Any] = {"assignees": ["eli"]}
KEPT = "not-ready, no comment, no label"
NOTHING = "not judged, no comment, no label"
DOCS = [("docs/retries.md", 40, 2)]

SCENES = {
    "language": issue(
        "{language: de}", "almost, comment, handoff: not ready", "skipped, comment, no label", body=GERMAN, **LABELLED
    ),
    "readiness.enabled": issue("{readiness: {enabled: off}}", ISSUE_FAILS, NOTHING, **LABELLED),
    "readiness.applies-to.labels": issue(
        "{readiness: {applies-to: {labels: [To hand over]}}}", KEPT, ISSUE_FAILS, labels=["to hand over"]
    ),
    "readiness.applies-to.assigned": issue("{readiness: {applies-to: {assigned: no}}}", ISSUE_FAILS, KEPT, **ASSIGNED),
    "readiness.since": issue("{readiness: {since: 2025-12-31}}", NOTHING, ISSUE_FAILS, created_at=BEFORE, **ASSIGNED),
    "readiness.threshold": issue(
        "{readiness: {threshold: 60}}",
        "almost, comment, handoff: not ready",
        "ready, comment, handoff: ready",
        body=HALF,
        **LABELLED,
    ),
    "readiness.comment": issue(
        "{readiness: {comment: silent}}", ISSUE_FAILS, "not-ready, no comment, handoff: not ready", **LABELLED
    ),
    "readiness.comment, on-failure": issue(
        "{readiness: {comment: on-failure}}",
        "ready, comment, handoff: ready",
        "ready, no comment, handoff: ready",
        body=READY,
        **LABELLED,
    ),
    "readiness.labels.ready": issue(
        "{readiness: {labels: {ready: go}}}",
        "ready, comment, handoff: ready",
        "ready, comment, go",
        body=READY,
        **LABELLED,
    ),
    "readiness.labels.not-ready": issue(
        "{readiness: {labels: {not-ready: needs words}}}", ISSUE_FAILS, "not-ready, comment, needs words", **LABELLED
    ),
    "rationale.enabled": pull(
        "{rationale: {enabled: no}}",
        FAILS,
        "success, no comment: Not judged: The policy switches the judgement of pull requests off",
    ),
    "rationale.since": pull("{rationale: {since: 2025-12-31}}", ADVISED, FAILS, created_at=BEFORE),
    "rationale.since, later": pull("{rationale: {since: 2026-12-01}}", FAILS, ADVISED),
    "rationale.comment": pull(
        "{rationale: {comment: silent}}", FAILS, "failure, no comment: Say why: the reason is missing"
    ),
    "rationale.comment, always": pull(
        "{rationale: {comment: always}}",
        PASSES,
        "success, comment: What and why are written down",
        body=WHAT_AND_WHY,
    ),
    "rationale.drafts": pull(
        "{rationale: {drafts: yes}}",
        "neutral, no comment: Draft: say why: the reason is missing",
        FAILS,
        draft=True,
    ),
    "rationale.small-change.lines": pull(
        "{rationale: {small-change: {lines: 200}}}",
        THIN_WHAT,
        PASSES,
        body=WHY_ONLY,
    ),
    "rationale.small-change.paths": pull(
        "{rationale: {small-change: {paths: []}}}",
        PASSES,
        THIN_WHAT,
        body=WHY_ONLY,
        files=DOCS,
    ),
    "rationale.small-change.path-lines": pull(
        "{rationale: {small-change: {path-lines: 20}}}",
        PASSES,
        THIN_WHAT,
        body=WHY_ONLY,
        files=DOCS,
    ),
    "rationale.size": pull(
        "{rationale: {size: 100, criteria: {size: {mode: required}}}}",
        PASSES,
        "success, no comment: Passes; say more about size",
        body=WHAT_AND_WHY,
    ),
    "rationale.exempt.authors": pull(
        "{rationale: {exempt: {authors: [Dana]}}}",
        FAILS,
        "success, no comment: Not judged: Written by dana, whom the policy exempts",
    ),
    "rationale.exempt.bots": pull(
        "{rationale: {exempt: {bots: no}}}",
        "success, no comment: Not judged: Written by a bot, renovate[bot]; the policy exempts bots",
        FAILS,
        author="renovate[bot]",
    ),
    "rationale.exempt.branches": pull(
        '{rationale: {exempt: {branches: ["sync/**"]}}}',
        FAILS,
        "success, no comment: Not judged: The branch sync/eu/1 is exempt by sync/**",
        branch="sync/eu/1",
    ),
    "rationale.exempt.labels": pull(
        "{rationale: {exempt: {labels: [Trivial]}}}",
        FAILS,
        "success, no comment: Not judged: The label trivial exempts it",
        labels=["trivial"],
    ),
    "rationale.exempt.paths": pull(
        '{rationale: {exempt: {paths: ["vendor/**"]}}}',
        FAILS,
        "success, no comment: Not judged: It changes nothing but paths that the policy exempts",
        files=[("vendor/bank/client.py", 900, 3)],
    ),
}


async def story(scene: Scene, policy: str | None) -> str:
    """What people see of it: verdict or conclusion, whether there is a comment, and the label or the check's title."""
    world = World()
    world.github.repository.policy = policy
    if scene.kind == "issue":
        made = world.github.issue(1, **deepcopy(scene.made))
        before = list(made.labels)
        await world.issue("opened")
        kept = world.store.verdicts.get("issue:12:1", {"verdict": "not judged"})["verdict"]
        set_by_us = [label for label in made.labels if label not in before]
        return f"{kept}, {_comment(world, 1)}, {', '.join(set_by_us) or 'no label'}"
    world.github.pull(5, **deepcopy(scene.made))
    await world.pull("opened")
    [run] = world.github.repository.runs
    return f"{run.conclusion}, {_comment(world, 5)}: {run.title}"


def _comment(world: World, number: int) -> str:
    return "comment" if world.github.ours(number) else "no comment"


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
async def test_a_key_of_the_policy_changes_what_people_see(scene):
    assert await story(scene, None) == scene.before
    assert await story(scene, scene.sets) == scene.after


def test_every_key_that_says_when_and_where_has_a_scene():
    judged = (path for path in schema.paths() if path[0] in ("language", "readiness", "rationale"))
    keys = {
        ".".join(path) for path in judged if "criteria" not in path and (schema.at(path) or {}).get("type") != "object"
    }
    assert {name.partition(",")[0] for name in SCENES} == keys


CRITERIA = [
    pytest.param(section, name, id=f"{section}, {name}")
    for section in ("readiness", "rationale")
    for name in schema.keys(schema.at((section, "criteria")) or {})
]


async def finding(section: str, name: str, counts: dict[str, object]) -> dict[str, Any] | None:
    """A criterion's finding as it is kept, on a subject of which everything is asked."""
    world = World()
    world.github.repository.policy = yaml.safe_dump({section: {"criteria": {name: counts}}})
    world.github.issue(1, body=THIN, labels=["handoff"])
    world.github.pull(5, body=WHAT_ONLY, closes=[1])
    await world.issue("opened")
    await world.pull("opened")
    key = {"readiness": "issue:12:1", "rationale": "pull:12:5"}[section]
    findings: Any = world.store.verdicts[key]["findings"]
    return next((each for each in findings if each["criterion"] == name), None)


@pytest.mark.parametrize(("section", "name"), CRITERIA)
async def test_the_mode_of_each_criterion_is_obeyed(section, name):
    for mode in ("required", "advisory"):
        found = await finding(section, name, {"mode": mode})
        assert found is not None
        assert found["mode"] == mode
    assert await finding(section, name, {"mode": "off"}) is None


@pytest.mark.parametrize(("section", "name"), CRITERIA)
async def test_the_weight_of_each_criterion_is_obeyed(section, name):
    found = await finding(section, name, {"weight": 37})
    assert found is not None
    assert found["status"] == "not-asked" or found["of"] == 37


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("verification", {"body": WHAT_AND_WHY}),
        ("linked-issue", {"body": WHAT_AND_WHY}),
        ("language", {"body": GERMAN}),
    ],
)
async def test_a_criterion_fails_the_check_only_where_it_is_required(name, made):
    conclusions = []
    for mode in ("advisory", "required"):
        world = World()
        world.github.repository.policy = f"rationale: {{criteria: {{{name}: {{mode: {mode}}}}}}}"
        world.github.pull(5, **made)
        await world.pull("opened")
        conclusions.append(world.github.repository.runs[0].conclusion)
    assert conclusions == ["success", "failure"]


@pytest.mark.parametrize(
    ("opened", "conclusion"),
    [
        pytest.param(INSTALLED - timedelta(seconds=1), "success", id="a second before the installation"),
        pytest.param(INSTALLED, "failure", id="at the installation"),
        pytest.param(INSTALLED + timedelta(hours=1), "failure", id="on the first day"),
    ],
)
async def test_what_is_required_fails_work_that_began_after_the_installation_and_none_before(
    world, opened: datetime, conclusion
):
    world.github.installations[INSTALLATION] = INSTALLED.isoformat()
    world.github.pull(5, body="", title="", created_at=opened)
    await world.pull("synchronize")
    assert world.github.repository.runs[0].conclusion == conclusion


async def test_old_work_sees_the_advice_and_why_it_passes(world):
    world.github.pull(5, body=WHAT_ONLY, created_at=BEFORE)
    await world.pull("synchronize")
    [run] = world.github.repository.runs
    assert run.summary.startswith(
        "Nothing required is missing.\n\n"
        "- Opened before Handoff was installed: nothing is required of it, and what is said is advice."
    )
    assert "**[why](" in run.sent["output"]["text"]
    assert world.github.ours(5) == []


async def test_old_work_is_told_of_the_policys_first_day(world):
    world.github.repository.policy = "rationale: {since: 2026-12-01}"
    world.github.pull(5, body=WHAT_ONLY)
    await world.pull("opened")
    assert "Opened before 2026-12-01, the first day that counts here" in world.github.repository.runs[0].summary


async def test_old_work_stays_advised_when_it_is_asked_about_again(world):
    world.github.pull(5, body=WHAT_ONLY, created_at=BEFORE)
    await world.pull("synchronize")
    await world.say(5, "/handoff check", on_pull=True)
    [run] = world.github.repository.runs
    assert run.conclusion == "success"


async def test_an_old_pull_request_that_shares_its_head_with_a_new_one_does_not_hide_its_failure(world):
    world.github.pull(5, body=WHAT_ONLY, created_at=BEFORE)
    world.github.pull(6, body=WHAT_ONLY, base="stable")
    await world.pull("opened", 6)
    [run] = world.github.repository.runs
    assert (run.conclusion, run.sent["external_id"]) == ("failure", "pr:6")


class TestARepositoryThatJoinsAnInstallationLater:
    @pytest.fixture(autouse=True)
    async def joined(self, world):
        world.github.installations[INSTALLATION] = (NOON - timedelta(days=90)).isoformat()
        world.github.pull(5, body=WHAT_ONLY, created_at=NOON - timedelta(days=30))
        there = {"id": world.github.repository.id, "node_id": world.github.repository.node_id}
        await world.deliver("installation_repositories", "added", repositories_added=[there])

    async def test_fails_no_pull_request_that_was_open_when_it_joined(self, world):
        [run] = world.github.repository.runs
        assert run.conclusion == "success"
        assert "Opened before Handoff was installed" in run.summary
        assert world.github.ours(5) == []

    async def test_fails_those_that_came_later(self, world):
        world.github.pull(6, body=WHAT_ONLY, head="b" * 40)
        await world.pull("opened", 6)
        assert world.github.repository.runs[-1].conclusion == "failure"

    async def test_leaves_issues_alone_that_were_assigned_when_it_joined(self, world):
        world.github.issue(1, body=THIN, created_at=NOON - timedelta(days=30), assignees=["eli"])
        await world.issue("edited")
        assert world.github.ours(1) == []


async def test_a_new_installation_writes_nothing_on_the_backlog(world):
    for number in range(1, 4):
        world.github.issue(number, body=THIN, created_at=BEFORE)
    world.github.issue(4, body=THIN, created_at=BEFORE, assignees=["eli"])
    world.github.pull(5, body=WHAT_ONLY, created_at=BEFORE)
    await world.deliver("installation", "created")
    await world.tick(minutes=10)
    assert world.github.writes == []


async def test_the_repositorys_own_templates_earn_nothing(world):
    offered = "The nightly import of `orders.csv` at 02:00 stops with exit code 3 and leaves 200 rows behind."
    world.github.issue(1, body=offered, labels=["handoff"])
    await world.issue("opened")
    before: Any = world.store.verdicts["issue:12:1"]["score"]
    world.github.repository.issue_templates = [offered]
    await world.issue("edited")
    after: Any = world.store.verdicts["issue:12:1"]["score"]
    assert after < before


async def test_a_pull_request_template_of_the_repository_is_no_reason(world):
    world.github.repository.pull_templates = [WHAT_AND_WHY]
    world.github.pull(5, body=WHAT_AND_WHY)
    await world.pull("opened")
    assert world.github.repository.runs[0].conclusion == "failure"


def test_the_defaults_judge_from_the_installation_on():
    assert (DEFAULTS.readiness.since, DEFAULTS.rationale.since) == (None, None)
