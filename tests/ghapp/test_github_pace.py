"""How fast we write: never faster than GitHub allows, people before the backlog, and nobody's slot held meanwhile."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.errors import Paced
from ghapp.github.app import App
from ghapp.github.client import Account, Client, Transport, session
from ghapp.github.identity import Credentials
from ghapp.github.pace import CONTENT, LOOKS, Pace, Turns, Window, has_limits
from ghapp.github.tokens import Token
from tests import process
from tests.fakes import INSTALLATION, NOON, FakeGitHub, serve
from tests.memory import MemoryStore

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
GITHUB = {MINUTE: 80, HOUR: 500}


class Writers:
    """Jobs that come back when they are told to, and the times at which they were let through."""

    def __init__(self, turns):
        self.turns = turns
        self.passed = []

    def run(self, waiting):
        """`waiting` are times and, with each, whether it is the backlog's."""
        while waiting:
            waiting.sort()
            now, backlog = waiting.pop(0)
            at = self.turns.take(now, backlog=backlog)
            if at > now:
                waiting.append((at, backlog))
            else:
                self.passed.append((now, backlog))


def most_within(times, span):
    return max(sum(at <= other < at + span for other in times) for at in times)


def at(seconds):
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("backlog", [False, True], ids=["people", "backlog"])
def test_a_burst_stays_below_both_of_githubs_limits_and_ends(backlog):
    writers = Writers(Turns(CONTENT))
    writers.run([(at(0), backlog)] * 1200)
    times = [time for time, _ in writers.passed]
    assert len(times) == 1200
    for span, limit in GITHUB.items():
        assert most_within(times, span) < limit


@given(st.lists(st.tuples(st.integers(0, 600), st.booleans()), min_size=1, max_size=60))
def test_no_mixture_of_people_and_backlog_passes_the_limits(arrivals):
    windows = (Window(span=MINUTE, most=5, of_backlog=3), Window(span=timedelta(minutes=5), most=12, of_backlog=8))
    writers = Writers(Turns(windows))
    writers.run([(at(seconds), backlog) for seconds, backlog in arrivals])
    times = [time for time, _ in writers.passed]
    assert len(times) == len(arrivals)
    for window in windows:
        assert most_within(times, window.span) <= window.most


def test_people_pass_at_once_while_the_backlog_has_used_its_share():
    turns = Turns(CONTENT)
    backlog = Writers(turns)
    backlog.run([(at(0), True)] * 300)
    last = max(time for time, _ in backlog.passed)
    assert turns.take(last, backlog=True) > last
    assert turns.take(last, backlog=False) == last


def test_people_are_not_put_behind_the_times_that_the_backlog_was_told():
    turns = Turns((Window(span=MINUTE, most=2, of_backlog=1),))
    assert turns.take(at(0), backlog=True) == at(0)
    assert [turns.take(at(0), backlog=True) for _ in range(3)] == [at(60), at(120), at(180)]
    assert turns.take(at(1), backlog=False) == at(1)
    assert turns.take(at(2), backlog=False) == at(60)


def test_those_who_wait_are_told_different_times_so_that_they_do_not_come_back_together():
    turns = Turns(CONTENT)
    told = Counter(turns.take(at(0), backlog=False) for _ in range(700))
    assert max(told.values()) == 70
    assert sorted(told)[:3] == [at(0), at(60), at(120)]


def test_the_backlog_is_looked_at_in_a_measure_that_leaves_half_of_an_hours_queries():
    assert max(window.most * (HOUR / window.span) for window in LOOKS) <= 2500


@pytest.mark.parametrize(
    ("api_url", "limited"),
    [
        ("https://api.github.com", True),
        ("https://api.acme.ghe.com", True),
        ("https://github.example.org/api/v3", False),
        ("https://ghe.com.example.org/api/v3", False),
        ("http://127.0.0.1:8081", False),
    ],
)
def test_only_github_itself_limits_unasked(api_url, limited):
    assert has_limits(api_url) is limited


def test_a_limit_without_a_time_is_asked_about_ever_more_rarely_and_anew_once_it_is_over():
    pace = Pace()
    assert pace.limited(at(0)) == at(60)
    assert pace.limited(at(5)) == at(60)  # a call that was under way
    assert pace.limited(at(61)) == at(181)
    assert pace.limited(at(182)) == at(422)
    assert pace.limited(at(422 + 241)) == at(422 + 241 + 60)


def test_the_pause_of_a_limit_that_never_ends_stays_bounded():
    pace, now = Pace(), NOON
    for _ in range(20):
        now = pace.limited(now)
    assert pace.limited(now) - now == timedelta(minutes=16)


async def test_processes_that_share_a_database_stay_below_githubs_limits_together():
    store = MemoryStore()
    ours, other = Pace(INSTALLATION, store), Pace(INSTALLATION, store)
    times = [await pace.content(NOON, backlog=False) for _ in range(70) for pace in (ours, other)]
    assert times.count(NOON) == 70


async def test_many_at_once_in_one_process_stay_below_the_limit():
    pace = Pace(INSTALLATION, MemoryStore())
    times = await asyncio.gather(*(pace.content(NOON, backlog=False) for _ in range(100)))
    assert times.count(NOON) == 70


async def test_a_restarted_process_knows_what_was_written_before():
    store = MemoryStore()
    for _ in range(70):
        await Pace(INSTALLATION, store).content(NOON, backlog=False)
    assert await Pace(INSTALLATION, store).content(at(30), backlog=False) == at(60)
    assert await Pace(INSTALLATION + 1, store).content(at(30), backlog=False) == at(30)


async def test_what_was_written_is_remembered_for_an_hour():
    store = MemoryStore()
    for now in (NOON, at(1), at(3602)):
        await Pace(INSTALLATION, store).content(now, backlog=False)
    assert [when for _, when in store.content] == [at(3602)]


@pytest.fixture
async def transport(aiohttp_server):
    github = FakeGitHub()
    github.issue(1)
    server = await aiohttp_server(serve(github))
    async with session() as opened:
        yield Transport(opened, str(server.make_url("")).rstrip("/"), now=lambda: NOON)


@pytest.fixture
async def full():
    """The pace of an installation that may write nothing new now."""
    pace = Pace(INSTALLATION, MemoryStore())
    for _ in range(70):
        await pace.content(NOON, backlog=False)
    return pace


@pytest.fixture
def client(transport, full):
    token = Token(value="ghs_made.up", minted_at=NOON - HOUR, expires_at=NOON + HOUR)
    return Client(transport, token=token, account=Account(installation=INSTALLATION, pace=full))


async def test_a_comment_waits_its_turn_outside_and_is_not_sent(client):
    with pytest.raises(Paced) as caught:
        await client.post("/repos/acme/billing/issues/1/comments", data={"body": "x"})
    assert (caught.value.at, caught.value.installation) == (at(60), 0)
    assert client.written == 0


async def test_what_nobody_is_told_of_is_written_all_the_same(client):
    await client.post("/repos/acme/billing/issues/1/labels", data={"labels": ["x"]})
    await client.post("/repos/acme/billing/labels", data={"name": "y", "color": "ededed"})
    assert client.written == 2


async def test_where_github_sets_no_limits_nobody_waits(transport):
    client = Client(transport, token=Token(value="ghs_made.up", minted_at=NOON - HOUR, expires_at=NOON + HOUR))
    for _ in range(100):
        await client.post("/repos/acme/billing/issues/1/comments", data={"body": "x"})
    assert client.written == 100


async def test_the_backlog_is_looked_at_in_turns_and_people_are_not_held_up(transport):
    key = Credentials(issuer="Iv1.made-up", private_key=process.private_key())
    app = App(transport, key, written=MemoryStore())
    for _ in range(40):
        await app.client(INSTALLATION, backlog=True)
    with pytest.raises(Paced) as caught:
        await app.client(INSTALLATION, backlog=True)
    assert caught.value.at == at(60)
    await app.client(INSTALLATION)
