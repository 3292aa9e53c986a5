"""What GitHub really sent: each recorded delivery, signed, has an answer, and what it asks for is on disk."""

import json

from ghapp.github import events
from tests import contract
from tests.fakes import US

INSTALLATION = {"installation": {"id": 99, "node_id": "MDIz"}}  # many were recorded from hooks of a repository


def recorded():
    """Each recorded payload with its event and its number in the file."""
    for path in contract.RECORDED:
        for number, example in enumerate(json.loads(path.read_text(encoding="utf-8"))["examples"]):
            yield path.stem, number, example


async def test_every_recorded_delivery_is_taken_with_all_it_asks_for(door):
    for event, number, example in recorded():
        payload = INSTALLATION | example
        status, guid = await door.deliver(event, payload)
        asked = {job.fold for job in events.jobs(event, payload, app=US)}
        assert (status, {fold for known, fold in door.stored() if known == guid}) == (202, asked or {""}), (
            event,
            number,
        )
        assert asked <= door.waiting()


async def test_a_delivery_that_was_recorded_without_an_app_is_taken_or_refused(door):
    for event, number, example in recorded():
        status, _ = await door.deliver(event, example)
        assert status == 202 or (status == 400 and "installation" not in example), (event, number)


async def test_of_every_recorded_delivery_the_beginning_is_refused(door):
    for event, number, example in recorded():
        text = json.dumps(example)
        assert await door.post(event, text[: len(text) // 2].encode()) == 400, (event, number)
