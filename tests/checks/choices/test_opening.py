from datetime import date

import pytest

from checks.choices import Choice, open_choices

WEDNESDAY = date(2026, 3, 4)

NONE = {
    "taken": "We decided to keep the old table.",
    "denied": "No decision needed here.",
    "declared-empty": "Needs a decision: none",
    "a-thing-of-that-name": "It needs a decision table in the docs.",
    "asked-without-options": "Please decide for yourself.",
    "question-without-a-person": "Is it faster or slower?",
    "question-without-options": "Could you take a look, @dana?",
    "quoted": "> Needs a decision: A or B?",
    "code": "```\nNeeds a decision: A or B?\n```",
    "comment": "<!-- Needs a decision: A or B? -->",
    "nothing": "",
}


def opened(text):
    return [(one.options, one.decider, one.due) for one in open_choices(text, today=WEDNESDAY)]


def test_a_choice_has_its_question_options_decider_day_and_line():
    text = "Adds the export.\n\nNeeds a decision: CSV or XLSX? @dana by Friday"
    assert open_choices(text, today=WEDNESDAY) == (
        Choice("Needs a decision: CSV or XLSX?", ("CSV", "XLSX"), "dana", date(2026, 3, 6), 3),
    )


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Needs a decision: keep the old table, or rename it?", ("keep the old table", "rename it")),
        ("Needs a decision: JSON, CSV or XLSX?", ("JSON", "CSV", "XLSX")),
        ("Needs a decision: should rows be hidden or deleted?", ("hidden", "deleted")),
        ("Needs a decision on whether to ask or to store it.", ("ask", "store it")),
        ("Needs a decision between Redis and Postgres.", ("Redis", "Postgres")),
        ("Needs a decision: the page size (20 or 50).", ("20", "50")),
        ("Needs a decision: A) block B) queue", ("block", "queue")),
        ("Needs a decision:\n- A: block\n- B: queue", ("block", "queue")),
        ("## Needs a decision\n\nOption 1: block.\nOption 2: queue.", ("block", "queue")),
        (
            "Needs a decision: keep the old, big and slow one here, or rename it?",
            ("keep the old, big and slow one here", "rename it"),
        ),
        ("Needs a decision: drop Python 3.9?", ()),
        ("Needs a decision: drop Python 3.9? I would, or so.", ()),
    ],
)
def test_options_are_quoted_from_lists_lines_and_questions(text, options):
    assert [found for found, _, _ in opened(text)] == [options]


def test_the_person_who_decides_may_stand_below():
    text = "**Needs a decision**: how long do we keep logs?\n- 30 days\n- 90 days\n\nDecides: @sam, by 2026-03-31"
    assert opened(text) == [(("30 days", "90 days"), "sam", date(2026, 3, 31))]


def test_somebody_in_copy_does_not_decide():
    assert opened("Needs a decision: CSV or XLSX? cc @bob") == [(("CSV", "XLSX"), "", None)]


def test_a_plea_counts_beside_its_options():
    assert opened("@dana, soft delete or hard delete? Please decide by 15 Mar.") == [
        (("soft delete", "hard delete"), "dana", date(2026, 3, 15))
    ]


def test_a_plea_is_quoted_not_the_sentence_before_it():
    text = "The rows are old.\nI'd say: @dana please decide whether to archive or delete them."
    (choice,) = open_choices(text, today=WEDNESDAY)
    assert choice.question.startswith("I'd say")
    assert choice.options == ("archive", "delete them")


def test_the_next_paragraph_is_about_something_else():
    assert opened("Needs a decision: CSV or XLSX?\n\nTested by @bob until Friday.") == [(("CSV", "XLSX"), "", None)]


def test_a_question_counts_with_options_and_a_person():
    assert opened("Blue or green, @sam?") == [(("Blue", "green"), "sam", None)]


def test_several_decisions_stand_in_the_order_of_the_text():
    text = "Needs a decision: UTC or local time? @lee\n\nNeeds a decision: CSV or XLSX? @dana"
    assert [decider for _, decider, _ in opened(text)] == ["lee", "dana"]


def test_what_asks_below_a_heading_belongs_to_it():
    text = "## Needs a decision\n\n@dana, which of these?\n\n- block\n- queue\n\n## Tests\n\nAll green."
    assert opened(text) == [(("block", "queue"), "dana", None)]


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_leaves_nothing_to_decide_is_left_alone(text):
    assert opened(text) == []
