"""Deliveries of any shape: 202 with everything on disk, or 400; never a 5xx and no exception in the log."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github import events
from tests.fakes import US, delivery
from tests.fuzz.effort import tries

TRAPS = st.sampled_from(
    ["\ud800", "\0", "", "9" * 300, "-1", "a\nb", 0, -1, 2**63, 10**400, 1.5, 1e308, "\u202e", "<!--", "x" * 10_000]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | TRAPS
JSON = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
    max_leaves=6,
)


def places(part, path=()):
    """Every way into a payload, the outermost first."""
    below = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in below:
        yield (*path, key)
        yield from places(value, (*path, key))


READ = {"action", "installation", "repository", "sender", "issue", "comment", "pull_request", "check_run", "ref"} | {
    "check_suite", "merge_group", "commits", "id", "node_id", "number", "login", "type", "sha", "head", "head_sha",
    "app", "body", "user", "external_id", "default_branch", "added", "modified", "removed", "head_branch",
}  # fmt: skip


@st.composite
def spoilt(draw, event):
    """A valid payload in which some values are gone, of another type, one level deeper, or there twice."""
    payload = copy.deepcopy(delivery(event))
    for _ in range(draw(st.integers(1, 3))):
        read = [path for path in places(payload) if path[-1] in READ]
        *way, last = draw(st.sampled_from(read or list(places(payload)) or [("x",)]))
        holder = payload
        for key in way:
            holder = holder[key]
        match draw(st.sampled_from(["gone", "other", "deeper", "listed", "text"])):
            case "gone":
                del holder[last]
            case "other":
                holder[last] = draw(JSON)
            case "deeper":
                holder[last] = {"x": holder[last], str(last): holder[last]}
            case "listed":
                holder[last] = [holder[last]] * 2
            case _:
                holder[last] = json.dumps(holder[last])
    return payload


@pytest.mark.parametrize("event", [*sorted(events.EVENTS), "ping"])
@tries(30)
@given(st.data())
async def test_a_spoilt_payload_is_stored_whole_or_refused(door, event, data):
    payload = data.draw(spoilt(event))
    status, guid = await door.deliver(event, payload)
    assert door.faults == []
    assert status in (202, 400)
    kept = {fold for known, fold in door.stored() if known == guid}
    if status == 400:
        assert not kept
        return
    asked = {job.fold for job in events.jobs(event, json.loads(json.dumps(payload)), app=US)}
    assert kept == (asked or {""})
    assert asked <= door.waiting()


@tries(40)
@given(event=st.from_regex(r"[a-z_]{1,30}", fullmatch=True), action=JSON | TRAPS)
async def test_an_event_that_nobody_knows_is_recorded(door, event, action):
    status, guid = await door.deliver(event, {"action": action})
    assert door.faults == []
    assert (status == 202) is (guid in {known for known, _ in door.stored()})
    assert status in (202, 400)
