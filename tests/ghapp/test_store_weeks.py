"""The weeks of hand-overs in both databases: by issue, by repository under any of its names, and by owner."""

from dataclasses import replace

import pytest

from ghapp import store
from ghapp.subjects import Kind, Subject
from tests.ghapp.trends.handed import some, week

ISSUE = Subject(kind=Kind.HANDOVER, installation=5, repository=70, repository_node="R_1", number=1)
SECOND = replace(ISSUE, number=2)
OTHER = Subject(kind=Kind.HANDOVER, installation=6, repository=71, repository_node="R_2", number=1)


@pytest.fixture
async def known(url):
    opened = await store.open(url)
    yield opened
    await opened.close()


async def test_of_what_was_never_handed_over_nothing_is_known(known):
    assert await known.weeks(ISSUE) == ()
    assert await known.weeks_of("acme") == ()
    assert await known.weeks_of("acme/billing") == ()
    assert await known.weeks_known() == ()


async def test_weeks_come_back_as_they_were_oldest_first(known):
    running = tuple(each for each in some() if each.number == 20)
    await known.keep_weeks(ISSUE, running[::-1])
    assert await known.weeks(ISSUE) == running
    assert await known.weeks(SECOND) == ()


async def test_they_take_the_place_of_those_before(known):
    await known.keep_weeks(ISSUE, [week(1, "2026-01-05"), week(1, "2026-01-12")])
    await known.keep_weeks(ISSUE, [week(1, "2026-01-12", score=50)])
    assert [each.score for each in await known.weeks(ISSUE)] == [50]
    await known.keep_weeks(ISSUE, [])
    assert await known.weeks(ISSUE) == ()


async def test_two_pick_ups_in_one_week_are_two_rows(known):
    first = week(1, "2026-01-05")
    later = replace(first, picked_up_at=first.ended_at)
    await known.keep_weeks(ISSUE, [first, later])
    assert await known.weeks(ISSUE) == (first, later)


@pytest.fixture
async def three(known):
    await known.keep_weeks(ISSUE, [week(1, "2026-01-05")])
    await known.keep_weeks(SECOND, [week(2, "2026-01-05", repository="acme/invoices")])  # renamed meanwhile
    await known.keep_weeks(OTHER, [week(1, "2026-01-05", repository="acme_web/billing")])
    return known


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("acme/billing", ["acme/billing", "acme/invoices"], id="a repository by its name of old"),
        pytest.param("Acme/INVOICES", ["acme/billing", "acme/invoices"], id="by its name of now, in any case"),
        pytest.param("acme", ["acme/billing", "acme/invoices"], id="an owner"),
        pytest.param("ACME_WEB", ["acme_web/billing"], id="an owner with a letter that LIKE reads as any"),
        pytest.param("acme%", [], id="no pattern"),
        pytest.param("billing", [], id="no repository without its owner"),
        pytest.param("acme/bill", [], id="no part of a name"),
    ],
)
async def test_they_are_found_by_name(three, name, found):
    assert sorted(each.repository for each in await three.weeks_of(name)) == found


async def test_the_names_are_known(three):
    assert await three.weeks_known() == ("acme/billing", "acme/invoices", "acme_web/billing")


async def test_a_forgotten_installation_leaves_nothing(three):
    await three.forget_installation(5)
    assert await three.weeks_known() == ("acme_web/billing",)
