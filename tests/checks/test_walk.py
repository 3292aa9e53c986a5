"""The reviewer's walk: boxes and words to one grade for each acceptance criterion."""

import pytest

from checks.walk import Grade, Step, Walk, boxes, updated, words

KNOWN = ("AC1", "AC2", "AC3")
MET, PARTLY, NOT = Grade.MET, Grade.PARTLY, Grade.NOT
SAID = [
    pytest.param(
        "AC1 met, AC2 partly: no test, AC3 not",
        (Step("AC1", MET), Step("AC2", PARTLY, "no test"), Step("AC3", NOT)),
        id="the usual way",
    ),
    pytest.param("ac-1 MET; ac 2 is not met", (Step("AC1", MET), Step("AC2", NOT)), id="other spellings"),
    pytest.param("AC1, AC2 and AC3 met", tuple(Step(name, MET) for name in KNOWN), id="a list"),
    pytest.param("AC1-3: met", tuple(Step(name, MET) for name in KNOWN), id="a range"),
    pytest.param("AC1 to AC2 partially", (Step("AC1", PARTLY), Step("AC2", PARTLY)), id="a range in words"),
    pytest.param(
        "- **AC1** met\n- AC2: unmet - HTTP 404 is missing\n",
        (Step("AC1", MET), Step("AC2", NOT, "HTTP 404 is missing")),
        id="lines",
    ),
    pytest.param(
        "AC2 partly: see AC1, AC3 not", (Step("AC2", PARTLY, "see AC1"), Step("AC3", NOT)), id="an id in a remark"
    ),
    pytest.param("`AC1`: met. `AC3` not", (Step("AC1", MET), Step("AC3", NOT)), id="in code"),
    pytest.param("AC2 partly: `no test`", (Step("AC2", PARTLY, "no test"),), id="a remark in code"),
    pytest.param("AC1 met AC1 met", (Step("AC1", MET),), id="twice the same"),
    pytest.param("AC1 is fine, I think", (), id="no grade"),
    pytest.param("looks good to me", (), id="no id"),
    pytest.param("", (), id="nothing"),
]


@pytest.mark.parametrize(("text", "steps"), SAID)
def test_a_sentence_is_read_step_by_step(text, steps):
    assert words(text, KNOWN) == Walk(steps=steps)


def test_steps_stand_in_the_order_of_the_trace():
    assert [step.name for step in words("AC3 met, AC1 not", KNOWN).steps] == ["AC1", "AC3"]


def test_ids_that_are_none_are_told():
    assert words("AC7 met, AC1 met, AC9 not, AC7 not", KNOWN) == Walk(steps=(Step("AC1", MET),), unknown=("AC7", "AC9"))


def test_two_words_on_one_are_told_and_none_is_taken():
    assert words("AC1 met, AC2 met, AC1 not", KNOWN) == Walk(steps=(Step("AC2", MET),), contradicted=("AC1",))


def test_with_several_issues_an_id_needs_its_issue_where_two_have_it():
    known = ("acme/shop#12 AC1", "acme/api#40 AC1", "acme/api#40 AC2")

    assert words("#12 AC1 met, acme/api#40 AC1 not, AC2 partly, AC1 met", known) == Walk(
        steps=(Step(known[0], MET), Step(known[1], NOT), Step(known[2], PARTLY)), unknown=("AC1",)
    )


def test_a_remark_is_cut():
    assert len(words(f"AC1 partly: {'long ' * 200}", KNOWN).steps[0].remark) <= 300


TICKED = """<!-- handoff:walk v1 -->
**Walk through the acceptance criteria.**

- `AC1` `AC2 met is what its text says` (addressed)
  - [x] `AC1` met
  - [ ] `AC1` partly
  - [ ] `AC1` not
- `AC2` `The row is gone`
  - [ ] `AC2` met
  - [X] `AC2` partly: no test, see AC3 not
  - [ ] `AC2` not
"""


def test_ticked_boxes_are_read_and_their_remarks():
    assert boxes(TICKED, KNOWN) == Walk(
        steps=(Step("AC1", MET), Step("AC2", PARTLY, "no test, see")),
    )


@pytest.mark.parametrize(
    ("edited", "steps"),
    [
        pytest.param("* [x] AC1 met", (Step("AC1", MET),), id="another bullet, no code"),
        pytest.param("- [x]  **AC1** is met", (Step("AC1", MET),), id="bold"),
        pytest.param("      - [x] AC1 met\r\n", (Step("AC1", MET),), id="deep"),
        pytest.param("- [x] done\n- [x] AC1", (), id="no word"),
        pytest.param("[x] AC1 met", (), id="no item"),
        pytest.param("- [ ] AC1 met", (), id="not ticked"),
        pytest.param("- [y] AC1 met", (), id="no box"),
        pytest.param("AC1 met", (), id="no box at all"),
        pytest.param("", (), id="nothing left"),
    ],
)
def test_an_edited_comment_is_still_read(edited, steps):
    assert boxes(edited, KNOWN) == Walk(steps=steps)


def test_two_boxes_ticked_are_told():
    assert boxes("- [x] AC1 met\n- [x] AC1 not", KNOWN) == Walk(contradicted=("AC1",))


def test_the_newest_word_is_kept():
    before = (Step("AC1", MET), Step("AC2", NOT, "no test"))

    assert updated(before, (Step("AC2", MET),)) == (Step("AC1", MET), Step("AC2", MET))
