"""What a digest is made of, and where it is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.load import load
from ghapp.handover import posted
from ghapp.handover.digest import Source, What, digest, needs, of_contractor
from ghapp.handover.homes import homes, showable
from ghapp.handover.ledger import Decision, Handover, Move, Question, Role, Update, Why
from ghapp.handover.posted import Posted, Told, Unsent

BEGIN = datetime(2026, 3, 2, 1, tzinfo=UTC)
NOW = BEGIN + timedelta(days=2)
ON = "digest: {enabled: true}\npeople: {lee: {role: team}, sari: {timezone: Asia/Jakarta}}\n"


def hour(number: float) -> datetime:
    return BEGIN + timedelta(hours=number)


def move(owner: str, at: float, why: Why, pull: int = 0) -> Move:
    side = Role.CONTRACTOR if owner in ("sari", "mads") else Role.TEAM
    return Move(owner=owner, side=side, since=hour(at), why=why, pull=pull)


def ledger(number: int = 1, **changes) -> Handover:
    whole = {
        "repository": "acme/billing",
        "number": number,
        "title": f"Issue {number}",
        "contractor": "sari",
        "by": "dana",
        "picked_up_at": BEGIN,
        "moves": (move("sari", 0, Why.START),),
    }
    return Handover(**whole | changes)


def source(*ledgers: Handover, policy: str = ON, repository: int = 12, **changes) -> Source:
    name = ledgers[0].repository if ledgers else "acme/billing"
    made = Source(repository=repository, node=f"R_{repository}", name=name, policy=load(policy).policy, ledgers=ledgers)
    return replace(made, **changes)


def question(number: int, at: float, answered: float | None = None, in_spec: float | None = None) -> Question:
    return Question(
        id=f"Q{number}",
        comment=number,
        place=0,
        pull=0,
        text=f"What of {number}?",
        criterion="scope",
        by="sari",
        at=hour(at),
        answer="That.",
        answered_by="dana",
        answered_at=None if answered is None else hour(answered),
        in_spec_at=None if in_spec is None else hour(in_spec),
    )


def decision(number: int, *, due: date | None = None, decider: str = "", decided: float | None = None) -> Decision:
    return Decision(
        id=f"D{number}",
        comment=0,
        pull=5,
        question=f"Which {number}?",
        decider=decider,
        due=due,
        by="sari",
        at=hour(number),
        decision="This.",
        decided_by="dana",
        decided_at=None if decided is None else hour(decided),
    )


def told(*sources: Source, since: datetime = BEGIN - timedelta(hours=1)):
    return digest(sources, since=since, now=NOW)


def test_what_arrived_is_told_from_a_moment_on_and_in_its_order():
    turns = (
        move("sari", 0, Why.START),
        move("dana", 5, Why.REVIEW, 5),
        move("sari", 7, Why.REWORK, 5),
        move("dana", 9, Why.MERGE),
    )
    update = Update(comment=9, pull=5, by="sari", at=hour(8), says=())
    rows = {"questions": (question(1, 1, 3),), "decisions": (decision(2, decided=6),), "updates": (update,)}
    handed = ledger(moves=turns, **rows)
    assert [(each.what, each.by) for each in told(source(handed)).arrived] == [
        (What.HANDED_OVER, "dana"),
        (What.ASKED, "sari"),
        (What.ANSWERED, "dana"),
        (What.HANDED_BACK, "sari"),
        (What.DECIDED, "dana"),
        (What.RETURNED, "dana"),
        (What.UPDATED, "sari"),
    ]
    assert [each.what for each in told(source(handed), since=hour(6)).arrived] == [What.RETURNED, What.UPDATED]


@pytest.mark.parametrize(("merged", "found"), [(True, [What.MERGED]), (False, [])])
def test_of_what_has_ended_only_the_merge_is_told(merged, found):
    rows = {"questions": (question(1, 1),), "decisions": (decision(1),)}
    ended = ledger(ended_at=hour(5), merged=merged, moves=(move("dana", 4, Why.MERGE),), **rows)
    whole = told(source(ended))
    assert [each.what for each in whole.arrived] == found
    assert whole.keys == frozenset()
    assert told(source(ended), since=hour(5)).is_empty


def test_decisions_come_overdue_first_then_by_their_day():
    rows = (
        decision(1),
        decision(2, due=date(2026, 3, 9)),
        decision(3, due=date(2026, 3, 3)),
        decision(4, due=date(2026, 3, 4)),
        decision(5, decided=1),
    )
    found = told(source(ledger(decisions=rows))).undecided
    assert [(each.row.id, each.overdue) for each in found] == [
        ("D3", True),
        ("D4", False),
        ("D2", False),
        ("D1", False),
    ]


@pytest.mark.parametrize(
    ("decider", "who"),
    [("Lee", "lee"), ("DANA", "dana"), ("octocat", "dana"), ("sari", "dana"), ("", "dana"), ("the team", "dana")],
)
def test_a_decision_is_of_the_team_whatever_its_text_says(decider, who):
    assert told(source(ledger(decisions=(decision(1, decider=decider),)))).undecided[0].who == who


def test_a_question_is_open_until_the_issue_holds_its_answer():
    rows = (question(1, 1), question(2, 1, 2), question(3, 1, 2, 3))
    whole = told(source(ledger(questions=rows)))
    assert ([each.row.id for each in whole.asked], [each.row.id for each in whole.unwritten]) == (["Q1"], ["Q2"])
    quiet = told(source(ledger(questions=rows), policy=ON + "questions: {enabled: false}\n"))
    assert (quiet.asked, quiet.unwritten, [each.what for each in quiet.arrived]) == ((), (), [What.HANDED_OVER])


def test_somebody_needs_to_see_a_decision_beside_a_move_only_when_the_move_is_about_something_else():
    row = (decision(1, decider="lee"),)
    to_decide = told(source(ledger(decisions=row, moves=(move("lee", 1, Why.DECIDE, 5),))))
    to_review = told(source(ledger(decisions=row, moves=(move("lee", 1, Why.REVIEW, 5),))))
    assert [len(part) for part in needs(to_decide, "LEE")] == [1, 0]
    assert [len(part) for part in needs(to_review, "lee")] == [1, 1]
    assert needs(to_review, "") == ((), ())


def test_a_contractor_gets_what_others_did_and_what_is_theirs():
    mine = ledger(questions=(question(1, 1, 2),))
    other = ledger(2, contractor="mads", moves=(move("mads", 0, Why.START),))
    found = of_contractor(told(source(mine, other)), "Sari", since=BEGIN - timedelta(hours=1))
    assert [(each.item.number, each.what) for each in found.arrived] == [(1, What.HANDED_OVER), (1, What.ANSWERED)]
    assert [each.item.number for each in found.waiting] == [1]
    assert (found.undecided, found.asked, found.unwritten, found.ready) == ((), (), (), ())


def test_a_digest_is_where_the_policies_say_and_one_for_all_that_name_the_same():
    elsewhere = ON.replace("true", "true, repository: Acme/Handoff")
    rows = (
        source(ledger(repository="acme/zoo"), policy=elsewhere, repository=1),
        source(ledger(repository="acme/billing"), policy=elsewhere, repository=2),
        source(ledger(repository="acme/alone"), repository=3),
        source(ledger(repository="acme/off"), policy="", repository=4),
        source(ledger(repository="acme/unfollowed"), policy=ON + "handover: {enabled: false}\n", repository=5),
    )
    found = {each.name: [one.name for one in each.sources] for each in homes(rows)}
    assert found == {"acme/alone": ["acme/alone"], "Acme/Handoff": ["acme/billing", "acme/zoo"]}
    named = (*rows, source(ledger(repository="acme/handoff"), repository=6))
    shared = next(each for each in homes(named) if each.repository == 6)
    assert (shared.key, [one.name for one in shared.sources]) == ("6", ["acme/billing", "acme/handoff", "acme/zoo"])


@pytest.mark.parametrize(
    ("repository", "is_public", "home_is_public", "words"),
    [
        pytest.param(12, False, False, ["Issue 1"], id="its-own"),
        pytest.param(12, False, True, ["Issue 1"], id="its-own-whoever-reads-it"),
        pytest.param(13, False, False, [""], id="of-a-private-one"),
        pytest.param(13, True, False, ["Issue 1"], id="of-a-public-one"),
        pytest.param(13, True, True, ["Issue 1"], id="of-a-public-one-in-public"),
        pytest.param(13, False, True, [], id="of-a-private-one-in-public"),
    ],
)
def test_whoever_reads_a_digest_reads_no_words_that_they_might_not_read(repository, is_public, home_is_public, words):
    rows = {"questions": (question(1, 1, 2),), "decisions": (decision(1),)}
    shown = showable(
        [source(ledger(**rows), repository=repository, ready=((7, "Ready 7"),))],
        home=12,
        public={f"R_{repository}"} if is_public else set(),
        is_public=home_is_public,
    )
    whole = told(*shown)
    assert [each.item.title for each in whole.waiting] == words
    if words == [""]:
        assert "Issue 1" not in repr(whole)
        assert "Ready 7" not in repr(whole)
        assert {each.words for each in whole.arrived} == {""}
        assert {(each.row.question, each.row.options) for each in whole.undecided} == {("", ())}
        assert {(each.row.text, each.row.answer) for each in (*whole.asked, *whole.unwritten)} == {("", "")}


class TestKept:
    def reader(self, **changes) -> Told:
        whole = {
            "day": date(2026, 3, 3),
            "morning": hour(24),
            "since": hour(0),
            "at": hour(24.1),
            "until": hour(28),
            "keys": frozenset({"12#1 to review"}),
        }
        return Told(**whole | changes)

    def test_it_comes_back_as_it_was(self):
        message = Unsent(reader="sari", sections=("a", "b"), due=hour(1), until=hour(2))
        whole = Posted(begun=hour(0), issue=7, readers={"": self.reader()}, unsent=(message,))
        assert posted.from_json(whole.to_json()) == whole

    def test_readers_of_long_ago_are_forgotten(self):
        kept = Posted(readers={"mads": self.reader(), "sari": self.reader(at=hour(24 * 29))})
        now = hour(24 * 40)
        assert kept.with_told({"": self.reader(at=now)}, now=now).readers.keys() == {"sari", ""}
