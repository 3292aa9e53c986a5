"""The line: so many at once, so many who wait, and the rest are told at once."""

import asyncio

import pytest

from ghapp.web.line import Full, Line


async def test_some_have_their_turn_some_wait_and_one_more_is_sent_away():
    line = Line(at_once=1, waiting=1)
    begun, end = [], asyncio.Event()

    async def visit(name: str) -> None:
        async with line.turn():
            begun.append(name)
            await end.wait()

    first, second = asyncio.create_task(visit("first")), asyncio.create_task(visit("second"))
    await asyncio.sleep(0)
    with pytest.raises(Full):
        await visit("third")
    assert begun == ["first"]
    end.set()
    await asyncio.gather(first, second)
    await visit("fourth")
    assert begun == ["first", "second", "fourth"]


async def test_who_gives_up_leaves_the_place_free():
    line = Line(at_once=1, waiting=1)
    async with line.turn():
        waiting = asyncio.create_task(line.turn().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        another = asyncio.create_task(line.turn().__aenter__())
        await asyncio.sleep(0)
        assert not another.done()
        another.cancel()
        with pytest.raises(asyncio.CancelledError):
            await another
