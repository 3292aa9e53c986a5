"""The owner's policy: read with every look, laid under the repository's own, locked where the owner says so."""

from dataclasses import replace

import pytest

from config.load import PATH
from ghapp.errors import Again
from ghapp.github import queries
from ghapp.subjects import Kind, Subject
from tests import fake_queries
from tests.fake_state import FakeRepository
from tests.fakes import INSTALLATION, US, Response

OWNER = Subject(kind=Kind.OWNER_POLICY, installation=INSTALLATION)
STRICT = "readiness: {threshold: 100}\nrationale: {criteria: {verification: {mode: required}}}\n"
REASON = "Invoices that fail are tried again, because customers were billed twice last week."
BROKEN = "readiness: {treshold: 5}\n"
QUIET = "rationale: {comment: silent}\n"


@pytest.fixture
def owners(world):
    """The owner's `.github` repository, which our App is installed on."""
    there = FakeRepository(id=13, node_id="R_acme_github", name="acme/.github")
    world.github.others.append(there)
    return there


@pytest.fixture
def pull(world):
    return world.github.pull(5, body=REASON)


def run(world):
    [only] = world.github.repository.runs
    return only


def repository(called, **parts):
    return {"id": 13, "node_id": "R_acme_github", "name": called, "default_branch": "main", **parts}


async def push_owners(world, owners, text):
    owners.policy = text
    await world.deliver("push", "", repository=repository(".github"))


# What holds


@pytest.mark.usefixtures("pull")
async def test_the_owners_policy_holds_where_the_repository_says_nothing(world, owners):
    owners.policy = STRICT
    await world.pull("opened")
    assert run(world).conclusion == "failure"


@pytest.mark.usefixtures("pull")
async def test_the_repositorys_own_value_goes_before_its_owners(world, owners):
    owners.policy = STRICT
    world.github.repository.policy = "rationale: {criteria: {verification: {mode: advisory}}}"
    await world.pull("opened")
    assert run(world).conclusion == "success"


@pytest.mark.usefixtures("pull")
async def test_a_locked_value_holds_and_the_check_names_who_locks_it(world, owners):
    owners.policy = f"lock: [rationale.criteria]\n{STRICT}"
    world.github.repository.policy = "rationale: {criteria: {verification: {mode: advisory}}}\nlanguage: en\n"
    await world.pull("opened")
    assert run(world).conclusion == "failure"
    assert (
        "This repository's policy file, `.github/handoff.yml`, sets a key that `acme/.github` locks; its value holds."
    ) in run(world).summary
    assert f"as acme/.github/{PATH}:1 locks" in run(world).sent["output"]["text"]


@pytest.mark.usefixtures("pull")
async def test_the_verdict_names_the_files_it_was_judged_under_nearest_first(world, owners):
    owners.policy = STRICT
    world.github.repository.policy = "rationale: {size: 50}"
    await world.pull("opened")
    [verdict] = world.store.verdicts.values()
    assert verdict["policy"]["origins"] == [PATH, f"acme/.github/{PATH}", "defaults"]


async def test_in_the_owners_own_repository_its_file_is_the_owners_and_may_lock(world, owners, pull):
    owners.policy = f"lock: [rationale]\n{STRICT}"
    world.github.repository, world.github.others = owners, [world.github.repository]
    owners.issues[5] = pull
    await world.pull("opened", repository=repository(".github"))
    [only] = owners.runs
    assert only.conclusion == "failure"
    assert "mistake" not in only.summary
    assert "locks" not in only.summary


# What it costs


@pytest.fixture
async def known(world):
    """An installation that is known, as its first look makes it."""
    await world.context().installation(INSTALLATION)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("text", [None, "", QUIET, BROKEN])
async def test_an_owners_policy_costs_no_call(world, owners, text, pull):
    await push_owners(world, owners, text)
    assert await world.calls_of(world.pull("opened")) == 2
    assert await world.calls_of(world.pull("edited")) == 1
    pull.labels = ["x"]
    assert await world.calls_of(world.pull("labeled")) == 1


@pytest.mark.usefixtures("pull", "known")
async def test_an_owner_without_such_a_repository_costs_no_call(world):
    assert await world.calls_of(world.pull("opened")) == 2
    assert await world.calls_of(world.pull("edited")) == 1


# What is not there for us


@pytest.mark.usefixtures("pull")
async def test_a_public_repository_that_the_app_is_not_installed_on_counts(world, owners):
    world.github.public, world.github.others = [owners], []
    owners.policy = STRICT
    await world.pull("opened")
    assert run(world).conclusion == "failure"


@pytest.mark.usefixtures("pull")
async def test_a_private_repository_that_the_app_is_not_installed_on_is_no_owners_policy(world, owners):
    owners.policy = STRICT
    world.github.others = []
    await world.pull("opened")
    assert run(world).conclusion == "success"


def partly(world, owners, kind, *path):
    """Let GitHub answer the next query with an error, and null at its place."""
    github = world.github
    variables = {"repository": "R_acme_billing", "number": 5}
    body = fake_queries.answer(github.repository, queries.PULL, variables, app=US, owners=owners)
    place = body["data"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = None
    body["errors"] = [{"type": kind, "path": list(path), "message": "No"}]
    github.refusals.append(("graphql", Response(200, body)))


@pytest.mark.parametrize("kind", ["INTERNAL", None, "SERVICE_UNAVAILABLE"])
@pytest.mark.parametrize("path", [("repository",), ("repository", "ownerPolicy")], ids=len)
async def test_an_error_is_never_no_policy_and_never_a_failing_check(world, owners, pull, kind, path):
    owners.policy = STRICT
    partly(world, owners, kind, "node", "owner", *path)
    with pytest.raises(Again):
        await world.pull("opened")
    assert world.github.repository.runs == []


@pytest.mark.usefixtures("pull")
async def test_a_repository_we_may_not_read_is_no_owners_policy(world, owners):
    owners.policy = STRICT
    partly(world, owners, "FORBIDDEN", "node", "owner", "repository", "ownerPolicy")
    await world.pull("opened")
    assert run(world).conclusion == "success"


@pytest.mark.usefixtures("pull")
async def test_an_owners_policy_that_is_suddenly_hidden_holds_until_it_was_looked_for_again(world, owners):
    await push_owners(world, owners, STRICT)
    partly(world, owners, "NOT_FOUND", "node", "owner", "repository")
    await world.pull("opened")
    assert run(world).conclusion == "failure"
    assert world.store.policies[OWNER.key].text == STRICT


@pytest.mark.usefixtures("pull")
async def test_an_owners_policy_that_is_gone_is_believed_after_a_few_seconds(world, owners):
    await push_owners(world, owners, STRICT)
    await world.pull("opened")
    world.github.others.clear()
    await world.pull("edited")
    assert len(world.github.paused) == 2
    assert world.store.policies[OWNER.key].text == ""
    assert run(world).conclusion == "success"


# What is broken


@pytest.mark.usefixtures("pull")
async def test_with_a_broken_owners_file_the_last_good_one_holds_and_it_is_said_without_its_text(world, owners):
    await push_owners(world, owners, STRICT)
    await push_owners(world, owners, BROKEN)
    await world.pull("opened")
    assert run(world).conclusion == "failure"
    assert (
        "The policy file in `acme/.github` has a mistake; its last version without mistakes stays in force."
    ) in run(world).summary
    assert "treshold" not in str(run(world).sent)


@pytest.mark.usefixtures("pull")
async def test_an_owners_file_that_never_was_good_is_left_out(world, owners):
    owners.policy = BROKEN
    await world.pull("opened")
    assert run(world).conclusion == "success"
    assert "The policy file in `acme/.github` has a mistake; it is left out." in run(world).summary


@pytest.mark.usefixtures("pull")
async def test_a_mended_owners_file_holds_by_itself(world, owners):
    await push_owners(world, owners, BROKEN)
    await world.pull("opened")
    await push_owners(world, owners, STRICT)
    assert run(world).conclusion == "failure"
    assert "mistake" not in run(world).summary


@pytest.mark.usefixtures("pull")
async def test_a_repositorys_broken_file_leaves_its_owners(world, owners):
    owners.policy = STRICT
    world.github.repository.policy = BROKEN
    await world.pull("opened")
    assert run(world).conclusion == "failure"
    assert "has a mistake; that of `acme/.github` is in force." in run(world).summary


# What is looked at again


@pytest.mark.usefixtures("pull")
async def test_a_change_of_the_owners_file_is_seen_by_open_pull_requests_without_anybody_touching_them(world, owners):
    await world.pull("opened")
    assert run(world).conclusion == "success"
    await push_owners(world, owners, STRICT)
    assert run(world).conclusion == "failure"


@pytest.mark.usefixtures("pull")
async def test_a_change_of_a_public_file_that_nobody_tells_us_of_is_noticed_by_the_next_look_at_anything(world, owners):
    world.github.public, world.github.others = [owners], []
    await world.pull("opened")
    world.github.issue(1)
    owners.policy = STRICT
    await world.issue("opened")
    assert run(world).conclusion == "failure"


async def test_what_is_looked_at_again_is_backlog(world, owners, pull):
    await world.pull("opened")
    rung = []
    ring = world.queue.ring

    async def overhear(*jobs, delivery=None):
        rung.extend(jobs)
        return await ring(*jobs, delivery=delivery)

    world.queue.ring = overhear
    await push_owners(world, owners, STRICT)
    told = {(job.subject.kind, job.why, job.is_backlog) for job in rung}
    assert told == {
        (Kind.OWNER_POLICY, "push", False),
        (Kind.POLICY, "policy.owner", True),
        (Kind.PULL, "policy.changed", True),
    }


@pytest.mark.usefixtures("pull")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, "# later\n", id="nothing"),
        pytest.param("readiness: {threshold: 60}", "readiness: {threshold: 60} # as before\n", id="the same"),
        pytest.param(QUIET, BROKEN, id="a mistake"),
    ],
)
async def test_a_change_that_asks_nothing_else_is_one_call(world, owners, before, after):
    await push_owners(world, owners, before)
    await world.pull("opened")
    assert await world.calls_of(push_owners(world, owners, after)) == 1


@pytest.mark.usefixtures("pull")
async def test_what_is_judged_the_same_is_not_looked_at_again(world, owners):
    world.github.repository.policy = "readiness: {threshold: 50}"
    await world.pull("opened")
    calls = await world.calls_of(push_owners(world, owners, "readiness: {threshold: 60}"))
    assert calls == 2 + 2 * 2  # the file and the list; then for each repository its file and what is open there


@pytest.mark.usefixtures("pull")
async def test_only_the_kind_of_subject_whose_section_changed_is_looked_at_again(world, owners):
    world.github.issue(1, labels=["handoff"])
    await world.issue("opened")
    await world.pull("opened")
    before = dict(world.store.verdicts)
    calls = await world.calls_of(push_owners(world, owners, "rationale: {size: 50}"))
    assert calls == 2 + 2 * 2 + 2  # the pull request, and its check run
    changed = [key for key, verdict in world.store.verdicts.items() if verdict != before[key]]
    assert changed == ["pull:12:5"]


async def test_what_is_closed_or_was_never_judged_is_not_looked_at(world, owners):
    world.github.pull(5, body=REASON)
    await world.pull("opened")
    world.github.repository.issues[5].state = "CLOSED"
    world.github.issue(1)
    assert await world.calls_of(push_owners(world, owners, STRICT)) == 2 + 2 * 2


async def test_more_than_a_hundred_open_ones_are_all_looked_at(world, owners):
    for number in range(1, 103):
        world.github.pull(number, head=f"{number:040x}", body=REASON)
        await world.pull("opened", number)
    await push_owners(world, owners, STRICT)
    assert {each.conclusion for each in world.github.repository.runs} == {"failure"}


async def test_a_push_to_a_repositorys_own_file_is_seen_by_its_open_pull_requests(world, pull):
    await world.pull("opened")
    world.github.repository.policy = STRICT
    await world.deliver("push", "")
    assert run(world).conclusion == "failure"


@pytest.mark.usefixtures("pull")
@pytest.mark.parametrize(
    ("action", "changes"),
    [("transferred", {}), ("edited", {"default_branch": {"from": "trunk"}})],
)
async def test_what_gives_a_repository_another_file_is_seen_by_its_open_pull_requests(world, action, changes):
    await world.pull("opened")
    world.github.repository.policy = STRICT
    await world.deliver("repository", action, changes=changes)
    assert run(world).conclusion == "failure"


@pytest.mark.usefixtures("pull")
@pytest.mark.parametrize(
    ("action", "name", "changes"),
    [
        ("renamed", "templates", {"repository": {"name": {"from": ".github"}}}),
        ("privatized", ".github", {}),
        ("transferred", ".github", {}),
        ("edited", ".github", {"default_branch": {"from": "main"}}),
    ],
)
async def test_what_takes_an_owners_file_away_is_seen_everywhere(world, owners, action, name, changes):
    await push_owners(world, owners, STRICT)
    await world.pull("opened")
    owners.name, owners.policy = (f"acme/{name}", None) if name == ".github" else (f"acme/{name}", STRICT)
    await world.deliver("repository", action, changes=changes, repository=repository(name))
    assert run(world).conclusion == "success"


@pytest.mark.usefixtures("pull")
@pytest.mark.parametrize(
    ("action", "changes"),
    [
        ("edited", {"description": {"from": "x"}}),
        ("archived", {}),
        ("renamed", {"repository": {"name": {"from": "x"}}}),
    ],
)
async def test_what_changes_no_policy_rings_nothing(world, action, changes):
    await world.deliver("repository", action, changes=changes)
    assert world.github.calls == []


async def test_an_owner_with_many_repositories_has_each_looked_at(world, owners, pull):
    world.github.others += [
        replace(owners, id=100 + n, node_id=f"R_{n}", name=f"acme/r{n}", policy=None) for n in range(150)
    ]
    await world.pull("opened")
    await push_owners(world, owners, STRICT)
    looked = [call for call in world.github.calls if call.body and "query Backlog(" in str(call.body.get("query"))]
    assert len(looked) == 152
