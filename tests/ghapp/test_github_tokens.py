"""Installation tokens: minted once, kept until shortly before their end, dropped when told."""

import asyncio
from datetime import timedelta

import pytest

from ghapp.github.tokens import Token, Tokens
from tests.fakes import NOON


class Mint:
    """Makes tokens and counts them."""

    def __init__(self):
        self.now = NOON
        self.made = []
        self.fails = 0

    async def __call__(self, installation):
        await asyncio.sleep(0)
        if self.fails:
            self.fails -= 1
            raise ConnectionError
        self.made.append(installation)
        return Token(value=f"ghs_{len(self.made)}", minted_at=self.now, expires_at=self.now + timedelta(hours=1))


@pytest.fixture
def mint():
    return Mint()


@pytest.fixture
def tokens(mint):
    return Tokens(mint, now=lambda: mint.now)


async def test_many_who_ask_at_once_share_one_token(tokens, mint):
    await asyncio.gather(*(tokens.token(1) for _ in range(50)))
    assert mint.made == [1]


async def test_each_installation_has_its_own(tokens, mint):
    assert (await tokens.token(1)).value != (await tokens.token(2)).value


async def test_a_token_is_kept_until_five_minutes_before_its_end(tokens, mint):
    await tokens.token(1)
    mint.now += timedelta(minutes=54, seconds=59)
    await tokens.token(1)
    assert mint.made == [1]
    mint.now += timedelta(seconds=1)
    await tokens.token(1)
    assert mint.made == [1, 1]


async def test_a_dropped_token_is_made_anew(tokens, mint):
    await tokens.token(1)
    tokens.drop(1)
    tokens.drop(2)
    await tokens.token(1)
    assert mint.made == [1, 1]


async def test_a_failure_is_not_kept(tokens, mint):
    mint.fails = 1
    with pytest.raises(ConnectionError):
        await tokens.token(1)
    assert (await tokens.token(1)).value == "ghs_1"


async def test_those_who_wait_for_one_token_share_its_failure_and_need_not_wait_for_each_other(tokens, mint):
    mint.fails = 1
    failed = await asyncio.gather(*(tokens.token(1) for _ in range(5)), return_exceptions=True)
    assert [type(error) for error in failed] == [ConnectionError] * 5
    assert (await tokens.token(1)).value == "ghs_1"


async def test_one_who_gives_up_does_not_take_the_token_from_the_others(tokens, mint):
    first, second = asyncio.ensure_future(tokens.token(1)), asyncio.ensure_future(tokens.token(1))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).value == "ghs_1"


async def test_a_token_is_never_shown(tokens):
    assert "ghs_" not in repr(await tokens.token(1))
