"""What an operator is shown of the queue, on both databases; and what is taken up again when GitHub lets us."""

from ghapp.errors import Refused
from ghapp.queue.refused import replay_refused
from ghapp.queue.retry import BackOff
from ghapp.subjects import Delivery
from tests.ghapp.runs import NEVER, Runs, delivery, look, opened, until_dead, working


class TestListing:
    async def test_what_waits_is_told_with_the_time_of_the_first_delivery_that_rang_it(self, url):
        async with opened(url) as ours:
            await ours.ring(look(1), delivery=delivery("one"))
            await ours.ring(look(1), delivery=delivery("two"))
            await ours.ring(look(2))
            first, second = await ours.pending(most=9)
            [one, two] = await ours.received(look(1).fold)
        assert (first.job, first.attempts, first.since) == (look(1), 0, one.received_at)
        assert (second.fold, second.since) == (look(2).fold, None)
        assert [one.guid, two.guid, two.done_at] == ["one", "two", None]

    async def test_failures_are_counted(self, url):
        runs = Runs()
        runs.fail(look(1), ValueError("broken"))
        async with opened(url, backoff=NEVER) as ours:
            await ours.ring(look(1))
            async with working(ours, runs):
                await runs.until(ended=1)
            [pending] = await ours.pending(most=9)
        assert pending.attempts == 1
        assert pending.due is not None

    async def test_no_more_than_asked_for_is_told(self, url):
        async with opened(url) as ours:
            for number in range(1, 6):
                await ours.ring(look(number))
            assert len(await ours.pending(most=3)) == 3

    async def test_a_delivery_is_found_by_its_guid(self, url):
        async with opened(url) as ours:
            await ours.ring(look(1), look(2), delivery=delivery("one"))
            await ours.ring(delivery=Delivery(guid="ping", event="ping"))
            assert [each.fold for each in await ours.received("one")] == [look(1).fold, look(2).fold]
            [ping] = await ours.received("ping")
            assert await ours.received("never") == ()
        assert (ping.fold, ping.done_at) == ("", ping.received_at)


async def test_what_was_refused_to_an_installation_is_rung_again_and_nothing_else(url):
    runs = Runs()
    refused, of_another, broken = look(1), look(2, installation=6), look(3)
    runs.fail(refused, Refused("403"), Refused("403"))
    runs.fail(of_another, Refused("403"), Refused("403"))
    runs.fail(broken, ValueError("ours"), ValueError("ours"))
    async with opened(url, backoff=BackOff(attempts=2, first=0.01)) as ours:
        await ours.ring(refused, of_another, broken)
        async with working(ours, runs):
            while len(await until_dead(ours)) < 3:
                pass
        await replay_refused(ours, 5)
        assert {letter.fold for letter in await ours.dead_letters()} == {of_another.fold, broken.fold}
        assert [each.fold for each in await ours.pending(most=9)] == [refused.fold]
