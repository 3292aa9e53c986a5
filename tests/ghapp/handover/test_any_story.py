"""What holds of every story, whoever does what in which order, and whichever part of it was looked at when."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ghapp.handover.derive import Judged, derive
from ghapp.handover.facts import Deed, Event, Facts, Opinion
from ghapp.handover.ledger import Handover
from tests.ghapp.handover.people import BEGIN, HOUR, POLICY, did, facts, handback, in_force, ledger, said

PEOPLE = ["dana", "rui", "sari", "mads", "pat", "lou", "flow[bot]", ""]
TEXTS = [
    "Should the retry stop after five attempts?",
    "Which status code does a paid invoice give?\n\nWho may start a retry by hand?",
    "It stops after 5 attempts.",
    "I will check.",
    "Which invoices do you mean?",
    "Needs a decision: keep the queue or drop it? @rui by Friday",
    "Let's drop it.",
    "PTAL",
    "Done: the route.\nNext: the worker.",
    "",
]
COMMANDS = [(), (("question", "Five or six"),), (("answer", "Five."),), (("decide", "D1 drop it"),), (("update", ""),)]
ON_PULL = [
    Deed.READIED,
    Deed.DRAFTED,
    Deed.PUSHED,
    Deed.REQUESTED,
    Deed.RELEASED,
    Deed.MERGED,
    Deed.CLOSED,
    Deed.REOPENED,
]

people, texts, pulls = st.sampled_from(PEOPLE), st.sampled_from(TEXTS), st.sampled_from([5, 6])
comments = st.builds(said, people, texts, pull=st.sampled_from([0, 5, 6]), commands=st.sampled_from(COMMANDS))
reviews = st.builds(
    did,
    st.just(Deed.REVIEWED),
    people,
    text=texts,
    pull=pulls,
    opinion=st.sampled_from(Opinion),
    inline=st.sampled_from([(), ("Why five?",), ("Name it `limit`.",)]),
)
deeds = st.builds(did, st.sampled_from(ON_PULL), people, pull=pulls, to=st.sampled_from(["dana", "rui", "mads", ""]))
stories = st.lists(st.one_of(comments, reviews, deeds), max_size=14)
drafts = st.booleans()


def whole(events: list[Event], *, is_draft: bool = False) -> Facts:
    """A story with two pull requests, the second one a stranger's in half of them."""
    told = facts(did(Deed.OPENED, "sari", pull=5), did(Deed.OPENED, "pat", pull=6), *events)
    both = (handback(created_at=BEGIN + HOUR, is_draft=is_draft), handback(number=6, author="pat"))
    return replace(told, pulls=both, read_at=BEGIN + 99 * HOUR)


def until(seen: Facts, many: int) -> Facts:
    return replace(seen, events=seen.events[:many])


def found(seen: Facts, kept: Handover | None = None) -> Handover | None:
    return derive(seen, in_force(POLICY), Judged(), repository="acme/billing", kept=kept)


@settings(max_examples=40)
@given(stories, drafts)
def test_exactly_one_person_has_the_next_move_at_every_moment(events, is_draft):
    seen = whole(events, is_draft=is_draft)

    for many in range(1, len(seen.events) + 1):
        moves = ledger(until(seen, many)).moves
        since = [each.since for each in moves]
        owners = [each.owner.casefold() for each in moves]
        assert since == sorted(since)
        assert since[0] == BEGIN
        assert all(owners)
        assert all(one != other for one, other in pairwise(owners))


@given(stories, drafts)
def test_no_stranger_and_no_bot_ever_has_it(events, is_draft):
    owners = {each.owner for each in ledger(whole(events, is_draft=is_draft)).moves}

    assert owners <= {"sari", "dana", "rui"}


@given(stories, drafts)
def test_to_look_twice_is_to_look_once(events, is_draft):
    seen = whole(events, is_draft=is_draft)
    once = ledger(seen)

    assert ledger(seen, kept=once) == once


@given(stories, drafts, st.data())
def test_it_does_not_matter_when_it_was_looked_at(events, is_draft, data):
    seen = whole(events, is_draft=is_draft)
    kept = None
    for many in sorted(data.draw(st.lists(st.integers(1, len(seen.events)), max_size=4))):
        kept = ledger(until(seen, many), kept=kept)

    assert ledger(seen, kept=kept) == ledger(seen)


@given(stories, st.data())
def test_no_id_is_ever_given_to_another_row(events, data):
    seen = whole(events)
    given_to: dict[str, tuple[int, int]] = {}
    kept = None
    for _ in range(4):
        gone = data.draw(st.sets(st.integers(1, len(seen.events) - 1)))
        left = tuple(each for place, each in enumerate(seen.events) if place not in gone)
        kept = ledger(replace(seen, events=left), kept=kept)
        ids = [each.id for each in (*kept.questions, *kept.decisions)]
        assert len(ids) == len(set(ids))
        for row in (*kept.questions, *kept.decisions):
            assert given_to.setdefault(row.id, (row.pull, row.comment)) == (row.pull, row.comment)


@given(stories, st.data())
def test_a_part_of_a_long_conversation_tells_the_same_as_the_whole(events, data):
    """Of the issue everything is read, of pull request 5 what came last; all of it was looked at before."""
    seen = whole(events)
    kept = ledger(seen)
    begins = seen.events[data.draw(st.integers(0, len(seen.events) - 1))].at
    left = tuple(each for each in seen.events if each.pull != 5 or each.at >= begins)

    cut = ledger(replace(seen, events=left, whole_since=begins), kept=kept)

    assert [(each.owner, each.since) for each in cut.moves] == [(each.owner, each.since) for each in kept.moves]
    assert [each.id for each in cut.questions] == [each.id for each in kept.questions]
    assert cut.rounds == kept.rounds


assignments = st.lists(
    st.tuples(st.sampled_from([Deed.ASSIGNED, Deed.UNASSIGNED]), st.sampled_from(["sari", "mads", "dana"])), max_size=10
)


@given(assignments)
def test_who_has_the_issue_is_its_contractor_while_somebody_has_it(steps):
    holders: list[str] = []
    events: list[Event] = []
    kept = None
    for place, (deed, whom) in enumerate(steps):
        if (deed is Deed.ASSIGNED) == (whom in holders):
            continue  # nobody is assigned twice
        (holders.append if deed is Deed.ASSIGNED else holders.remove)(whom)
        events.append(replace(did(deed, "rui", to=whom), at=BEGIN + place * timedelta(minutes=1)))
        seen = replace(facts(), events=tuple(events), assignees=tuple(holders), read_at=BEGIN + 9 * HOUR)
        theirs = [each for each in holders if each != "dana"]
        kept = found(seen, kept)
        assert (kept is not None and kept.ended_at is None) == bool(theirs)
        if kept is not None and theirs:
            assert kept.contractor == theirs[0]
            assert [each and each.picked_up_at for each in (found(seen), kept)] == [kept.picked_up_at] * 2
