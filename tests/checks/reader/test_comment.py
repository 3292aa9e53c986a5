from checks.reader.comment import phrases, puts_off, said
from checks.reader.phrases import load
from checks.text import Form


def texts(comment):
    return [(one.line, one.text) for one in said(comment)]


def test_quotes_code_comments_and_commands_are_not_what_the_author_says():
    comment = "> Sort it?\n\nYes.\n\n```\nsort()?\n```\n<!-- really? -->\n/handoff question Sort it?\nBy name."
    assert texts(comment) == [(3, "Yes."), (10, "By name.")]


def test_items_are_cut_into_sentences_and_keep_their_line():
    assert texts("- Should it retry? I took 3.\n- Next one.") == [
        (1, "Should it retry?"),
        (1, "I took 3."),
        (2, "Next one."),
    ]


def test_paragraphs_and_items_are_told_apart():
    first, second, third, item, other = said("One. Two.\n\nThree.\n\n- a thing\n- another")
    assert first.block == second.block
    assert len({second.block, third.block, item.block, other.block}) == 4


def test_a_lone_number_is_no_list():
    assert texts("> Which status?\n\n410.") == [(3, "410")]


def test_a_box_keeps_its_state():
    assert [(one.form, one.checked) for one in said("- [x] done\n- [ ] open")] == [
        (Form.TASK, True),
        (Form.TASK, False),
    ]


def test_a_question_mark_counts_where_it_is_the_sentences_own():
    assert [one.asks for one in said('**Is it?** (Is it?) It asks "Is it?"')] == [True, True, False]


def test_a_very_long_sentence_is_read_to_its_limit():
    assert [len(one.text) for one in said("a" * 5_000)] == [600]


def test_putting_off_is_no_answer():
    assert puts_off(["i'll", "check"])
    assert not puts_off(["three", "times"])


def test_lexicons_are_lower_case_and_without_double_entries():
    for name in ("comment", "reviews", "updates", "choices", "topics"):
        for label, group in load(name):
            assert all(phrase == phrase.lower() for phrase in group), (name, label)


def test_a_lexicon_of_some_groups_only():
    assert [hit.label for hit in phrases("nudge", "wish").find(["any", "update", "lgtm"])] == ["wish", "nudge"]
