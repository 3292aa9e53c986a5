"""Digests in both databases: when they are due, and what was told of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ghapp import store
from ghapp.handover.ledger import Handover
from ghapp.handover.posted import Posted, Told, Unsent
from ghapp.store import Installation, Kept, LastGood, Plan
from ghapp.subjects import Kind, Subject

AT = datetime(2026, 3, 3, 1, tzinfo=UTC)
OWN = Subject(kind=Kind.POLICY, installation=5, repository=70)
OWNERS = Subject(kind=Kind.OWNER_POLICY, installation=5)


@pytest.fixture
async def known(url):
    """A store with a hand-over each in repository 70 of installation 5 and in 80 of 6."""
    opened = await store.open(url)
    for number, repository in ((5, 70), (6, 80)):
        subject = Subject(kind=Kind.HANDOVER, installation=number, repository=repository, repository_node="R", number=1)
        ledger = Handover(repository="acme/x", number=1, title="t", contractor="sari", by="dana", picked_up_at=AT)
        await opened.keep_handover(Kept(subject=subject, handover=ledger))
        await opened.keep_installation(Installation(id=number, account="acme", installed_at=AT))
    yield opened
    await opened.close()


def plan(installation: int = 5, *, due: datetime | None = None, policy: str = "", owners: str = "") -> Plan:
    repository = {5: 70, 6: 80}[installation]
    return Plan(installation=installation, repository=repository, policy=policy, owner_policy=owners, due=due)


async def test_what_was_never_planned_is_due(known):
    assert await known.due_digests(AT) == (5, 6)
    await known.keep_plans([])
    await known.keep_plans([plan(5), plan(6)])
    assert await known.due_digests(AT) == ()


async def test_it_is_due_at_its_time(known):
    await known.keep_plans([plan(5, due=AT), plan(6)])
    assert await known.due_digests(AT - timedelta(seconds=1)) == ()
    assert await known.due_digests(AT) == (5,)
    await known.keep_plans([plan(5, due=AT + timedelta(days=1))])
    assert await known.due_digests(AT) == ()


@pytest.mark.parametrize("subject", [OWN, OWNERS], ids=["its-own", "the-owners"])
async def test_it_is_due_when_a_policy_is_another(known, subject):
    await known.keep_plans([plan(5), plan(6)])
    await known.keep_policy(subject, LastGood(oid="abc", text=""))
    assert await known.due_digests(AT) == (5,)
    await known.keep_plans([plan(5, policy="abc") if subject is OWN else plan(5, owners="abc")])
    assert await known.due_digests(AT) == ()


async def test_where_an_owner_suspended_us_nothing_is_due(known):
    await known.keep_installation(Installation(id=6, account="acme", installed_at=AT, suspended=True))
    assert await known.due_digests(AT) == (5,)


async def test_what_was_told_comes_back_as_it_was(known):
    reader = Told(day=date(2026, 3, 3), morning=AT, since=AT, at=AT, until=AT, keys=frozenset({"70#1 to review"}))
    whole = Posted(
        begun=AT, issue=7, readers={"": reader}, unsent=(Unsent(reader="", sections=("ü\0",), due=AT, until=AT),)
    )
    await known.keep_posted(5, "acme/handoff", Posted())
    await known.keep_posted(5, "acme/handoff", whole)
    assert await known.posted(5, "acme/handoff") == whole
    assert await known.posted(6, "acme/handoff") == Posted()


async def test_it_goes_with_its_installation(known):
    await known.keep_plans([plan(5), plan(6)])
    for number in (5, 6):
        await known.keep_posted(number, "70", Posted(issue=number))
    await known.forget_installation(5)
    assert await known.due_digests(AT + timedelta(days=999)) == ()
    assert (await known.posted(5, "70"), (await known.posted(6, "70")).issue) == (Posted(), 6)
