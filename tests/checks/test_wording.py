"""When two lines say the same, and how much they share."""

import pytest

from checks.wording import is_within, likeness, same, tokens

SAME = [
    pytest.param("A failed upload is retried", "A failed  upload\tis retried.", id="spaces and a full stop"),
    pytest.param("A failed upload is retried", "the failed upload is retried", id="articles"),
    pytest.param("A failed upload is retried", "A FAILED upload is **retried**", id="capitals and marks"),
    pytest.param("A failed upload is retried", "A failed upload is retired", id="two letters changed places"),
    pytest.param("The customer recieves one e-mail", "The customer receives one e-mail", id="a letter turned"),
    pytest.param("The client\u2019s row", "The client's row", id="an apostrophe"),
    pytest.param("\u2705 The row is gone", "The row is gone", id="a mark before it"),
]
OTHER = [
    pytest.param("retried three times", "retried four times", id="a figure in words"),
    pytest.param("answers 200", "answers 201", id="a figure"),
    pytest.param("within 5 seconds", "within 50 seconds", id="a figure longer"),
    pytest.param("takes < 200 ms", "takes > 200 ms", id="a sign"),
    pytest.param("gets the status `failed`", "gets the status `Failed`", id="a name in code"),
    pytest.param("is now deleted", "is not deleted", id="a short word"),
    pytest.param("batches are sorted", "matches are sorted", id="another beginning"),
    pytest.param("A failed upload is retried", "A failed upload is retried at once", id="more words"),
    pytest.param("cashed stored invoices", "cached stares invoices", id="several slips in a short line"),
    pytest.param("orders are hidden", "orders are shown", id="another word"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_slips_and_spaces_are_the_same(one, other):
    assert same(tokens(one), tokens(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_are_another_statement(one, other):
    assert not same(tokens(one), tokens(other))


def test_likeness_grows_with_the_words_shared():
    old = tokens("A failed upload is retried three times")

    assert likeness(old, old) == 1
    assert likeness(old, tokens("Failed uploads are retried five times with a back-off")) > 0.5
    assert likeness(old, tokens("The manual names the new setting")) < 0.5
    assert likeness(old, ()) == 0


def test_a_run_of_words_is_found_in_another_without_gaps():
    whole = tokens("we know that the row gets the status failed at last")

    assert is_within(tokens("the row gets the status failed"), whole)
    assert not is_within(tokens("the row gets failed"), whole)
