"""`ghapp manual`: a page, the part that an error names, or the parts that speak of something."""

import pytest

from tests.ghapp.told import sentences


def test_without_a_word_it_lists_the_pages(ghapp):
    ended = ghapp("manual")
    assert ended.exit_code == 0
    assert ended.stdout.lstrip().startswith("The manual")
    assert "Troubleshooting" in ended.stdout


@pytest.mark.parametrize("name", ["glossary", "glossary.md"], ids=["its name", "the file that the list names"])
def test_a_page_is_shown_by_its_name(ghapp, name):
    assert ghapp("manual", name).stdout.lstrip().startswith("Glossary")


@pytest.mark.parametrize(
    "words",
    [["the-port-is-taken"], ["port", "taken"], ["The port is taken"]],
    ids=["as an error names it", "words of the heading", "the heading"],
)
def test_a_part_is_shown_alone(ghapp, words):
    ended = ghapp("manual", *words)
    title, *lines = ended.stdout.strip().splitlines()
    assert (ended.exit_code, title) == (0, "The port is taken")
    assert "set another" in " ".join(lines)
    assert "The database cannot be used" not in ended.stdout


def test_an_event_of_the_log_is_shown_with_what_it_means_and_nothing_else(ghapp):
    ended = ghapp("manual", "job.unexcused")
    head, _, *rows = ended.stdout.strip().splitlines()
    assert (ended.exit_code, head.split()) == (0, ["event", "means", "to", "do"])
    assert "job.unexcused" in rows[0]
    assert "job.failed" in " ".join(rows)
    assert "job.dead" not in ended.stdout


def test_a_decision_answers_nobody_who_looks_for_a_symptom(ghapp):
    ended = ghapp("manual", "clock")
    assert ended.exit_code == 0
    assert "  ghapp manual the-clock-is-wrong\n" in ended.stdout
    assert "Decisions" not in ended.stdout
    assert ghapp("manual", "decisions").exit_code == 0


def test_of_several_parts_each_is_named(ghapp):
    ended = ghapp("manual", "database")
    assert ended.exit_code == 0
    assert "Troubleshooting\n  ghapp manual the-database-cannot-be-used\n" in ended.stdout


def test_what_the_manual_does_not_speak_of_ends_with_2(ghapp):
    ended = ghapp("manual", "nonsense")
    assert (ended.exit_code, sentences(ended)) == (
        2,
        "ghapp: the manual says nothing of 'nonsense': `ghapp manual` lists its pages.\n",
    )
