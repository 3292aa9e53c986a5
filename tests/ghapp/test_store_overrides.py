"""What people said over a verdict, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ghapp import store
from ghapp.overrides import Override, Word
from ghapp.store import Installation, Overruled
from ghapp.subjects import Kind, Subject

AT = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
PULL = Subject(kind=Kind.PULL, installation=5, repository=70, repository_node="R_1", number=12)
ISSUE = Subject(kind=Kind.ISSUE, installation=6, repository=71, repository_node="R_2", number=12)
LAST = date(2026, 3, 31)
SAID = Override(word=Word.EXEMPT, by="dana", reason="bröken \x00 “text”", at=AT, until=LAST, comment=4_000_000_000)


def overruled(subject: Subject = PULL, repository: str = "acme/billing", **parts) -> Overruled:
    return Overruled(subject=subject, repository=repository, override=replace(SAID, **parts))


@pytest.fixture
async def known(url):
    opened = await store.open(url)
    yield opened
    await opened.close()


class TestOverrides:
    async def test_of_what_nobody_spoke_there_is_none(self, known):
        assert await known.override(PULL) is None
        assert await known.overrides() == ()

    async def test_a_word_comes_back_as_it_was(self, known):
        await known.keep_override(overruled())
        stored = replace(SAID, reason="bröken  “text”")
        assert await known.override(PULL) == stored
        assert await known.overrides() == (Overruled(subject=PULL, repository="acme/billing", override=stored),)

    async def test_a_word_that_is_kept_stays_as_it_is(self, known):
        await known.keep_override(overruled())
        await known.keep_override(overruled(reason="another", by="mallory"))
        assert (await known.override(PULL)).by == "dana"
        assert len(await known.overrides()) == 1

    async def test_the_newest_word_is_the_one_that_was_written_last(self, known):
        await known.keep_override(overruled(comment=9, word=Word.UNEXEMPT, reason="", until=None))
        await known.keep_override(overruled(comment=7))
        await known.keep_override(overruled(comment=9, place=1, reason="after all"))
        assert (await known.override(PULL)).reason == "after all"
        assert await known.override(ISSUE) is None

    async def test_the_newest_word_on_each_subject_of_a_repository_outlives_its_name(self, known):
        await known.keep_override(overruled(comment=9, word=Word.UNEXEMPT, reason="", until=None))
        await known.keep_override(overruled(comment=7))
        await known.keep_override(overruled(replace(PULL, number=13), "acme/invoices", comment=8))
        await known.keep_override(overruled(ISSUE, comment=6))
        newest = await known.newest_overrides(PULL.repository)
        assert {key: each.comment for key, each in newest.items()} == {"pull:70:12": 9, "pull:70:13": 8}

    async def test_every_word_is_listed_oldest_first(self, known):
        await known.keep_override(overruled(comment=9, at=AT + timedelta(hours=2)))
        await known.keep_override(overruled(ISSUE, "acme/web", comment=7, at=AT + timedelta(hours=1)))
        await known.keep_override(overruled(comment=8))
        assert [each.override.comment for each in await known.overrides()] == [8, 7, 9]

    async def test_a_repository_is_found_by_every_name_that_it_had(self, known):
        await known.keep_override(overruled(comment=7))
        await known.keep_override(overruled(comment=8, repository="acme/invoices"))
        await known.keep_override(overruled(ISSUE, "acme/web", comment=9))
        for name in ("acme/billing", "ACME/Invoices"):
            assert [each.override.comment for each in await known.overrides(name)] == [7, 8]
        assert await known.overrides("acme/nothing") == ()

    async def test_what_is_over_is_told_once(self, known):
        await known.keep_override(overruled())
        await known.keep_override(overruled(comment=8))
        await known.keep_override(overruled(ISSUE, "acme/web", comment=9, until=None))
        assert await known.lapsed(LAST) == ()
        day = LAST + timedelta(days=1)
        assert await known.lapsed(day) == (PULL,)
        await known.note_lapsed(day)
        assert await known.lapsed(day + timedelta(days=400)) == ()

    async def test_what_was_said_goes_with_its_installation_and_no_other(self, known):
        await known.keep_installation(Installation(id=5, account="acme", installed_at=AT))
        await known.keep_override(overruled())
        await known.keep_override(overruled(ISSUE, "acme/web", comment=9))
        await known.forget_installation(5)
        assert await known.override(PULL) is None
        assert [each.subject for each in await known.overrides()] == [ISSUE]
