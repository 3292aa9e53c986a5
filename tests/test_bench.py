"""What measures is to work as well: a table of figures, and deliveries from a process of their own."""

from pathlib import Path

from bench import bare, scan, server
from bench.fake_github import answering
from bench.figures import Figure, spread, table

ROOT = Path(__file__).parent.parent


def test_figures_are_a_table_in_markdown():
    rows = [
        Figure(what="calls", goal="2", measured="3", beside="with a comment"),
        Figure(what="a", goal="", measured="b"),
    ]
    assert table(rows).splitlines() == [
        "| what | goal | measured | beside |",
        "| --- | --- | --- | --- |",
        "| calls | 2 | 3 | with a comment |",
        "| a |  | b |  |",
    ]


def test_times_are_told_by_their_median_and_by_what_one_in_a_hundred_exceeds():
    assert spread([number / 1000 for number in range(1, 102)]) == "51.0 / 100.0 ms"


async def test_every_delivery_that_is_sent_is_answered_and_timed(monkeypatch):
    monkeypatch.chdir(ROOT)
    async with bare.handler() as url:
        seconds, answers = await server.sent(url, 0.1)
    assert answers == {"202": 30}
    assert len(seconds) == 30


async def test_a_server_that_is_not_there_is_an_answer_too(monkeypatch):
    monkeypatch.chdir(ROOT)
    _, answers = await server.sent("http://127.0.0.1:9", 0.1)
    assert answers == {"ConnectionRefusedError": 30}


async def test_the_scan_that_is_measured_is_whole_and_counts_its_calls():
    github = scan.filled(120)
    async with answering(github) as address:
        found = await scan.scanned(github, address)
    assert (found.calls, found.writes) == (2 + 2, 0)
