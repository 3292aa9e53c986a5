"""What is recognised as left over from a template, and what is the author's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.reader.template import follows, leftover
from checks.text import Form, parse


def kept(body, *templates):
    """The words of a body that are the author's, headings left out."""
    document = parse("Title", body)
    gone = leftover(document, templates)
    units = enumerate(document.units)
    return [unit.text for index, unit in units if index and index not in gone and unit.form is not Form.HEADING]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<!-- Tell us what is broken\nand since when. -->", id="a comment"),
        pytest.param("_No response_", id="an empty field of an issue form"),
        pytest.param("N/A", id="n/a"),
        pytest.param("n/a - this is about the manual", id="n/a with a remark"),
        pytest.param("- None.", id="none"),
        pytest.param("...", id="dots"),
        pytest.param("- \u2026", id="an item of dots"),
        pytest.param("XXXX", id="a row of x"),
        pytest.param("Your answer goes here", id="goes here"),
        pytest.param("(paste here)", id="paste here"),
        pytest.param("```\npaste here\n```", id="a placeholder in a fence"),
        pytest.param("1. Step 1\n2. Step 2\n3. ...", id="numbered steps without words"),
        pytest.param("1. Open '...'\n2. Press '....'", id="steps of dots"),
        pytest.param("- Phone: [e.g. Pixel 9]\n- Version [e.g. 22]", id="examples in brackets"),
        pytest.param("<insert the motive>", id="a placeholder in angle brackets"),
        pytest.param("[optional: anything else]", id="a placeholder in brackets"),
        pytest.param("(You find the version in the menu.)", id="an aside to the author"),
        pytest.param("| Q | A |\n|---|---|\n| Breaking? | yes/no |", id="a table of choices"),
        pytest.param("Fixes #", id="an issue without its number"),
        pytest.param("Closes # (issue)", id="an issue without its number, with a remark"),
        pytest.param("A clear and concise description of the trouble.", id="what belongs here"),
        pytest.param("Short description of what this PR does.", id="what belongs here, shorter"),
        pytest.param("Please describe.", id="please describe"),
        pytest.param("Describe the problem in your own words.", id="describe"),
        pytest.param("**Motivation:** Explain why this change is needed.", id="a prompt after a label"),
        pytest.param("Note: Please provide your configuration.", id="a prompt after a plain label"),
        pytest.param("If applicable, add screenshots to help us.", id="if applicable"),
        pytest.param("If the page is blank, please attach the log.", id="if, please"),
        pytest.param("Add any other context about the wish here.", id="any other context"),
        pytest.param("Replace this text with the story.", id="replace this text"),
        pytest.param("You can delete this section if it does not apply.", id="delete this section"),
        pytest.param("Put an `x` in the boxes that apply.", id="boxes that apply"),
        pytest.param("Is your request related to a problem?", id="related to a problem"),
        pytest.param("What changed?", id="what changed"),
        pytest.param("What did you expect to see?", id="a question to the author"),
        pytest.param("Have you searched the open issues?", id="a question of duty"),
        pytest.param("Does this PR introduce a breaking change?", id="a question about the pull request"),
        pytest.param("Thank you for contributing to the project!", id="thanks for contributing"),
        pytest.param("Before opening an issue, search the list.", id="before opening an issue"),
        pytest.param("- [ ] I have read the contributing guide", id="an unticked promise"),
        pytest.param("- [x] I searched the existing issues", id="a ticked promise"),
        pytest.param("- [ ] My code follows the style of the project", id="a promise about the code"),
        pytest.param("## Type of change\n- [ ] Bug fix\n- [ ] Something else", id="choices not made"),
        pytest.param("## Checklist\n- [ ] Tests were added\n- [ ] Docs", id="a check list not touched"),
        pytest.param("- OS:\n- Browser:\n\n## Next", id="labels without an answer"),
        pytest.param("- OS:\n- Browser: <!-- which? -->", id="labels with nothing but a comment"),
    ],
)
def test_left_over(body):
    assert kept(body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("Add a flag to the export.", ["Add a flag to the export."], id="a wish that begins with a verb"),
        pytest.param("Please add a dark theme.", ["Please add a dark theme."], id="a wish that begins with please"),
        pytest.param("What happens on an empty file?", ["What happens on an empty file?"], id="an open question"),
        pytest.param("None of the jobs starts.", ["None of the jobs starts."], id="a sentence that begins with none"),
        pytest.param("Fixes #12", ["Fixes #12"], id="an issue with its number"),
        pytest.param("- OS: Linux\n- Browser: Firefox", ["OS: Linux", "Browser: Firefox"], id="labels with answers"),
        pytest.param("- Run this:\n\n  ```\n  make\n  ```", ["Run this:", "make"], id="a label that code answers"),
        pytest.param("- Fields:\n  - id\n- Rest", ["Fields:", "id", "Rest"], id="a label that a list answers"),
        pytest.param("- Set this:\n\nThe end.", ["Set this:", "The end."], id="a label before a paragraph"),
        pytest.param("- [ ] Tests cover the empty file", ["Tests cover the empty file"], id="an acceptance criterion"),
        pytest.param("## Type of change\n- [x] Bug fix", ["Bug fix"], id="a choice made"),
        pytest.param("`GET '...'` is called", ["`GET '...'` is called"], id="dots in a code span"),
        pytest.param("```\n{\n  ...\n}\n```", ["{", "  ...", "}"], id="dots and brackets in code"),
        pytest.param("![a](b.png)", ["![a](b.png)"], id="an image"),
        pytest.param("Uses tags (e.g. `x`)", ["Uses tags (e.g. `x`)"], id="an example in a sentence"),
        pytest.param(f"({'very ' * 80}long)", [f"({'very ' * 80}long)"], id="a long aside"),
        pytest.param("I have read that the limit is 5 MB.", ["I have read that the limit is 5 MB."], id="a report"),
    ],
)
def test_the_authors_own(body, words):
    assert kept(body) == words


TEMPLATE = "### Story\n\nWrite it like a newspaper would.\n\n- One thing\n- Another _thing_\n\n```\nmake all\n```\n"


def test_a_template_of_the_repository_is_recognised_line_by_line():
    assert kept(TEMPLATE, TEMPLATE) == []
    filled = TEMPLATE.replace("- One thing", "- Export as CSV").replace("make all", "make export")
    assert kept(filled, "another template", TEMPLATE) == ["Export as CSV", "make export"]


def test_marks_and_white_space_do_not_hide_a_template():
    assert kept("* One   thing\n* **another thing**", TEMPLATE) == []


def test_headings_and_the_title_are_never_left_over():
    document = parse("One thing", TEMPLATE)
    gone = leftover(document, [TEMPLATE])
    assert 0 not in gone
    assert not [index for index in gone if document.units[index].form is Form.HEADING]


@given(body=st.text(max_size=200), template=st.text(max_size=100))
def test_any_text_is_read(body, template):
    document = parse("", body)
    assert leftover(document, [template]) <= set(range(1, len(document.units)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("## Today\nIt stops.\n\n## After\nIt runs.", True, id="its headings"),
        pytest.param("### today\n\nIt stops.", True, id="some of them, on another level"),
        pytest.param("## Today\nIt stops.\n\n## Version\n2.1", False, id="a heading more"),
        pytest.param("It stops.", False, id="no heading"),
    ],
)
def test_a_text_follows_a_template_when_all_its_headings_stand_there(body, expected):
    known = ("## Notes\n", "## Today\n<!-- What happens? -->\n\n## After\n<!-- What should happen? -->\n")
    assert follows(parse("Title", body), known) is expected
