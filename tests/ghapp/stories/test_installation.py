"""Installations: kept while they are there, forgotten when they go."""

import pytest

from tests.fakes import INSTALLATION


async def deliver(world, action):
    await world.deliver("installation", action)


async def test_a_new_installation_is_kept_with_its_day(world):
    await deliver(world, "created")
    kept = world.store.installations[INSTALLATION]
    assert (kept.account, kept.suspended, kept.installed_at.year) == ("acme", False, 2026)


async def test_a_suspended_installation_is_known_as_such(world):
    world.github.suspended.add(INSTALLATION)
    await deliver(world, "suspend")
    assert world.store.installations[INSTALLATION].suspended


async def test_a_deleted_installation_is_forgotten(world):
    await deliver(world, "created")
    world.github.installations.clear()
    await deliver(world, "deleted")
    assert (world.store.installations, world.store.forgotten) == ({}, [INSTALLATION])


@pytest.mark.parametrize("action", ["created", "suspend", "unsuspend", "new_permissions_accepted", "deleted"])
async def test_the_token_is_dropped_because_what_it_may_do_was_fixed_when_it_was_made(world, action):
    await deliver(world, action)
    assert world.dropped_tokens == [INSTALLATION]
