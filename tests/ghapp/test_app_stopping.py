"""The end: asked for once, one deadline for all, and a part that fails ends the others."""

import asyncio

import pytest

from ghapp.app.stopping import Parts, Stop


class Several:
    """Parts that end in the ways parts do, and what became of them."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop
        self.ends: list[str] = []

    async def willing(self) -> None:
        await self.stop.asked()
        self.ends.append("willing")

    async def stubborn(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.ends.append("cancelled")

    async def failing(self) -> None:
        raise ValueError("it broke")


async def ended(parts, stop: Stop) -> None:
    running = Parts(stop)
    running.begin(*parts)
    await running.end()


async def test_parts_end_when_they_are_asked_to():
    stop = Stop()
    parts = Several(stop)
    running = asyncio.create_task(ended([parts.willing(), parts.willing()], stop))
    stop.ask()
    await running
    assert parts.ends == ["willing", "willing"]


async def test_what_is_at_hand_at_the_deadline_is_cancelled_and_that_is_no_failure():
    stop = Stop(grace=0.01)
    parts = Several(stop)
    running = asyncio.create_task(ended([parts.willing(), parts.stubborn(), parts.stubborn()], stop))
    stop.ask()
    await running
    assert parts.ends == ["willing", "cancelled", "cancelled"]


async def test_a_part_that_begins_later_ends_with_the_others():
    stop = Stop()
    parts, running = Several(stop), Parts(stop)
    running.begin(parts.willing())
    running.begin(parts.willing())
    stop.ask()
    await running.end()
    assert parts.ends == ["willing", "willing"]


async def test_a_part_that_fails_ends_the_others_and_is_told():
    stop = Stop()
    parts = Several(stop)
    with pytest.raises(ValueError, match="it broke"):
        await ended([parts.willing(), parts.failing()], stop)
    assert parts.ends == ["willing"]


async def test_asking_again_moves_no_deadline():
    stop = Stop(grace=0.0)
    assert not await stop.asked(within=0)
    stop.ask()
    stop.ask()
    assert await stop.asked(within=0)
    assert stop.left() == 0
