import asyncio
import resource
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ghapp import database, store
from ghapp.database import address, engines
from ghapp.errors import Again, StartError
from ghapp.store import Installation, LastGood
from ghapp.subjects import SWEEP, Kind, Subject

AT = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
ISSUE = Subject(kind=Kind.ISSUE, installation=5, repository=70, repository_node="R_1", number=12)
OTHER = Subject(kind=Kind.ISSUE, installation=6, repository=71, number=12)


@pytest.fixture
async def known(url):
    opened = await store.open(url)
    yield opened
    await opened.close()


class TestStore:
    async def test_what_was_never_kept_is_none(self, known):
        assert await known.verdict(ISSUE) is None
        assert await known.comment(ISSUE) is None
        assert await known.policy(ISSUE) is None
        assert await known.installation(5) is None

    async def test_a_verdict_comes_back_as_it_was(self, known):
        verdict = {"score": 71, "findings": [{"quote": "bröken \x00 \ud800 “text”"}], "reason": None}
        await known.keep_verdict(ISSUE, verdict, at=AT)
        assert await known.verdict(ISSUE) == verdict

    async def test_the_verdicts_on_some_subjects_come_at_once_by_their_keys(self, known):
        await known.keep_verdict(ISSUE, {"score": 1}, at=AT)
        await known.keep_verdict(OTHER, {"score": 2}, at=AT)
        assert await known.kept_verdicts([ISSUE.key, "issue:70:13"]) == {ISSUE.key: {"score": 1}}
        assert await known.kept_verdicts([]) == {}

    async def test_the_newest_verdict_replaces_the_one_before(self, known):
        await known.keep_verdict(ISSUE, {"score": 1}, at=AT)
        await known.keep_verdict(ISSUE, {"score": 2}, at=AT + timedelta(hours=1))
        assert await known.verdict(ISSUE) == {"score": 2}

    async def test_each_subject_has_its_own_comment(self, known):
        await known.keep_comment(ISSUE, 4_000_000_000)
        await known.keep_comment(OTHER, 2)
        await known.keep_comment(OTHER, 3)
        assert (await known.comment(ISSUE), await known.comment(OTHER)) == (4_000_000_000, 3)

    async def test_an_installation_is_kept_with_its_time_in_utc(self, known):
        local = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
        await known.keep_installation(Installation(id=5, account="acme", installed_at=local))
        await known.keep_installation(Installation(id=5, account="acme-inc", installed_at=local, suspended=True))
        assert await known.installation(5) == Installation(id=5, account="acme-inc", installed_at=AT, suspended=True)
        assert (await known.installation(5)).installed_at.tzinfo is UTC

    async def test_a_policy_is_the_repositorys_whatever_subject_asks(self, known):
        await known.keep_policy(ISSUE, LastGood(oid="abc", text="language: en\n"))
        pull = Subject(kind=Kind.PULL, installation=5, repository=70, number=99)
        assert await known.policy(pull) == LastGood(oid="abc", text="language: en\n")
        assert await known.policy(OTHER) is None

    async def test_forgetting_an_installation_forgets_its_subjects_and_no_others(self, known):
        for subject in (ISSUE, OTHER):
            await known.keep_installation(Installation(id=subject.installation, account="a", installed_at=AT))
            await known.keep_verdict(subject, {"score": 1}, at=AT)
            await known.keep_comment(subject, 1)
            await known.keep_policy(subject, LastGood(oid="o", text="t"))
        await known.forget_installation(5)
        assert await known.installation(5) is None
        assert await known.verdict(ISSUE) is None
        assert await known.comment(ISSUE) is None
        assert await known.policy(ISSUE) is None
        assert await known.installation(6) is not None
        assert await known.verdict(OTHER) == {"score": 1}
        assert await known.comment(OTHER) == 1
        assert await known.policy(OTHER) == LastGood(oid="o", text="t")

    async def test_an_owners_policy_is_kept_for_each_installation_beside_the_repositories(self, known):
        repository, five, six = (
            Subject(kind=Kind.POLICY, installation=5, repository=6),
            *(Subject(kind=Kind.OWNER_POLICY, installation=number, repository_node="R") for number in (5, 6)),
        )
        for text, subject in zip("abc", (repository, five, six), strict=True):
            await known.keep_policy(subject, LastGood(oid="o", text=text))
        assert [(await known.policy(subject)).text for subject in (repository, five, six)] == ["a", "b", "c"]
        await known.forget_installation(5)
        assert [await known.policy(subject) for subject in (repository, five)] == [None, None]
        assert (await known.policy(six)).text == "c"

    async def test_what_was_kept_is_there_after_a_restart(self, known, url):
        await known.keep_comment(ISSUE, 8)
        again = await store.open(url)
        assert await again.comment(ISSUE) == 8
        await again.close()

    async def test_many_writers_at_once_all_succeed(self, known):
        subjects = [Subject(kind=Kind.ISSUE, installation=5, repository=1, number=n) for n in range(50)]
        await asyncio.gather(*(known.keep_comment(subject, subject.number) for subject in subjects))
        assert [await known.comment(subject) for subject in subjects] == list(range(50))

    async def test_it_serves_on_after_callers_were_interrupted(self, known):
        for turns in range(40):
            writing = asyncio.create_task(known.keep_comment(ISSUE, turns))
            for _ in range(turns):
                await asyncio.sleep(0)
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        await known.keep_comment(ISSUE, 77)
        assert await known.comment(ISSUE) == 77

    async def test_it_is_ready_with_every_migration(self, known):
        await known.ready()

    async def test_something_small_can_be_written_again_and_again(self, known):
        for minutes in range(2):
            await known.try_writing(now=AT + timedelta(minutes=minutes))
        assert await known.swept(SWEEP) is None

    async def test_it_is_not_ready_before_the_migrations(self, empty_url):
        opened = await store.open(empty_url)
        with pytest.raises(StartError, match="ghapp migrate"):
            await opened.ready()
        await opened.close()


async def test_a_locked_file_is_tried_again_later(tmp_path):
    url = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(url)
    opened = await store.open(f"{url}?timeout=0.01")
    with engines.passing_sqlite_engine(address.read(url), busy=5).connect() as other:
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(Again, match="database is locked"):
            await opened.keep_comment(ISSUE, 1)
        with pytest.raises(Again, match="database is locked"):
            await opened.try_writing(now=AT)
        other.exec_driver_sql("ROLLBACK")
    await opened.keep_comment(ISSUE, 1)
    await opened.close()


async def test_a_full_disk_is_noticed_by_writing_though_all_can_be_read(tmp_path):
    url = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(url)
    opened = await store.open(url)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        await opened.ready()
        with pytest.raises(Again, match=r"full|disk I/O"):
            await opened.try_writing(now=AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await opened.try_writing(now=AT)
    await opened.close()


@pytest.mark.postgres
async def test_a_server_that_went_and_came_back_is_used_again(postgres_server):
    url = postgres_server.fresh()
    opened = await store.open(url)
    with postgres_server.gone(url), pytest.raises(Again, match="not currently accepting connections"):
        await opened.keep_comment(ISSUE, 1)
    await opened.keep_comment(ISSUE, 1)
    await opened.close()
