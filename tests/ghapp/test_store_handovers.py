"""Ledgers of hand-overs in the store, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checks.subject import AcceptanceCriterion
from config.people import Role
from ghapp import store
from ghapp.handover.ledger import Handover, Move, Question, Why
from ghapp.store import Kept
from ghapp.subjects import Kind, Subject
from tests.ghapp.runs import execute

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST = Subject(kind=Kind.HANDOVER, installation=5, repository=70, repository_node="R_1", number=12)
SECOND = replace(FIRST, number=13)
ELSEWHERE = replace(FIRST, repository=71, repository_node="R_2")
OTHERS = replace(FIRST, installation=6, repository=72)

LEDGER = Handover(
    repository="acme/billing",
    number=12,
    title="bröken \x00 \ud800 “text”",
    contractor="sari",
    by="dana",
    picked_up_at=AT,
    spec="Failed invoices are retried.",
    criteria=(AcceptanceCriterion("AC1", "`POST /retry` answers 202", 3),),
    questions=(
        Question(id="Q1", comment=4_000_000_000, place=0, pull=0, text="How often?", criterion="", by="sari", at=AT),
    ),
    moves=(Move(owner="sari", side=Role.CONTRACTOR, since=AT, why=Why.START),),
    told=frozenset({"not-ready 2026-03-02T09:00:00Z"}),
)


@pytest.fixture
async def known(url):
    opened = await store.open(url)
    yield opened
    await opened.close()


def kept(subject: Subject, *, due: datetime | None = None, **changes: object) -> Kept:
    return Kept(subject=subject, handover=replace(LEDGER, number=subject.number, **changes), due=due)


class TestHandovers:
    async def test_what_was_never_handed_over_has_no_ledger(self, known):
        assert await known.handover(FIRST) is None
        assert await known.handovers(installation=5) == ()
        assert await known.due_handovers(AT) == ()

    async def test_a_ledger_comes_back_as_it_was(self, known):
        await known.keep_handover(kept(FIRST))
        assert await known.handover(FIRST) == LEDGER

    async def test_the_newest_ledger_replaces_the_one_before(self, known):
        await known.keep_handover(kept(FIRST))
        await known.keep_handover(kept(FIRST, title="Retry"))
        found = await known.handovers(installation=5)
        assert [each.handover.title for each in found] == ["Retry"]

    async def test_those_of_an_installation_or_a_repository_come_in_their_order(self, known):
        for subject in (ELSEWHERE, SECOND, OTHERS, FIRST):
            await known.keep_handover(kept(subject))
        of_all = await known.handovers(installation=5)
        of_one = await known.handovers(installation=5, repository=70)
        assert [each.subject for each in of_all] == [FIRST, SECOND, ELSEWHERE]
        assert [each.subject for each in of_one] == [FIRST, SECOND]

    async def test_ended_ones_come_when_they_are_asked_for(self, known):
        await known.keep_handover(kept(FIRST, ended_at=AT))
        await known.keep_handover(kept(SECOND))
        without = await known.handovers(installation=5)
        every = await known.handovers(installation=5, ended=True)
        assert ([each.subject for each in without], [each.subject for each in every]) == ([SECOND], [FIRST, SECOND])

    async def test_those_that_a_pull_request_answers_are_found_by_it(self, known):
        await known.keep_handover(kept(FIRST, pulls=(15, 7), ended_at=AT))
        await known.keep_handover(kept(SECOND, pulls=(5,)))
        await known.keep_handover(kept(ELSEWHERE, pulls=(5,)))
        found = [
            [each.subject for each in await known.handovers_of(replace(FIRST, kind=Kind.HANDBACK, number=number))]
            for number in (5, 15, 7, 1)
        ]
        assert found == [[SECOND], [FIRST], [FIRST], []]

    async def test_what_is_due_comes_the_longest_overdue_first(self, known):
        await known.keep_handover(kept(FIRST, due=AT - timedelta(minutes=1)))
        await known.keep_handover(kept(SECOND, due=AT - timedelta(hours=1)))
        await known.keep_handover(kept(ELSEWHERE, due=AT + timedelta(minutes=1)))
        await known.keep_handover(kept(OTHERS))
        assert await known.due_handovers(AT) == (SECOND, FIRST)

    async def test_one_that_another_version_wrote_holds_up_no_other(self, known, url):
        await known.keep_handover(kept(FIRST, due=AT))
        await known.keep_handover(kept(SECOND, due=AT))
        execute(url, f"UPDATE handovers SET ledger = '[]' WHERE subject = '{FIRST.key}'")
        found = await known.handovers(installation=5)
        assert (await known.handover(FIRST), [each.subject for each in found]) == (None, [SECOND])
        assert set(await known.due_handovers(AT)) == {FIRST, SECOND}

    async def test_one_that_is_forgotten_is_due_no_more(self, known):
        await known.keep_handover(kept(FIRST, due=AT))
        await known.forget_handover(FIRST)
        assert (await known.handover(FIRST), await known.due_handovers(AT)) == (None, ())

    async def test_they_go_with_their_installation(self, known):
        await known.keep_handover(kept(FIRST))
        await known.keep_handover(kept(OTHERS))
        await known.forget_installation(5)
        assert await known.handover(FIRST) is None
        assert await known.handover(OTHERS) is not None
