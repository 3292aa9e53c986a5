"""The policy file: the last good one stays in force, and a broken one is named where people look."""

from ghapp.subjects import Kind, Subject

GOOD = "readiness:\n  applies-to:\n    labels: [ready to hand over]\n"
BROKEN = "readiness:\n  treshold: 5\n"
KEY = Subject(kind=Kind.POLICY, installation=99, repository=12).key


async def push(world, text):
    world.github.repository.policy = text
    await world.deliver("push", "")


async def test_a_good_file_is_kept(world):
    await push(world, GOOD)
    assert world.store.policies[KEY].text == GOOD


async def test_with_a_broken_file_the_last_good_one_stays_in_force_and_the_comment_names_it(world):
    await push(world, GOOD)
    await push(world, BROKEN)
    world.github.issue(1, labels=["ready to hand over"])
    await world.issue("labeled")
    [comment] = world.github.ours(1)
    assert "`.github/handoff.yml`, has a mistake; its last version without mistakes stays in force." in comment.text
    assert "stays in force.\n- `/handoff policy` shows the lines.\n" in comment.text
    assert "treshold" not in comment.text
    assert world.store.policies[KEY].text == GOOD


async def test_with_a_broken_file_the_check_is_judged_by_the_defaults_and_says_so(world):
    world.github.repository.policy = BROKEN
    world.github.pull(5)
    await world.pull("opened")
    [run] = world.github.repository.runs
    assert run.conclusion == "failure"
    assert "has a mistake; the defaults are in force." in run.summary
    assert "treshold" in run.sent["output"]["text"]


async def test_after_a_time_without_a_file_a_broken_one_leaves_the_defaults_in_force_and_says_so(world):
    world.github.pull(5)
    await world.pull("opened")
    world.github.repository.policy = BROKEN
    await world.pull("edited")
    [run] = world.github.repository.runs
    assert "has a mistake; the defaults are in force." in run.summary


async def test_a_push_that_leaves_the_file_alone_rings_nothing(world):
    await world.deliver("push", "", commits=[{"added": [], "modified": ["README.md"], "removed": []}])
    assert world.github.calls == []


async def test_a_push_to_another_branch_rings_nothing(world):
    await world.deliver("push", "", ref="refs/heads/next")
    assert world.github.calls == []


async def test_a_push_too_long_to_list_looks_at_the_file_and_at_what_depends_on_it(world):
    await world.deliver("push", "", commits=[{"modified": ["README.md"]}] * 2048)
    assert len(world.github.calls) == 2
