"""How `ghapp check` takes a file: bytes to text, Markdown to title and body, and what cannot be read."""

import json
from pathlib import Path

import pytest

from ghapp.cli import markdown
from ghapp.cli.source import LONGEST
from tests.ghapp.told import sentences

TEMPLATE = '---\nname: Bug\nabout: Something is wrong\ntitle: "Export: 007"\nlabels: bug, export\n---\n\nIt breaks.\n'


@pytest.mark.parametrize(
    ("text", "title", "labels"),
    [
        pytest.param("# Retry uploads\n\nWhy.\n", "Retry uploads", [], id="a heading first"),
        pytest.param("\n\n# Retry uploads #\nWhy.", "Retry uploads", [], id="blank lines and a closing mark"),
        pytest.param("# Retry uploads\r\n\r\nWhy.\r\n", "Retry uploads", [], id="CRLF"),
        pytest.param("## Context\n\nWhy.\n", "", [], id="a heading of the second level"),
        pytest.param("Why.\n# Later\n", "", [], id="a heading that is not first"),
        pytest.param("", "", [], id="empty"),
        pytest.param(TEMPLATE, "Export: 007", ["bug", "export"], id="front matter"),
        pytest.param(TEMPLATE.replace("\n", "\r\n"), "Export: 007", ["bug", "export"], id="front matter, CRLF"),
        pytest.param("---\nlabels: [bug, a b]\n---\n# T\n", "T", ["bug", "a b"], id="front matter, then a heading"),
        pytest.param("---\ntitle: ''\nlabels: ''\n---\n# T\n", "T", [], id="front matter left empty"),
        pytest.param("---\ntitle: 007\n---\n", "007", [], id="a number for a title"),
        pytest.param("---\ntitle: [a]\n---\n", "", [], id="a list for a title"),
    ],
)
def test_a_file_says_its_title_and_labels(text, title, labels):
    fields = markdown.fields(text)
    assert (fields["title"], fields["labels"]) == (title, labels)
    assert str(fields["body"]).count("\n") == text.count("\n")
    assert "T" not in str(fields["body"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n\nFirst part\n\n---\n\nSecond part\n", id="rules around a paragraph"),
        pytest.param("---\ntitle: a\n\nnever closed\n", id="never closed"),
        pytest.param("---\ntitle: a\ntitle: b\n---\n", id="a key twice"),
        pytest.param("---\n" + "a: 1\n" * 60 + "---\n", id="too long"),
        pytest.param("---\n---\n", id="nothing between"),
    ],
)
def test_dashes_without_keys_are_part_of_the_text(text):
    assert markdown.fields(text) == {"title": "", "body": text, "labels": []}


def test_with_a_title_given_a_heading_belongs_to_the_body():
    assert markdown.fields("# Context\n", title="Retry")["body"] == "# Context\n"


def test_with_a_title_given_front_matter_is_still_left_out():
    fields = markdown.fields(TEMPLATE, title="Retry")
    assert (fields["title"], fields["body"]) == ("Retry", "\n\n\n\n\n\n\nIt breaks.\n")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        pytest.param(
            b"\x89PNG\r\n\x00\x00",
            "is not text, as it holds NUL bytes: give Markdown or JSON, saved as UTF-8.",
            id="binary",
        ),
        pytest.param(
            "Retry".encode("utf-16"),
            "is not text, as it holds NUL bytes: give Markdown or JSON, saved as UTF-8.",
            id="UTF-16",
        ),
        pytest.param(b"Retry\ncaf\xe9\n", "is not UTF-8 from byte 10 on: save it as UTF-8.", id="Latin-1"),
        pytest.param(
            b"a" * (LONGEST + 1), "is longer than 8 MiB: give the text of one issue at a time.", id="too long"
        ),
    ],
)
def test_what_is_no_text_ends_with_2_and_one_sentence(ghapp, tmp_path: Path, raw: bytes, sentence: str):
    file = tmp_path / "issue.md"
    file.write_bytes(raw)
    for ended, name in (
        (ghapp("check", "issue", file), file),
        (ghapp("check", "issue", "-", text=raw), "standard input"),
    ):
        assert (ended.exit_code, ended.stdout, sentences(ended)) == (2, "", f"ghapp: {name} {sentence}\n")


def test_a_file_that_is_not_there_ends_with_2_and_one_sentence(ghapp):
    ended = ghapp("check", "issue", "nowhere.md")
    assert ended.exit_code == 2
    assert sentences(ended) == (
        "ghapp: nowhere.md cannot be read (No such file or directory): give a file, or - for standard input.\n"
    )


def test_a_folder_ends_with_2_and_one_sentence(ghapp, tmp_path: Path):
    ended = ghapp("check", "issue", tmp_path)
    assert (ended.exit_code, sentences(ended)) == (
        2,
        f"ghapp: {tmp_path} cannot be read (Is a directory): give a file, or - for standard input.\n",
    )


def test_a_byte_order_mark_does_not_hide_the_title(ghapp):
    ended = ghapp("check", "issue", "-", text=b"\xef\xbb\xbf# Retry uploads\r\n\r\nWhy.\r\n")
    assert ended.output.splitlines()[0].endswith("Retry uploads")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            '[{"title": "a"}]',
            "this is a list: print one object a line (jq -c '.[]') and judge them with --jsonl.",
            id="a list",
        ),
        pytest.param(
            '{"title": "a"',
            'this is not JSON: expected an object such as {"title": "...", "body": "..."}.',
            id="broken",
        ),
        pytest.param('{"tile": "a"}', 'The field "tile" is unknown; did you mean "title"?', id="mistyped"),
    ],
)
def test_json_that_is_wrong_ends_with_2_and_one_sentence(ghapp, text: str, sentence: str):
    ended = ghapp("check", "issue", "-", text=text)
    assert (ended.exit_code, sentences(ended)) == (2, f"ghapp: {sentence}\n")


@pytest.mark.parametrize(
    "text", ["{{ template }}\n", "{ a brace\n", "[{an odd link}](x)\n", "[ ] a box\n", "\u202eab\u0007\n" * 10]
)
def test_markdown_may_begin_with_anything(ghapp, text: str):
    ended = ghapp("check", "issue", "-", "--json", text=text)
    assert (ended.exit_code, json.loads(ended.stdout)["verdict"]) == (1, "not-ready")
