"""What handlers are given: policies are loaded once for each text, and long work leaves the event loop alone."""

import threading
from dataclasses import replace

from ghapp import context
from ghapp.github.facts import OwnerFile, PolicyFile
from ghapp.subjects import Kind, Subject
from tests.world import World

SUBJECT = Subject(kind=Kind.PULL, installation=99, repository=12, number=5)
FILE = PolicyFile(oid="1", text="readiness:\n  threshold: 61\n")


async def test_work_apart_lets_others_go_on():
    gate = threading.Event()
    waiting = context.apart(lambda: gate.wait(timeout=30))
    threading.Timer(0, gate.set).start()
    assert await waiting


async def test_no_more_than_two_works_are_done_at_once():
    assert context._THREADS._max_workers == 2


async def test_the_same_policy_text_is_loaded_once():
    world = World()
    first = await world.context().policy(SUBJECT, FILE)
    again = await world.context().policy(replace(SUBJECT, number=6), FILE)
    assert again.loaded is first.loaded


OWNERS = OwnerFile(repository="acme/.github", is_there=True, oid="9", text="readiness:\n  threshold: 50\n")


async def test_what_a_file_would_make_is_told_and_nothing_is_kept():
    world = World()
    file = PolicyFile(oid="2", text="rationale: {size: 5}", owner=OWNERS)
    would = (await context.standing_policy(world.store, SUBJECT, file)).loaded.policy
    assert (would.rationale.size, would.readiness.threshold) == (5, 50)
    assert (world.store.policies, world.queue.waiting) == ({}, [])


async def test_an_owners_mistakes_are_told_in_the_owners_repository():
    owners = replace(OWNERS, text="x: 1")
    [note] = (await World().context().policy(SUBJECT, PolicyFile(owner=owners, is_owners=True))).notes
    assert "found the unknown key `x`" in note


async def test_a_policy_file_that_is_no_text_is_a_mistake():
    found = await World().context().policy(SUBJECT, PolicyFile(oid="2", text=None))
    assert len(found.notes) == 1
