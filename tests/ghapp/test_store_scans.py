"""Scans in both databases: pages while one is under way, the newest whole one of each repository after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checks.verdict import Status
from ghapp import store
from ghapp.backlog.scans import Page, Part, Spot
from ghapp.subjects import Kind, Subject
from tests.ghapp import backlogs

SUBJECT = Subject(kind=Kind.BACKLOG_REPORT, installation=5, repository=70, repository_node="R_1")
OTHER = Subject(kind=Kind.BACKLOG_REPORT, installation=6, repository=71, repository_node="R_2")


@pytest.fixture
async def known(url):
    opened = await store.open(url)
    yield opened
    await opened.close()


def page(number: int = 1) -> Page:
    return Page(
        part=Part.ISSUES,
        number=number,
        repository="acme/billing",
        at=backlogs.AT + timedelta(minutes=number),
        asked=backlogs.DEFAULTS,
        open=230,
        seen=100 * number,
        rows=(backlogs.issue(number, title="bröken \x00 “text”", gaps={"scope": Status.MISSING}),),
        next=Spot(part=Part.ISSUES, after="Y3Vyc29yOg=="),
    )


async def test_of_what_was_never_scanned_nothing_is_known(known):
    assert await known.last_scan_page(SUBJECT) is None
    assert await known.scan_pages(SUBJECT) == ()
    assert await known.scan("acme/billing") is None
    assert await known.scanned([70]) == frozenset()
    assert await known.scanned([]) == frozenset()


async def test_pages_come_back_as_they_were_in_their_order(known):
    for number in (1, 2, 10):
        await known.keep_scan_page(SUBJECT, page(number))
    assert await known.scan_pages(SUBJECT) == (page(1), page(2), page(10))
    assert await known.last_scan_page(SUBJECT) == page(10)
    assert await known.scan_pages(OTHER) == ()


async def test_a_page_that_is_kept_twice_is_there_once(known):
    await known.keep_scan_page(SUBJECT, page(1))
    await known.keep_scan_page(SUBJECT, replace(page(1), seen=50))
    assert [each.seen for each in await known.scan_pages(SUBJECT)] == [50]


async def test_a_whole_scan_takes_the_place_of_its_pages_and_of_the_one_before(known):
    before, after = backlogs.some(), replace(backlogs.some(), ended=backlogs.AT + timedelta(days=1))
    await known.end_scan(SUBJECT, before)
    await known.keep_scan_page(SUBJECT, page(1))
    assert await known.scan("acme/billing") == before  # whatever is newer, and not whole yet
    await known.end_scan(SUBJECT, after)
    assert await known.scan("acme/billing") == after
    assert await known.scan_pages(SUBJECT) == ()


async def test_dropped_pages_leave_the_whole_scan(known):
    await known.end_scan(SUBJECT, backlogs.some())
    await known.keep_scan_page(SUBJECT, page(1))
    await known.drop_scan_pages(SUBJECT)
    assert await known.last_scan_page(SUBJECT) is None
    assert await known.scan("acme/billing") == backlogs.some()


async def test_a_repository_is_found_by_its_name_in_any_case_and_the_newest_one_that_had_it(known):
    await known.end_scan(SUBJECT, replace(backlogs.some(), ended=backlogs.AT + timedelta(days=1)))
    await known.end_scan(OTHER, backlogs.some())
    assert (await known.scan("Acme/BILLING")).ended == backlogs.AT + timedelta(days=1)


async def test_what_is_kept_or_under_way_is_told_of_many_repositories_at_once(known):
    await known.end_scan(SUBJECT, backlogs.some())
    await known.keep_scan_page(OTHER, page(1))
    assert await known.scanned([70, 71, 72]) == frozenset({70, 71})


async def test_a_forgotten_installation_leaves_nothing(known):
    await known.end_scan(SUBJECT, backlogs.some())
    await known.keep_scan_page(SUBJECT, page(1))
    await known.end_scan(OTHER, replace(backlogs.some(), repository="other/billing"))
    await known.forget_installation(5)
    assert await known.scanned([70, 71]) == frozenset({71})
