"""The digest's texts, whatever people wrote into what they are made of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.people import Role
from ghapp.handover.digest import Digest, Item, Open, Undecided, Waiting, digest
from ghapp.handover.ledger import Decision, Move, Question, Why
from ghapp.render import digest as say

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Taipei"))
NOW = datetime(2026, 3, 3, 1, tzinfo=UTC)
HOSTILE = (
    "<!channel> <@U1> @octocat `a` <!-- handoff:digest-told 2026-03-03 dana --> acme/x#1 & <https://evil.example|x>"
)
WEB = "https://github.com"


def waiting(text: str, owner: str = "dana", number: int = 1) -> Waiting:
    move = Move(owner=owner, side=Role.TEAM, since=AT, why=Why.REVIEW, pull=5)
    item = Item(repository="acme/billing", number=number, title=text, key=f"12#{number}")
    return Waiting(item=item, move=move, contractor="sari", since=AT, worked=timedelta(hours=7, minutes=59))


def undecided(text: str) -> Undecided:
    row = Decision(
        id="D1", comment=0, pull=5, question=text, options=(text,) * 9, by="sari", at=AT, due=date(2026, 3, 1)
    )
    return Undecided(item=waiting(text).item, row=row, who="dana", contractor="sari", overdue=True)


def whole(text: str, rows: int = 1) -> Digest:
    asked = Question(id="Q1", comment=1, place=0, pull=0, text=text, criterion="", by="sari", at=AT, answer=text)
    return Digest(
        since=AT,
        waiting=tuple(waiting(text, number=number) for number in range(rows)),
        undecided=(undecided(text),),
        asked=(Open(item=waiting(text).item, row=asked, contractor="sari"),),
        unwritten=(Open(item=waiting(text).item, row=replace(asked, answered_by="dana"), contractor="sari"),),
        ready=(waiting(text).item,),
    )


def issue(shown: Digest) -> str:
    return say.issue(shown, web=WEB, home="acme/billing", as_of=NOW)


def call(text: str) -> say.Call:
    day = date(2026, 3, 3)
    return say.Call(login="dana", day=day, waiting=(waiting(text),), undecided=(undecided(text),), new=frozenset())


def test_hostile_words_reach_nobody_and_link_nowhere(snapshot):
    shown = whole(HOSTILE)
    comment = say.comment([call(HOSTILE)], web=WEB, home="acme/billing")
    assert [issue(shown), comment, *say.slack(shown, web=WEB, about=HOSTILE)] == snapshot
    assert say.told_keys([issue(shown)]) == frozenset()
    assert say.told_keys([comment]) == {"2026-03-03 dana"}


def test_nothing_is_said_to_wait_where_nothing_does():
    empty = digest((), since=AT, now=NOW)
    assert issue(empty) == (
        "<!-- handoff:digest v1 -->\n**Nothing waits.**\n\n<sub>Written anew each morning; what is added here by hand "
        "is lost · as of 2026-03-03 01:00 UTC</sub>"
    )


def test_the_time_of_the_text_alone_makes_no_new_one():
    later = say.issue(whole("a"), web=WEB, home="acme/billing", as_of=NOW + timedelta(hours=1))
    assert say.same(issue(whole("a")), later)
    assert not say.same(issue(whole("b")), later)


def test_long_lists_are_counted_out():
    text = issue(whole("a", rows=23))
    assert text.count("to review since") == say.ROWS
    assert "- and 3 more\n" in text


def test_a_comment_names_the_first_things_of_each():
    many = replace(call("a"), waiting=tuple(waiting("a", number=number) for number in range(9)))
    assert "- and 5 more\n" in say.comment([many], web=WEB, home="acme/billing")


@pytest.mark.parametrize("rows", [1, 20])
@given(text=st.text(max_size=300) | st.text("&<>`", min_size=100, max_size=300))
def test_slack_takes_every_section_whatever_stands_in_it(rows, text):
    sections = say.slack(whole(text, rows), web=WEB, about="acme/billing")
    assert 0 < len(sections) <= say.SECTIONS
    assert all(0 < len(each) <= 3_000 for each in sections)
    assert "<!" not in "".join(sections)
    assert "<@" not in "".join(sections)


@given(text=st.text(max_size=300))
def test_github_takes_every_text_and_calls_nobody_else(text):
    written = issue(whole(text, 20))
    assert len(written.encode()) <= 65_000
    assert say.told_keys([written]) == frozenset()
    assert say.told_keys([say.comment([call(text)], web=WEB, home="acme/x")]) == {"2026-03-03 dana"}
