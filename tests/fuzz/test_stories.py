"""Whatever people write, and wherever: what we post stays ours and harmless, and only what was asked for happens."""

from hypothesis import given
from hypothesis import strategies as st

from ghapp.render.sticky import MARKER
from tests.fuzz.effort import tries
from tests.fuzz.hostile import HOSTILE, assert_postable, assert_sticky, is_seen
from tests.world import World

CALLS = st.sampled_from(["/handoff check", "/handoff help", "/handoff launch", "/handoff", "/HANDOFF Check now"])
NAMES = HOSTILE.map(lambda text: text.encode(errors="ignore").decode())  # of labels: GitHub stores none but whole ones
HIDING = st.sampled_from(["`{}`", "```\n{}\n```", "> {}", "<!-- {} -->", "- {}", "x {}", "    {}"])


@tries(30)
@given(title=HOSTILE, body=HOSTILE, words=NAMES)
async def test_an_issue_gets_one_harmless_comment_and_forged_ones_stay(title, body, words):
    world = World()
    world.github.issue(1, title=title, body=f"{MARKER}\n{body}", labels=["handoff", words], assignees=["mallory"])
    forged = world.github.comment(1, f"{MARKER}\n{words}", "mallory")
    robots = world.github.comment(1, f"{MARKER}\n{words}", "helper[bot]")
    await world.issue("opened")
    await world.issue("edited")
    [comment] = world.github.ours(1)
    assert_sticky(comment.text)
    assert (forged.text, robots.text) == (f"{MARKER}\n{words}", f"{MARKER}\n{words}")


@tries(30)
@given(title=HOSTILE, body=HOSTILE, words=HOSTILE, exempt=st.booleans())
async def test_a_pull_request_gets_one_harmless_check_run(title, body, words, exempt):
    world = World()
    name = words or "x"
    label = "no rationale" if exempt else name
    world.github.repository.policy = "rationale: {exempt: {labels: ['no rationale']}}"
    issue = world.github.issue(3, title=words, body=body)
    world.github.pull(
        5, title=title, body=body, labels=[label], branch=name, files=[(name, 900, 3)], closes=[issue.number]
    )
    await world.pull("opened")
    [run] = world.github.repository.runs
    assert is_seen(run.title)
    assert_postable(run.summary)
    assert_postable(str(run.sent["output"].get("text") or ""))
    for comment in world.github.ours(5):
        assert_sticky(comment.text)


@tries(30)
@given(call=CALLS, words=HOSTILE)
async def test_a_strangers_command_is_answered_harmlessly_and_not_obeyed(call, words):
    world = World()
    world.github.issue(1, body="Make invoices retry.", association="NONE", author="pat")
    await world.say(1, f"{call} {words}", "mallory")
    assert len(world.github.ours(1)) <= 1
    for comment in world.github.ours(1):
        assert_postable(comment.text)
        assert not comment.text.startswith(MARKER)
    assert world.store.verdicts == {}


@tries(40)
@given(call=CALLS, place=HIDING, words=HOSTILE)
async def test_a_hidden_command_and_a_robots_change_nothing(call, place, words):
    world = World()
    world.github.issue(1, body="Make invoices retry.")
    await world.say(1, place.format(call))
    await world.say(1, f"{call} {words}", "helper[bot]")
    assert world.github.calls == []
