"""How a title and a body are cut into units."""

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.text import BODY_LIMIT, Form, parse


def shown(body, *fields):
    """Line, form and text of each unit of a body, and whatever else a test is about."""
    units = parse("Title", body).units[1:]
    return [(unit.line, str(unit.form), unit.text, *(getattr(unit, field) for field in fields)) for unit in units]


def test_the_title_is_unit_0_on_line_0():
    title = parse(" Export  fails\n", "").units[0]
    assert (title.line, title.form, title.text) == (0, Form.PROSE, "Export fails")


@pytest.mark.parametrize(
    "body", ["", " ", "\n\n", "\r\n", "\0", "\ufeff", "---", "***", "- ", "- [ ]", "<!-- -->", "```\n```"]
)
def test_a_body_without_words_has_no_units(body):
    assert shown(body) == []


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        pytest.param("It fails. It should not! Why?", ["It fails.", "It should not!", "Why?"], id="three stops"),
        pytest.param("It fails. it hangs.", ["It fails.", "it hangs."], id="a careless small letter"),
        pytest.param(
            "Use tools, e.g. Make. Or i.e. Just.", ["Use tools, e.g. Make.", "Or i.e. Just."], id="e.g. and i.e."
        ),
        pytest.param(
            "Logs, traces etc. are cut. Etc. Done.", ["Logs, traces etc. are cut.", "Etc.", "Done."], id="etc."
        ),
        pytest.param(
            "Since v1.2.3 config.py is read. Ok.", ["Since v1.2.3 config.py is read.", "Ok."], id="versions, files"
        ),
        pytest.param(
            "See https://a.example/b.c?d=e. Then go.", ["See https://a.example/b.c?d=e.", "Then go."], id="an address"
        ),
        pytest.param("Call `a. B` first. Then go.", ["Call `a. B` first.", "Then go."], id="a stop in a code span"),
        pytest.param("Ask J. Smith. He knows.", ["Ask J. Smith.", "He knows."], id="an initial"),
        pytest.param("It ended in 2024. Good.", ["It ended in 2024.", "Good."], id="a number ends a sentence"),
        pytest.param("Wait... it works... Or not.", ["Wait... it works...", "Or not."], id="dots"),
        pytest.param('He said "no." She left.', ['He said "no."', "She left."], id="a stop inside quotes"),
        pytest.param("失败了。请重试。", ["失败了。", "请重试。"], id="stops that no space follows"),
    ],
)
def test_prose_is_cut_into_sentences(body, sentences):
    assert [text for _, _, text in shown(body)] == sentences


def test_hard_wrapped_lines_are_one_paragraph_and_a_sentence_stands_where_it_begins():
    body = "\nThe export writes a file that is far too\nlong for the parser to read. It should be\ncut into parts."
    assert shown(body) == [
        (2, "prose", "The export writes a file that is far too long for the parser to read."),
        (3, "prose", "It should be cut into parts."),
    ]


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose():
    body = "OS is Linux\nVersion is 3\nIt happens on every start, also after the cache was cleared"
    assert [line for line, _, _ in shown(body)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("body", "heading", "level", "following"),
    [
        pytest.param("# Why\nBecause.", "Why", 1, "Because.", id="one mark"),
        pytest.param("#### Why ####\nBecause.", "Why", 4, "Because.", id="four marks, closed"),
        pytest.param("##Why\nBecause.", "Why", 2, "Because.", id="no space after the marks"),
        pytest.param("Why\n===\nBecause.", "Why", 1, "Because.", id="underlined"),
        pytest.param("## **Why:**\nBecause.", "Why", 2, "Because.", id="bold in a heading"),
        pytest.param("**Why**\nBecause.", "Why", 6, "Because.", id="a bold line"),
        pytest.param("***Why***\n\nBecause.", "Why", 6, "Because.", id="bold and italic"),
        pytest.param(
            "__Why we do it__:\nBecause.", "Why we do it", 6, "Because.", id="bold by underscores, colon outside"
        ),
        pytest.param("*Why*\nBecause.", "Why", 6, "Because.", id="JIRA's bold line"),
        pytest.param("<b>Why</b>\nBecause.", "Why", 6, "Because.", id="HTML's bold line"),
        pytest.param(
            "Expected behaviour:\nBecause.", "Expected behaviour", 6, "Because.", id="a line that ends in a colon"
        ),
        pytest.param("**Why:** Because.", "Why", 6, "Because.", id="a bold label"),
        pytest.param("**Why**: Because.", "Why", 6, "Because.", id="a bold label, colon outside"),
        pytest.param("h3. Why\nBecause.", "Why", 3, "Because.", id="JIRA's heading"),
        pytest.param("<h2>Why</h2>Because.", "Why", 2, "Because.", id="HTML's heading"),
        pytest.param("<details><summary>Why</summary>Because.</details>", "Why", 6, "Because.", id="a fold"),
        pytest.param("- a\n**Why**\nBecause.", "Why", 6, "Because.", id="a bold line right under a list"),
    ],
)
def test_headings_of_every_kind_name_what_follows(body, heading, level, following):
    units = parse("", body).units
    head = next(unit for unit in units if unit.form is Form.HEADING)
    last = units[-1]
    assert (head.text, head.level, last.text, last.form, last.heading) == (
        heading,
        level,
        following,
        Form.PROSE,
        heading,
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Here is the output:", id="a line that leads to what follows"),
        pytest.param("**This must never happen again in production.**", id="a sentence said loudly"),
        pytest.param("*all of this is said in italics*", id="a sentence in italics"),
        pytest.param("*careful*, it is hot", id="emphasis at the beginning"),
        pytest.param("_No response_", id="what GitHub writes for an empty field"),
        pytest.param("#123 is related", id="a reference"),
        pytest.param("> **Why**", id="a bold line in a quote"),
        pytest.param("One line of prose\nand another one above a rule\n---", id="two lines above dashes"),
    ],
)
def test_what_only_looks_like_a_heading_is_none(body):
    assert "heading" not in [form for _, form, _ in shown(body)]


def test_lists_keep_their_depth_and_the_state_of_their_boxes():
    nested = "1. first\n   - [ ] open\n   - [x] done\n   - [X] Done\n2. second\n   more\n"
    body = f"{nested}\n-[ ] tight\n\u2022 bullet\n** JIRA"
    assert shown(body, "indent", "checked") == [
        (1, "item", "first", 1, None),
        (2, "task", "open", 2, False),
        (3, "task", "done", 2, True),
        (4, "task", "Done", 2, True),
        (5, "item", "second more", 1, None),
        (8, "task", "tight", 1, False),
        (9, "item", "bullet", 1, None),
        (10, "item", "JIRA", 1, None),
    ]


@pytest.mark.parametrize("marks", ["- - - ", "- > - > ", "> 1. 1) * + "])
def test_a_row_of_marks_on_one_line_opens_one_list(marks):
    assert shown(f"{marks}a", "indent")[0][-2:] == ("a", 1)


def test_a_row_of_dashes_is_a_rule():
    assert shown("a\n\n- - - -\n\nb") == [(1, "prose", "a"), (5, "prose", "b")]


def test_a_long_item_is_cut_into_sentences_that_keep_its_form():
    first, second = f"Reject {'very ' * 20}long names.", f"Keep {'really ' * 20}short ones."
    assert shown(f"- [ ] {first} {second}", "checked") == [(1, "task", first, False), (1, "task", second, False)]


def test_tables_become_rows_without_empty_cells():
    body = "| Field | Type |\n|---|---|\n| id | **int** |\n| | |\n| a<br>b | |"
    assert shown(body) == [(1, "row", "Field | Type"), (3, "row", "id | int"), (5, "row", "a b")]


def test_code_is_kept_by_line_with_its_language():
    body = "```Py title=x\n\ndef f():\n    pass  \n```\n\n    indented\n\n- item\n  ~~~\n  <!-- code -->\n  ~~~"
    assert shown(body, "language") == [
        (3, "code", "def f():", "py"),
        (4, "code", "    pass", "py"),
        (7, "code", "indented", ""),
        (9, "item", "item", ""),
        (11, "code", "<!-- code -->", ""),
    ]


def test_quotes_stay_quotes_and_the_mark_of_a_coloured_one_is_dropped():
    assert shown("> [!NOTE]\n> One. Two.\n> - item") == [
        (2, "quote", "One."),
        (2, "quote", "Two."),
        (3, "quote", "item"),
    ]


def test_comments_are_apart_from_what_readers_see():
    body = (
        "<!-- one\n\ntwo --> seen <!-- three --> too `<!-- code -->`\n<!--> open\n[//]: # (four)\n\n<!-- never\nclosed"
    )
    assert shown(body) == [
        (1, "comment", "one"),
        (3, "prose", "seen  too `<!-- code -->` open"),
        (3, "comment", "two"),
        (3, "comment", "three"),
        (5, "comment", "four"),
        (7, "comment", "never"),
        (8, "comment", "closed"),
    ]


def test_images_stand_apart_from_the_words_around_them():
    body = "![shot](a.png)\n\n<img src='b'>\n\nSee ![this](c.png)\n\n[![badge](d)](e)\n\nUse `![x](y)` and <T>"
    assert shown(body) == [
        (1, "image", "![shot](a.png)"),
        (3, "image", "<img src='b'>"),
        (5, "image", "![this](c.png)"),
        (5, "prose", "See"),
        (7, "image", "[![badge](d)](e)"),
        (9, "prose", "Use `![x](y)` and <T>"),
    ]


def test_an_issue_form_is_a_heading_over_each_answer():
    assert shown("### What happened?\r\n\r\n_No response_\r\n\r\n### Version\r\n\r\n1.2", "heading") == [
        (1, "heading", "What happened?", ""),
        (3, "prose", "No response", "What happened?"),
        (5, "heading", "Version", "What happened?"),
        (7, "prose", "1.2", "Version"),
    ]


def test_marks_inside_a_line_are_taken_off_but_code_is_not_touched():
    body = "**a** *b* _c_ ~~d~~ ***e*** <b>f</b> <sub>g</sub> `**h**` snake_case_name __init__ 2 * 3 * 4 *.py"
    assert shown(body)[0][2] == "a b c d e f g `**h**` snake_case_name __init__ 2 * 3 * 4 *.py"


def test_code_of_jira_and_of_html_is_code():
    body = "Run {code:java}a();{code} now\n{noformat}\nb {x}\n{noformat}\n<pre>c\nd</pre>\nThe {code} macro"
    assert shown(body, "language") == [
        (1, "prose", "Run", ""),
        (1, "code", "a();", "java"),
        (1, "prose", "now", ""),
        (3, "code", "b {x}", ""),
        (5, "code", "c", ""),
        (6, "code", "d", ""),
        (7, "prose", "The {code} macro", ""),
    ]


def test_where_line_breaks_were_lost_several_spaces_stand_for_them():
    body = "It fails.    h3. Steps  - open it  - close it    {code}a  b{code}"
    assert shown(body) == [
        (1, "prose", "It fails."),
        (1, "heading", "Steps"),
        (1, "item", "open it"),
        (1, "item", "close it"),
        (1, "code", "a"),
        (1, "code", "b"),
    ]


def test_two_lost_spaces_were_a_line_and_four_a_paragraph():
    body = "It fails when it  starts and nobody    looks at it."
    assert [text for _, _, text in shown(body)] == ["It fails when it starts and nobody", "looks at it."]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("a\r\n\r\nb", [1, 3], id="CRLF"),
        pytest.param("a\r\rb", [1, 3], id="CR"),
        pytest.param("a\x0b\x0c\x85\u2028b\n\nc", [1, 3], id="characters that break lines elsewhere"),
        pytest.param("\ufeff# a\n\nb", [1, 3], id="a byte order mark"),
        pytest.param("\xa0\n\u3000\na", [3], id="lines of other spaces"),
    ],
)
def test_lines_are_counted_as_github_counts_them(body, lines):
    assert [line for line, _, _ in shown(body)] == lines


def test_what_cannot_be_printed_or_encoded_is_replaced():
    assert parse("a\ud800b\0c", "d\x1b[31me\udfff").units[0].text == "a\ufffdb c"
    assert shown("d\x1b[31me\udfff")[0][2] == "d [31me\ufffd"


@pytest.mark.parametrize(
    ("body", "truncated"),
    [
        pytest.param("a" * BODY_LIMIT, False, id="exactly the limit"),
        pytest.param("a" * BODY_LIMIT + "b", True, id="one byte more"),
        pytest.param("a" + "é" * (BODY_LIMIT // 2), True, id="the limit falls inside a character"),
        pytest.param("- a\n" * 20_000, True, id="too many lines"),
        pytest.param("No. " * 20_000, True, id="too many sentences"),
    ],
)
def test_a_body_is_read_up_to_a_limit_and_the_document_says_so(body, truncated):
    document = parse("", body)
    assert document.truncated is truncated
    assert all(set(unit.text) <= set("aéNo. ") for unit in document.units)
    assert len(document.units) <= 6_000


PIECES = st.sampled_from([
    "# ", "## |", "##", "x", "- ", "* ", "1. ", "> ", "```", "~~~", "```py", "`", "**", "__", "*", "_", "~~",
    "<!--", "-->", "<!-->", "{code}", "{code:java}", "{noformat}", "h3. ", "<details>", "<summary>", "</summary>",
    "</details>", "<pre>", "</pre>", "<b>", "</b>", "<br>", "<td>", "<img src=a>", "![a](b)", "[c](d)",
    "[//]: # (e)", "[ ] ", "[x] ", "word", "Word.", "e.g.", "A:", "Label:", "**Why:** ", "===", "---", ".", "!",
    "?", "…", "。", "|", "|-|-|",
])  # fmt: skip
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n", " ", "  ", "    ", "", "\t", "\r"])
BODIES = st.lists(st.tuples(PIECES | st.text(max_size=8), BREAKS), max_size=60).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)
TAG = re.compile(r"<[^<>]*>")
NOT_WORDS = re.compile(r"[\W_]+")


@given(title=st.text(max_size=40), body=BODIES)
def test_any_text_is_cut_into_units_in_order(title, body):
    document = parse(title, body)
    lines = [unit.line for unit in document.units]
    assert lines[0] == 0
    assert lines == sorted(lines)
    assert not document.truncated
    assert all(unit.text and unit.line >= 1 for unit in document.units[1:])
    assert all(unit.text.encode() for unit in document.units[1:])


@given(body=BODIES)
def test_each_unit_begins_with_words_of_its_line(body):
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for unit in parse("", body).units[1:]:
        first = NOT_WORDS.sub("", unit.text.split()[0])
        line = lines[unit.line - 1]
        assert first in NOT_WORDS.sub("", line) or first in NOT_WORDS.sub("", TAG.sub("", line))


@given(body=BODIES)
def test_a_heading_stands_above_what_it_names(body):
    named = ""
    for unit in parse("", body).units:
        assert unit.heading == named
        named = unit.text if unit.form is Form.HEADING else named


HOSTILE = [
    "*", "_", "[", "`", ">", "<", "|", "~", "#", "-", "\n", "\t", "\0", "> ", "- ", "1. ", "**a ", "***a", "_a ",
    "[a](", "![", "![a](", "[![", "<img ", "<!--", "<!---->", "`<!-- -->", "<div ", "<b>", "<pre>", "{code}",
    "{code:", "{noformat}\n", "a. ", ". ", "...", '. "', ".)", "a  ", "a    ", "a:\n", "**a**\n", "**a:** b\n",
    "h3. ", "- a\n    b\n", "a\n=\n", "|a|\n", "> a\nb\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_does_not_grow_with_the_square_of_the_length(piece):
    begin = perf_counter()
    parse(piece * 20, piece * (BODY_LIMIT // 2 // len(piece)))
    assert perf_counter() - begin < 3  # it takes a tenth; the square of the length would take minutes
