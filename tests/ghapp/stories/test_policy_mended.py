"""A policy file that breaks on the default branch: named where people look, and taken back by itself once mended."""

import pytest

GOOD = "readiness:\n  threshold: 60\n"
BROKEN = "readiness:\n  treshold: 60\n"
NAMED = "`.github/handoff.yml`, has a mistake; its last version without mistakes stays in force."


@pytest.fixture
async def broken(world):
    """A repository whose file has broken since, with an issue and a pull request that were looked at."""

    async def push(text):
        world.github.repository.policy = text
        await world.deliver("push", "")

    await push(GOOD)
    world.github.issue(1, body="It should be faster.", labels=["handoff"])
    world.github.pull(5, body="Adds a retry table.")
    await push(BROKEN)
    await world.issue("opened")
    await world.pull("opened")
    return push


def texts(world):
    return [world.github.ours(1)[0].text, world.github.repository.runs[-1].summary]


async def test_a_broken_file_is_named_once_in_the_comment_and_in_the_check(world, broken):
    assert [text.count(NAMED) for text in texts(world)] == [1, 1]
    assert await world.calls_of(world.issue("edited")) == 1
    assert len(world.github.ours(1)) == 1


@pytest.mark.parametrize("text", [GOOD, "language: en\n"], ids=["as it was", "as something else"])
async def test_once_it_is_mended_nothing_is_said_of_it_any_more(world, broken, text):
    await broken(text)
    assert [NAMED in each for each in texts(world)] == [False, False]


async def test_a_file_that_breaks_again_in_another_place_is_told_as_it_is(world, broken):
    await broken("readiness:\n  treshold: 60\n  comments: always\n")
    assert ["has 2 mistakes" in each for each in texts(world)] == [True, True]


async def test_a_push_that_mends_nothing_looks_at_nothing_again(world, broken):
    before = len(world.github.writes)
    await broken(BROKEN)
    assert len(world.github.writes) == before
