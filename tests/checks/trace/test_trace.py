"""What an author says of each acceptance criterion: its state, the words it rests on, and what is named beside."""

import pytest

from bench.trace_quality import told
from checks.acceptance_criteria import of
from checks.reader import LocalReader
from checks.subject import Issue, Pull
from checks.trace import Change, How, Named, State, trace
from checks.verdict import Evidence
from tests.checks.trace.conftest import LINES, linked

YES, OUT, OPEN = "addressed", "left out", "not yet"
WAYS = [
    pytest.param("- AC1: `backoff.py`", {"AC1": YES}, How.ID, id="an id before words"),
    pytest.param("Retries with a growing pause (AC1).", {"AC1": YES}, How.ID, id="an id in brackets behind"),
    pytest.param("- AC1 \u2705", {"AC1": YES}, How.ID, id="an id and a mark"),
    pytest.param("## AC1\n\nIn `backoff.py`.", {"AC1": YES}, How.ID, id="an id as a heading"),
    pytest.param("- AC1\n  - in `backoff.py`", {"AC1": YES}, How.ID, id="an id with a deeper line"),
    pytest.param(
        "AC1 is shown by:\n\n```\n$ make test\n3 passed\n```", {"AC1": YES}, How.ID, id="an id and code below"
    ),
    pytest.param(
        "AC1 to AC3 are covered by `tests/test_worker.py`.",
        dict.fromkeys(("AC1", "AC2", "AC3"), YES),
        How.ID,
        id="a range",
    ),
    pytest.param("For AC1 see `backoff.py`.", {"AC1": YES}, How.ID, id="for an id"),
    pytest.param(
        "## Acceptance criteria of the issue\n\n- AC1: `backoff.py`", {"AC1": YES}, How.ID, id="below a heading"
    ),
    pytest.param("The worker was changed so that it meets AC1.", {"AC1": YES}, How.ID, id="met, in a sentence"),
    pytest.param("- [x] AC1", {"AC1": YES}, How.BOX, id="an id in a ticked box"),
    pytest.param(f"- [x] {LINES[0]}", {"AC1": YES}, How.BOX, id="a ticked box"),
    pytest.param("- [x] failed uploads retried three times", {"AC1": YES}, How.BOX, id="a ticked box in other words"),
    pytest.param(f"\u2714 {LINES[0]}", {"AC1": YES}, How.BOX, id="a mark"),
    pytest.param(f"\u2714 {LINES[0]}\n\u2714 {LINES[2]}", {"AC1": YES, "AC3": YES}, How.BOX, id="lines with marks"),
    pytest.param(f"> {LINES[0]}\n\nIn `backoff.py`.", {"AC1": YES}, How.QUOTATION, id="a quote and an answer"),
    pytest.param(f"### {LINES[0]}\n\nIn `backoff.py`.", {"AC1": YES}, How.QUOTATION, id="a heading and an answer"),
    pytest.param(f"- {LINES[0]}\n  - in `backoff.py`", {"AC1": YES}, How.QUOTATION, id="the line and a deeper one"),
    pytest.param(f"- {LINES[0]}: `backoff.py`", {"AC1": YES}, How.QUOTATION, id="the line and more"),
    pytest.param(f"## What changed\n\n- {LINES[0]}", {"AC1": YES}, How.QUOTATION, id="the line under a claim"),
    pytest.param(f"This implements:\n\n- {LINES[0]}", {"AC1": YES}, How.QUOTATION, id="the line after a claim"),
    pytest.param(
        '"the row gets the status" is done in `worker.py`.', {"AC2": YES}, How.QUOTATION, id="a passage in marks"
    ),
    pytest.param("Each failed upload is now retried three times.", {"AC1": YES}, How.LIKENESS, id="other words"),
    pytest.param(f"{LINES[0]}.", {"AC1": YES}, How.LIKENESS, id="the very sentence, once"),
    pytest.param(
        "Adds retries (three times) to the worker for failed uploads and makes the queue a table.",
        {"AC1": YES},
        How.LIKENESS,
        id="words in several clauses",
    ),
]
SILENT = [
    pytest.param("", id="nothing"),
    pytest.param("A failed upload is shown in red.", id="a neighbour"),
    pytest.param(f"- {LINES[0]}\n- {LINES[1]}", id="the issue's list"),
    pytest.param(f"{LINES[0]}. {LINES[1]}.", id="the issue's sentences"),
    pytest.param(f"> {LINES[0]}", id="a quote without an answer"),
    pytest.param(f"## {LINES[0]}", id="a heading without an answer"),
    pytest.param(f"- AC1: {LINES[0]}", id="the id with the issue's words"),
    pytest.param("- AC1:", id="the id alone"),
    pytest.param("AC1: who decides?", id="a question"),
    pytest.param("AC1 is not affected.", id="a sentence about an id"),
    pytest.param("AC1 n/a", id="not applicable"),
    pytest.param("AC1: I don't understand this one.", id="not understood"),
    pytest.param("I tried to have a failed upload retried three times.", id="tried"),
    pytest.param("I wonder what AC1 is for.", id="in passing"),
    pytest.param("The third paragraph of AC1 is long.", id="named in a sentence that claims nothing"),
    pytest.param("AC7: done", id="an id that is none"),
    pytest.param("#99 AC1: done", id="an id of another issue"),
    pytest.param("A failed upload is retried five times.", id="another figure"),
    pytest.param("A failed upload is retried three hours long.", id="another unit"),
    pytest.param("A failed upload must be retried three times.", id="an order"),
    pytest.param("Until now a failed upload was retried three times.", id="the old state"),
    pytest.param(
        "Before this change, a failed upload stayed, retried three times.", id="the old state, a clause later"
    ),
    pytest.param("A failed upload is never retried three times.", id="the opposite"),
    pytest.param("Removes that a failed upload is retried three times.", id="undone"),
    pytest.param("Is a failed upload retried three times?", id="asked"),
    pytest.param("## Why\n\nA failed upload is retried three times elsewhere.", id="a reason"),
    pytest.param(f"The issue says: {LINES[0]}", id="said by the issue"),
    pytest.param(f"## How to test\n\nSee that {LINES[0]} in the log", id="a step"),
    pytest.param(f"Should it be so that {LINES[0]} or not?", id="asked with the very words"),
    pytest.param('"the row gets the status" reads odd.', id="a passage without a claim"),
    pytest.param('"the row" is done.', id="a passage that is too short"),
    pytest.param(f"<!-- {LINES[0]} -->\n\n```\n{LINES[0]}\n```", id="a comment and code"),
    pytest.param("| id | where |\n|---|---|\n| AC1 | |\n| AC2 | - |\n| AC3 | tbd |", id="an empty table"),
    pytest.param("| AC1 | where |\n|---|---|\n| x | y |", id="a table's head"),
    pytest.param("## Open questions\n\n- AC1: per customer", id="an id among questions"),
]
DENIED = [
    pytest.param("AC1: left out, the bank has no API", {"AC1": OUT}, id="left out"),
    pytest.param("AC1 will follow.", {"AC1": OPEN}, id="a plan"),
    pytest.param("AC1: partly, two tries", {"AC1": OPEN}, id="in part"),
    pytest.param("AC1: later", {"AC1": OPEN}, id="one word"),
    pytest.param("AC1: cannot be done with this library", {"AC1": OPEN}, id="not possible"),
    pytest.param("All but AC1 are there.", {"AC1": OPEN}, id="an exception"),
    pytest.param("- [ ] AC1", {"AC1": OPEN}, id="an open box"),
    pytest.param("- [ ] AC1 left out", {"AC1": OUT}, id="an open box, left out"),
    pytest.param("- [x] AC1 not yet", {"AC1": OPEN}, id="a ticked box that says no"),
    pytest.param(f"- [ ] {LINES[0]}", {"AC1": OPEN}, id="the issue's open box"),
    pytest.param(f"- [x] {LINES[0]} - not tested", {"AC1": OPEN}, id="ticked with a doubt"),
    pytest.param(f"- [ ] {LINES[0]} - out of scope", {"AC1": OUT}, id="open, out of scope"),
    pytest.param(f"## Follow-up\n\n- {LINES[0]}", {"AC1": OPEN}, id="under a plan"),
    pytest.param("## Follow-up\n\n- AC1: the worker", {"AC1": OPEN}, id="an id under a plan"),
    pytest.param("Left out: a failed upload is retried three times.", {"AC1": OUT}, id="a label"),
    pytest.param("A failed upload is retried three times, but that will follow.", {"AC1": OPEN}, id="taken back"),
    pytest.param("A failed upload is retried three times. This is not done yet.", {"AC1": OPEN}, id="taken back later"),
    pytest.param("A failed upload is not retried three times yet.", {"AC1": OPEN}, id="not yet"),
    pytest.param(
        "Pauses grow; a failed upload is retried three times is still to be done.", {"AC1": OPEN}, id="one clause"
    ),
    pytest.param("> AC1\n\nNot done.", {"AC1": OPEN}, id="answered below a quote"),
    pytest.param(
        "| id | done |\n|---|---|\n| AC1 | no |\n| AC2 | yes |", {"AC1": OPEN, "AC2": YES}, id="a column of yes and no"
    ),
    pytest.param(
        "| what | state |\n|---|---|\n| failed upload retried three times | \u274c |", {"AC1": OPEN}, id="a cross"
    ),
    pytest.param("## Out of scope\n\n| id | note |\n|---|---|\n| AC1 | #31 |", {"AC1": OUT}, id="a table out of scope"),
]


@pytest.mark.parametrize(("body", "said", "how"), WAYS)
def test_addressed(states, traced, body, said, how):
    assert states(body) == said
    assert {each.how for each in traced(body)} - {None} == {how}


@pytest.mark.parametrize("body", SILENT)
def test_not_mentioned(states, body):
    assert states(body) == {}


@pytest.mark.parametrize(("body", "said"), DENIED)
def test_left_out_or_not_yet(states, body, said):
    assert states(body) == said


def test_a_title_may_say_it(traced):
    [first, *_] = traced("", title="Retry failed uploads three times")

    assert (first.state, first.evidence) == (State.ADDRESSED, Evidence(0, "Retry failed uploads three times"))


def test_the_words_quoted_stand_where_they_are_said(traced):
    body = f"Some words.\n\n- {LINES[0]}\n  - in `backoff.py`\n- AC2: the state is set by `worker.py`"

    assert [each.evidence for each in traced(body)] == [
        Evidence(4, "in `backoff.py`"),
        Evidence(5, "AC2: the state is set by `worker.py`"),
        None,
    ]


def test_what_is_named_beside_it_is_kept(traced):
    [first, *_] = traced("- AC1: 3fa81c2, `tests/test_worker.py::test_three`, ran `make test`")

    assert first.named == Named(
        commits=("3fa81c2",), tests=("tests/test_worker.py::test_three",), commands=("make test",)
    )
    assert first.answer == "3fa81c2, `tests/test_worker.py::test_three`, ran `make test`"


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        pytest.param(f"| id | criterion | where |\n|---|---|---|\n| AC1 | {LINES[0]} | x.py | 9 |", "x.py", id="a row"),
        pytest.param(f"- [x] {LINES[0]}: `x.py`", "`x.py`", id="a box"),
        pytest.param(f"- [x] {LINES[0]}", "", id="a box alone"),
        pytest.param("- AC1\n  - `x.py`\n  - `y.py`", "`x.py` `y.py`", id="below"),
        pytest.param("AC1: `x.py`, then more. AC2: `y.py`", "`x.py`, then more", id="up to the next"),
        pytest.param("Retries are in `x.py` (AC1).", "Retries are in `x.py` (AC1", id="before the id"),
        pytest.param(
            "A failed upload is now retried three times.", "A failed upload is now retried three times", id="a sentence"
        ),
    ],
)
def test_the_answer_is_what_the_author_adds(traced, body, answer):
    assert traced(body)[0].answer == answer


def test_what_is_explicit_counts_before_what_is_alike(states):
    assert states("A failed upload is retried three times now. AC1 is left out.") == {"AC1": OUT}
    assert states("A failed upload is not retried three times yet.\n\n- AC1: `backoff.py`") == {"AC1": YES}


def test_an_open_box_counts_for_nothing_where_something_else_is_said(states):
    assert states(f"- [ ] {LINES[0]}\n\nA failed upload is now retried three times.") == {"AC1": YES}


def test_of_two_words_on_one_the_one_that_denies_counts(states):
    assert states("AC1: done.\n\nAC1: not done.") == states("AC1: not done.\n\nAC1: done.") == {"AC1": OPEN}


ONE = ("The basket keeps its items for 30 days", "An item that is sold out is shown in grey")
OTHER = ("`GET /basket` returns the items in their order", "An unknown basket answers 404")
TWO = (linked(*ONE, number=12), linked(*OTHER, number=40, repository="acme/api"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param("AC1: done", [], id="an id of both"),
        pytest.param("acme/api#40 AC1: done", ["acme/api#40 AC1"], id="with its issue"),
        pytest.param("#12 AC2: done", ["acme/shop#12 AC2"], id="with its number"),
        pytest.param("https://github.com/acme/api/issues/40 AC2: done", ["acme/api#40 AC2"], id="with its address"),
        pytest.param(
            "## acme/api#40\n\n- AC1: done\n- AC2: done", ["acme/api#40 AC1", "acme/api#40 AC2"], id="below it"
        ),
        pytest.param("AC2: unknown baskets answer 404", ["acme/api#40 AC2"], id="by its words"),
        pytest.param("acme/web#40 AC1: done", [], id="of a third one"),
    ],
)
def test_several_issues_are_told_apart(states, body, said):
    assert list(states(body, *TWO)) == said


def test_an_id_that_one_of_two_issues_has_is_enough(states):
    assert states("AC3: done", linked(), TWO[1]) == {"acme/shop#12 AC3": YES}


def test_an_issue_that_cannot_be_read_is_passed_over(traced):
    found = traced("AC1: done", linked(is_readable=False), TWO[1])

    assert [each.name for each in found] == ["AC1", "AC2"]
    assert {each.issue for each in found} == {"acme/api#40"}


def test_without_acceptance_criteria_nothing_is_traced():
    assert trace(Pull(title="Retry", body="AC1: done")) == ()


KEPT = of(Issue(title="Uploads are lost", body=linked(*LINES).body))


def test_state_and_drift_are_two_facts(traced):
    now = (LINES[0].replace("three", "five"), LINES[2], "The manual names the new setting")
    found = traced("- AC1: `backoff.py`", linked(*now, kept=KEPT))

    assert [(each.name, each.state, each.change, each.was) for each in found] == [
        ("AC1", State.ADDRESSED, Change.REWORDED, LINES[0]),
        ("AC3", State.NOT_MENTIONED, Change.NONE, ""),
        ("AC4", State.NOT_MENTIONED, Change.ADDED, ""),
        ("AC2", State.NOT_MENTIONED, Change.DROPPED, LINES[1]),
    ]
    assert [each.is_asked for each in found] == [True, True, True, False]


def test_an_issue_that_was_not_read_to_its_end_has_dropped_nothing(traced):
    long = linked(LINES[0], *["word " * 9_000] * 6, kept=KEPT)

    assert Change.DROPPED not in {each.change for each in traced("", long)}


def test_another_reader_may_read(traced):
    pull = Pull(title="Retry", body="AC1: done", linked=(linked(),))

    assert trace(pull, LocalReader()) == trace(pull)


@pytest.mark.parametrize("part", ["seen", "held"])
def test_who_claims_nothing_is_hardly_ever_taken_at_their_word(part):
    found = list(told(part))
    claimed = [each for each in found if each.found is State.ADDRESSED]
    true = [each for each in found if each.true is State.ADDRESSED]

    assert sum(each.true is State.ADDRESSED for each in claimed) >= 0.95 * len(claimed)
    assert sum(each.found is State.ADDRESSED for each in true) >= 0.8 * len(true)
