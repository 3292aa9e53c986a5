"""What recovery remembers, on both databases."""

from datetime import timedelta

import pytest

from ghapp import store
from ghapp.queue.retry import BackOff
from ghapp.store import Installation, Missed, Swept
from ghapp.subjects import SWEEP, Delivery, Kind, Subject
from tests.ghapp.runs import Runs, execute, issue, look, opened, until_dead, working
from tests.ghapp.test_store import AT

PULLS = Subject(kind=Kind.OPEN_PULLS, installation=5)


@pytest.fixture
async def known(url):
    ours = await store.open(url)
    yield ours
    await ours.close()


def missed(guid: str, *, minutes: int = 0, installation: int = 5) -> Missed:
    failed_at = AT - timedelta(minutes=minutes)
    return Missed(guid=guid, delivery=2**40, installation=installation, event="issues", failed_at=failed_at, due=AT)


async def bury(url: str) -> None:
    runs = Runs()
    runs.fail(look(1), ValueError("broken"))
    async with opened(url, backoff=BackOff(attempts=1)) as ours:
        await ours.ring(look(1))
        async with working(ours, runs):
            await until_dead(ours)


class TestRecovery:
    async def test_how_far_each_subject_was_looked_over_is_its_own(self, known):
        assert await known.swept(SWEEP) is None
        await known.keep_swept(SWEEP, Swept(at=AT))
        await known.keep_swept(PULLS, Swept(at=None, page=7))
        await known.keep_swept(PULLS, Swept(at=AT, page=8))
        assert (await known.swept(SWEEP), await known.swept(PULLS)) == (Swept(at=AT), Swept(at=AT, page=8))

    async def test_a_delivery_is_held_from_its_ring_on(self, known, url):
        async with opened(url) as ours:
            await ours.ring(look(1), look(2), delivery=Delivery(guid="taken", event="issues"))
        assert await known.held(["taken", "lost"]) == {"taken"}
        assert await known.held([]) == frozenset()

    async def test_what_is_missed_comes_newest_first_and_only_so_many(self, known):
        await known.note_missed([missed("old", minutes=9), missed("new", minutes=1), missed("older", minutes=30)])
        assert [each.guid for each in await known.missed(now=AT, most=2)] == ["new", "old"]

    async def test_what_is_noted_again_keeps_its_count(self, known):
        await known.note_missed([missed("a")])
        later = Missed(guid="a", delivery=1, installation=5, event="issues", failed_at=AT, due=AT, asked=3)
        await known.keep_missed(later)
        await known.note_missed([missed("a"), missed("b")])
        assert {each.guid: each.asked for each in await known.missed(now=AT, most=9)} == {"a": 3, "b": 0}

    async def test_what_is_not_due_waits(self, known):
        await known.note_missed([missed("a")])
        assert await known.missed(now=AT - timedelta(seconds=1), most=9) == ()

    async def test_what_came_is_forgotten(self, known, url):
        await known.note_missed([missed("a"), missed("b")])
        async with opened(url) as ours:
            await ours.ring(delivery=Delivery(guid="a", event="issues"))
        assert [each.guid for each in await known.missed(now=AT, most=9)] == ["b"]

    async def test_what_is_given_up_is_asked_for_no_more(self, known):
        await known.note_missed([missed("a")])
        await known.forget_missed("a")
        assert await known.missed(now=AT, most=9) == ()

    async def test_the_subjects_with_a_dead_letter_are_told(self, known, url):
        await bury(url)
        assert await known.given_up([issue(1), issue(2)]) == {issue(1).key}

    async def test_installations_come_back_with_what_they_lack(self, known):
        lacking = Installation(id=5, account="acme", installed_at=AT, lacks=("checks: write", "issues: write"))
        other = Installation(id=6, account="other", installed_at=AT, suspended=True)
        await known.keep_installation(other)
        await known.keep_installation(lacking)
        assert await known.installations() == (lacking, other)

    @pytest.mark.parametrize(("installation", "left"), [(5, 0), (6, 1)])
    async def test_a_forgotten_installation_leaves_nothing_behind_and_others_all(self, known, url, installation, left):
        await bury(url)
        await known.note_missed([missed("a")])
        await known.keep_swept(PULLS, Swept(at=AT))
        await known.forget_installation(installation)
        assert execute(url, "SELECT count(*) FROM dead_letters") == [(left,)]
        assert len(await known.missed(now=AT, most=9)) == left
        assert (await known.swept(PULLS) is not None) == bool(left)
