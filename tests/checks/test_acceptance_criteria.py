"""The acceptance criteria of an issue: their ids, and what became of them since pick-up."""

import pytest

from checks.acceptance_criteria import MOST, Drift, carried, drift, key, of, remembered
from checks.subject import AcceptanceCriterion, Issue

LINES = ("A failed upload is retried three times", "The row gets the status `failed`", "The customer gets one e-mail")


def issue(*lines, mark="- [ ] "):
    return Issue(title="Uploads are lost", body="## Acceptance criteria\n\n" + "\n".join(mark + line for line in lines))


def kept(*lines):
    return of(issue(*lines))


def named(criteria):
    return {each.id: each.text for each in criteria}


def test_lines_without_an_id_are_numbered_in_their_order():
    assert of(issue(*LINES)) == (
        AcceptanceCriterion("AC1", LINES[0], 3),
        AcceptanceCriterion("AC2", LINES[1], 4),
        AcceptanceCriterion("AC3", LINES[2], 5),
    )


@pytest.mark.parametrize(
    ("line", "identifier", "text"),
    [
        pytest.param("AC-3: The row is gone at once", "AC-3", "The row is gone at once", id="a colon"),
        pytest.param("[AC3] The row is gone at once", "AC3", "The row is gone at once", id="in brackets"),
        pytest.param("(ac 3) The row is gone at once", "ac 3", "The row is gone at once", id="in parentheses"),
        pytest.param("A2: The row is gone at once", "A2", "The row is gone at once", id="one letter"),
        pytest.param("**AC-3** The row is gone at once", "AC-3", "The row is gone at once", id="bold"),
        pytest.param("R4 \u2014 The row is gone at once", "R4", "The row is gone at once", id="a dash"),
        pytest.param("REQ-1.2. The row is gone at once", "REQ-1.2", "The row is gone at once", id="with a point"),
        pytest.param("A2 paper is printed on both sides", "AC1", "A2 paper is printed on both sides", id="a size"),
        pytest.param("HTTP 404: the row is gone", "AC1", "HTTP 404: the row is gone", id="a status"),
        pytest.param("P1: the row is gone at once", "AC1", "P1: the row is gone at once", id="a priority"),
    ],
)
def test_an_id_that_its_author_wrote_is_kept(line, identifier, text):
    [only] = of(issue(line))

    assert (only.id, only.text) == (identifier, text)
    assert only.written == ("" if identifier == "AC1" else identifier)


def test_two_are_never_called_the_same():
    found = of(
        issue("AC1: The row is gone at once", "AC-1: The list is empty then", "The page says so in words", "AC3: Bye")
    )

    assert [each.id for each in found] == ["AC1", "AC2", "AC4", "AC3"][: len(found)]


def test_a_table_s_head_is_none():
    body = "## Acceptance criteria\n\n| id | seen |\n|---|---|\n| R1 | The row is gone |\n| R2 | The list is empty |"
    again = "\n\n| id | what else is seen |\n|---|---|\n| R3 | The page says so |"

    assert named(of(Issue(title="Delete rows", body=body + again))) == {
        "R1": "The row is gone",
        "R2": "The list is empty",
        "R3": "The page says so",
    }


def test_tasks_beside_acceptance_criteria_are_none():
    tasks = "## Tasks\n\n- [ ] Add the column `state` to `uploads` in a migration\n\n"

    assert named(of(Issue(title="Retry uploads", body=tasks + issue(*LINES).body))) == named(kept(*LINES))


def test_sentences_count_where_nothing_is_listed():
    body = "## Acceptance criteria\n\nA failed upload is retried three times. Then the row gets the status `failed`."

    assert [each.line for each in of(Issue(title="Uploads", body=body))] == [3, 3]


def test_an_issue_with_more_than_anybody_could_answer_is_cut():
    assert len(of(issue(*(f"The row number {at} is gone at once" for at in range(MOST + 5))))) == MOST


@pytest.mark.parametrize("spelt", ["AC3", "ac-3", "[AC 03]", "AC_3", "ac#3"])
def test_an_id_is_compared_without_its_spelling(spelt):
    assert key(spelt) == "AC3"


def test_a_point_inside_an_id_counts():
    assert key("AC1.2") != key("AC12")


SAME = [
    pytest.param(LINES, id="nothing"),
    pytest.param(LINES[::-1], id="order"),
    pytest.param(
        ("A failed  upload is retried three times.", "the row gets the status `failed`", LINES[2]), id="spaces"
    ),
    pytest.param(("A failed upload is retryed three times", *LINES[1:]), id="a slip"),
]


@pytest.mark.parametrize("lines", SAME)
@pytest.mark.parametrize("mark", ["- [ ] ", "- [x] ", "* ", "1. "])
def test_order_slips_and_ticks_are_no_drift(lines, mark):
    found = drift(kept(*LINES), of(issue(*lines, mark=mark)))

    assert not found
    assert sorted(named(found.unchanged)) == ["AC1", "AC2", "AC3"]


def test_a_line_keeps_its_id_wherever_it_moves():
    found = carried(kept(*LINES), of(issue("The manual names the setting", LINES[2], LINES[0])))

    assert named(found) == {"AC4": "The manual names the setting", "AC3": LINES[2], "AC1": LINES[0]}


def test_new_words_are_shown_in_both_versions():
    found = drift(kept(*LINES), of(issue("A failed upload is retried five times", *LINES[1:])))

    assert [(each.was.id, each.was.text, each.now.id, each.now.text) for each in found.reworded] == [
        ("AC1", LINES[0], "AC1", "A failed upload is retried five times")
    ]
    assert (found.dropped, found.added) == ((), ())


def test_what_is_gone_is_dropped_and_what_is_new_is_added_with_the_next_free_id():
    found = drift(kept(*LINES), of(issue(LINES[0], "The manual names the new setting", LINES[2])))

    assert named(found.dropped) == {"AC2": LINES[1]}
    assert named(found.added) == {"AC4": "The manual names the new setting"}
    assert bool(found)


def test_an_id_that_its_author_wrote_counts_before_words():
    found = drift(
        kept("AC1: The row is gone", "AC2: The list is empty"), of(issue("AC1: The list is empty", "AC2: Done by 5"))
    )

    first, *_ = found.reworded
    assert (first.was.id, first.now.text) == ("AC1", "The list is empty")


def test_an_id_written_later_leaves_the_old_one_in_force():
    [only] = carried(kept("The row is gone at once"), of(issue("R7: The row is gone at once")))

    assert (only.id, only.written) == ("AC1", "R7")


def test_two_that_are_alike_find_each_its_own():
    old = kept("`GET /a` answers 200 with the list of rows", "`GET /b` answers 200 with the list of rows")
    new = of(issue("`GET /b` answers 204 with the list of rows", "`GET /a` answers 201 with the list of rows"))

    assert [each.now.text for each in drift(old, new).reworded] == [new[0].text, new[1].text]
    assert named(carried(old, new)) == {"AC2": new[0].text, "AC1": new[1].text}


def test_without_a_pick_up_nothing_is_drift():
    now = of(issue(*LINES))

    assert drift((), now) == Drift(unchanged=now)
    assert not drift((), now)


def test_an_issue_that_was_emptied_has_dropped_all():
    assert named(drift(kept(*LINES), ()).dropped) == named(kept(*LINES))


def test_what_comes_later_is_remembered_so_that_its_id_is_never_another_s():
    first = remembered(kept(*LINES), of(issue(*LINES, "The manual names the setting")))
    then = of(issue("The page says how often it was tried", *LINES, "The manual names the setting"))

    assert named(carried(first, then)) == named(kept(*LINES)) | {
        "AC4": "The manual names the setting",
        "AC5": "The page says how often it was tried",
    }
    assert named(drift(first, then).added) == {
        "AC4": "The manual names the setting",
        "AC5": "The page says how often it was tried",
    }
    assert drift(first, of(issue(*LINES))) == Drift(unchanged=of(issue(*LINES)))


def test_remembering_the_same_twice_adds_nothing():
    now = of(issue(*LINES, "The manual names the setting"))
    once = remembered(kept(*LINES), now)

    assert remembered(once, now) == once
