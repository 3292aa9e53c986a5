"""A scan by pages: it stops anywhere and goes on, reads nothing twice, waits politely and writes nothing."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.subject import Issue, Pull
from checks.subject import Kind as Judged
from checks.verdict import Outcome, Status
from config.load import BARE
from ghapp import scan
from ghapp.backlog.items import Item
from ghapp.backlog.rows import Row
from ghapp.backlog.scans import Page, Part
from ghapp.cli.judges import Judges
from ghapp.errors import Refused, UserError
from ghapp.overrides import Override, Word
from ghapp.store import Overruled
from ghapp.store.scan_file import ScanFile
from ghapp.subjects import Kind, Subject
from tests.fake_state import NOON
from tests.fakes import INSTALLATION, FakeGitHub, Response
from tests.ghapp import backlogs
from tests.memory import MemoryStore

SUBJECT = Subject(kind=Kind.BACKLOG_REPORT, installation=INSTALLATION, repository=12, repository_node="R_acme_billing")
LIMITED = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}


@pytest.fixture
def github() -> FakeGitHub:
    fake = FakeGitHub()
    for number in range(1, 231):
        fake.issue(number, title=f"Work {number}", created_at=NOON + timedelta(minutes=number))
    for number in range(301, 421):
        fake.pull(number, head=f"{number:040x}", created_at=NOON + timedelta(minutes=number))
    return fake


@pytest.fixture(params=["database", "file"])
def kept(request, tmp_path) -> scan.Kept:
    if request.param == "file":
        return ScanFile(tmp_path / "scans" / "acme" / "billing")
    return scan.InStore(store=MemoryStore(), subject=SUBJECT, name="acme/billing")


async def counted(items, _loaded) -> tuple[Row, ...]:
    """Rows without a judgement, which takes its time and is none of a scan's business."""
    made = {Issue: backlogs.issue, Pull: backlogs.pull}
    return tuple(made[type(item.text)](item.number, opened=NOON.date()) for item in items)


class Watch:
    """Scans and remembers what was told."""

    def __init__(self, github: FakeGitHub, kept: scan.Kept) -> None:
        self.pages: list[Page] = []
        self.waited: list[object] = []
        self.kept = kept
        self.scanning = scan.Scanning(
            client=github,
            subject=SUBJECT,
            kept=kept,
            policy=scan.read_policy,
            judge=counted,
            now=lambda: NOON,
        )

    async def go(self) -> None:
        await scan.go(self.scanning, told=self.pages.append, waits=self.waited.append)


@pytest.fixture
def watch(github, kept) -> Watch:
    return Watch(github, kept)


def asked(github: FakeGitHub) -> list[tuple[str, int, str | None]]:
    """What each query asked for: the part, how many, and behind which cursor."""
    return [
        ("pulls" if "ScanPulls" in call.body["query"] else "issues", variables["first"], variables["after"])
        for call in github.calls
        for variables in [call.body["variables"]]
    ]


WHOLE = [
    ("issues", 100, None),
    ("issues", 100, "100"),
    ("issues", 100, "200"),
    ("pulls", 50, None),
    ("pulls", 50, "50"),
]


async def test_a_backlog_is_read_in_as_few_calls_as_its_pages(github, watch):
    await watch.go()
    assert asked(github) == WHOLE
    whole = await watch.kept.whole()
    assert [row.number for row in whole.rows if row.kind is Judged.ISSUE] == list(range(1, 231))
    assert [row.number for row in whole.rows if row.kind is Judged.PULL] == list(range(420, 320, -1))


async def test_nothing_is_written_to_github(github, watch):
    await watch.go()
    assert github.writes == []
    assert not any("mutation" in call.body["query"] for call in github.calls)


async def test_closed_issues_are_no_backlog_and_merged_pull_requests_tell_how_people_write(github, watch):
    github.repository.issues = {}
    github.issue(1, state="CLOSED")
    github.pull(2, state="MERGED")
    await watch.go()
    assert [(row.kind, row.number) for row in (await watch.kept.whole()).rows] == [(Judged.PULL, 2)]


async def test_each_page_is_told_with_how_far_it_is(watch):
    await watch.go()
    assert [(page.part, page.seen, page.open) for page in watch.pages] == [
        (Part.ISSUES, 100, 230),
        (Part.ISSUES, 200, 230),
        (Part.ISSUES, 230, 230),
        (Part.PULLS, 50, 230),
        (Part.PULLS, 100, 230),
    ]


async def test_one_that_stops_anywhere_goes_on_there_and_reads_nothing_twice(github, kept):
    for _ in range(4):
        await scan.step(Watch(github, kept).scanning)
    assert await kept.whole() is None
    await Watch(github, kept).go()
    assert asked(github) == WHOLE
    assert len((await kept.whole()).rows) == 330
    assert await kept.last() is None


async def test_the_next_scan_after_a_whole_one_reads_anew_and_takes_its_place(github, watch):
    await watch.go()
    github.repository.issues = {7: github.repository.issues[7]}
    await watch.go()
    assert [row.number for row in (await watch.kept.whole()).rows] == [7]


async def test_the_last_whole_scan_stays_while_the_next_is_under_way(github, watch):
    await watch.go()
    before = await watch.kept.whole()
    await scan.step(watch.scanning)
    assert await watch.kept.whole() == before


async def test_what_was_read_is_forgotten_when_it_is_to_begin_anew(github, watch):
    await scan.step(watch.scanning)
    await watch.kept.drop()
    await watch.go()
    assert asked(github) == [WHOLE[0], *WHOLE]


async def test_two_processes_that_scan_the_same_do_not_hinder_each_other(github, kept):
    one, other = Watch(github, kept), Watch(github, kept)
    await asyncio.gather(one.go(), other.go())
    assert len((await kept.whole()).rows) == 330


async def test_a_process_that_ended_before_its_last_step_ends_at_the_next_start_without_a_call(github, watch):
    await watch.go()
    whole = await watch.kept.whole()
    await watch.kept.end(backlogs.scan())
    for page in watch.pages:
        await watch.kept.add(page)
    github.calls.clear()
    await watch.go()
    assert github.calls == []
    assert await watch.kept.whole() == whole


class TestPolicy:
    async def test_the_policy_in_force_comes_with_the_page(self, github, watch):
        github.repository.policy = "readiness: {threshold: 80}"
        await watch.go()
        found = (await watch.kept.whole()).asked
        assert (found.threshold, found.files, found.broken) == (80, (".github/handoff.yml",), False)

    async def test_a_broken_file_leaves_what_it_would_be_laid_over_and_is_told(self, github, watch):
        github.repository.policy = "treshold: 80"
        await watch.go()
        found = (await watch.kept.whole()).asked
        assert (found.threshold, found.files, found.broken) == (70, (), True)

    async def test_one_that_changes_meanwhile_begins_the_scan_anew(self, github, watch):
        await scan.step(watch.scanning)
        github.repository.policy = "readiness: {threshold: 80}"
        await watch.go()
        assert asked(github) == [WHOLE[0], WHOLE[1], *WHOLE]
        assert len((await watch.kept.whole()).rows) == 330


class TestLimits:
    def limit(self, github, *, seconds: int, times: int = 1) -> None:
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-limit": "5000", "x-ratelimit-used": "5000"}
        reset = str(int((NOON + timedelta(seconds=seconds)).timestamp()))
        refusal = Response(200, LIMITED, {**headers, "x-ratelimit-reset": reset})
        github.refusals += [("graphql", refusal)] * times

    async def test_a_limit_that_ends_soon_is_waited_for_with_a_word(self, github, watch):
        self.limit(github, seconds=90)
        await watch.go()
        assert watch.waited == [NOON + timedelta(seconds=90)]
        assert github.paused == [90]
        assert asked(github) == [WHOLE[0], *WHOLE]

    async def test_one_that_lasts_stops_it_and_says_when_to_go_on(self, github, watch):
        await scan.step(watch.scanning)
        self.limit(github, seconds=2400)
        with pytest.raises(scan.Stopped) as caught:
            await watch.go()
        assert caught.value.until == NOON + timedelta(seconds=2400)
        assert (watch.waited, github.paused) == ([], [])
        await watch.go()
        assert asked(github) == [WHOLE[0], WHOLE[1], *WHOLE[1:]]  # the refused one, and none twice

    async def test_limits_that_follow_each_other_are_not_waited_for_without_an_end(self, github, watch):
        self.limit(github, seconds=120, times=9)
        with pytest.raises(scan.Stopped):
            await watch.go()
        assert github.paused == [120, 120]


class TestGitHubInTrouble:
    async def test_a_page_that_github_cannot_make_is_asked_for_in_smaller_ones(self, github, watch):
        github.refusals += [("graphql", Response(502, {"message": "Something went wrong"}))] * 2
        await watch.go()
        assert [size for _, size, _ in asked(github)][:5] == [100, 50, 20, 100, 100]
        assert len((await watch.kept.whole()).rows) == 330

    async def test_one_that_stays_down_stops_it_and_keeps_what_was_read(self, github, watch):
        await scan.step(watch.scanning)
        github.refusals += [("graphql", TimeoutError())] * 4
        with pytest.raises(scan.Stopped, match="GitHub does not answer") as caught:
            await watch.go()
        assert caught.value.until is None
        assert github.paused == [2, 8, 20]
        assert (await watch.kept.last()).seen == 100

    async def test_issues_that_may_not_be_read_are_said(self, github, watch):
        github.repository.hides_issues = True
        with pytest.raises(Refused, match="the issues of acme/billing"):
            await watch.go()


class TestFile:
    async def test_half_a_line_of_a_killed_process_costs_its_page_only(self, github, tmp_path):
        kept = ScanFile(tmp_path / "a" / "b")
        await scan.step(Watch(github, kept).scanning)
        with (tmp_path / "a" / "b" / "pages.jsonl").open("a") as pages:
            pages.write('\n{"part": "issues", "num')
        await Watch(github, kept).go()
        assert asked(github) == WHOLE
        assert len((await kept.whole()).rows) == 330

    async def test_nobody_else_may_read_it(self, github, tmp_path):
        kept = ScanFile(tmp_path / "a" / "b")
        await Watch(github, kept).go()
        assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0

    @given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | st.just(b"[" * 100_000))
    async def test_whatever_stands_in_it_is_a_scan_or_none_or_said(self, tmp_path_factory, held):
        kept = ScanFile(tmp_path_factory.mktemp("scans"))
        for name in ("pages.jsonl", "scan.json"):
            (kept.folder / name).write_bytes(held)
        with suppress(UserError):
            assert await kept.last() is None
            assert await kept.whole() is None

    @pytest.mark.parametrize("name", ["pages.jsonl", "scan.json"])
    async def test_what_cannot_be_read_is_said_with_the_remedy(self, tmp_path, name):
        (tmp_path / name).mkdir()
        kept = ScanFile(tmp_path)
        with pytest.raises(Exception, match="XDG_CACHE_HOME"):
            await (kept.last() if name == "pages.jsonl" else kept.whole())


async def test_judging_in_processes_of_their_own_comes_to_the_same():
    items = [Item(number=number, text=Issue(title="Make it fast", body="etc."), opened_at=NOON) for number in range(12)]
    with Judges(alone=0) as judges:
        assert await judges(items, BARE) == await scan.judge(items, BARE)


async def test_few_texts_start_no_process():
    with Judges(alone=1) as judges:
        await judges([Item(number=1, text=Issue(title="Make it fast", body=""), opened_at=NOON)], BARE)
        assert judges._pool is None


async def test_words_that_stand_are_taken_and_those_that_are_over_are_not():
    store = MemoryStore()
    said = {"by": "dana", "reason": "x", "at": NOON}
    for number, word, until in ((1, Word.READY, None), (2, Word.EXEMPT, NOON.date() - timedelta(days=1))):
        subject = Subject(kind=Kind.ISSUE, installation=99, repository=12, number=number)
        override = Override(word=word, until=until, comment=number, **said)
        await store.keep_override(Overruled(subject=subject, repository="acme/billing", override=override))
    assert await scan.words(store, "acme/billing", now=NOON) == {(Judged.ISSUE, 1): Word.READY}


async def test_texts_are_judged_with_the_templates_of_the_repository(github, watch):
    github.repository.issues = {}
    template = (Path(__file__).parents[1] / "cases" / "good-feature" / "issue.md").read_text(encoding="utf-8")
    github.repository.issue_templates = [template]
    github.repository.pull_templates = ["Because the bank times out twice a day."]
    github.issue(1, body=template)
    github.pull(2, body="Because the bank times out twice a day.")
    watch.scanning = replace(watch.scanning, judge=scan.judge)
    await watch.go()
    issue, pull = (await watch.kept.whole()).rows
    assert issue.outcome is Outcome.NOT_READY
    assert pull.why is Status.MISSING
