"""The kill script for a short while; `python -m bench.kill` does it for long."""

import random

from bench.kill import kills

KILLS = 3


async def test_what_a_server_accepted_before_it_was_killed_is_reflected_once(url, tmp_path):
    books = await kills(url, tmp_path, times=KILLS, chance=random.Random(7))
    assert books.accepted
    assert (books.lost, books.duplicated) == ((), ())
