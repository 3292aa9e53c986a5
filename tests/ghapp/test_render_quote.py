"""Words of others reach nobody: whatever the text, nothing of it is live in what we post."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checks.verdict import Status
from ghapp.render import check_run, quote, sticky
from tests.ghapp import verdicts
from tests.ghapp.verdicts import AS_OF, MANUAL, OUR_PAGES

OURS = re.compile(r"<details><summary>[A-Za-z ,]+</summary>|</?(details|sub)>|<br>|<!-- handoff:sticky v1 -->")
LIVE = re.compile(r"@\w|#\d|gh-\d|://|www\.|[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]", re.IGNORECASE)
UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f]")
BAIT = st.sampled_from(
    [
        "@octo-team/all", "@sam", "#12", "owner/repo#3", "GH-7", "https://github.com/o/r/issues/1", "www.example.com",
        "<script>alert(1)</script>", "<img src=x onerror=a>", "</details>", "<!--", "-->", sticky.MARKER, "```", "`",
        "~~~", "|", "\\", "\\|", "\n", "\r\n", "\n\n", "# ", "- ", "> ", "    ", "\t", "[a](https://x.example)",
        "![i](u)", "\u202e", "\u200b", "\x00", "\x1b[31m", "\ud800", "&lt;b&gt;", "&#64;sam", "$x$", "*", "_",
        "<a@b.example>",
    ]
)  # fmt: skip
HOSTILE = st.lists(st.one_of(BAIT, st.text(max_size=20)), max_size=12).map("".join)


def live(markdown):
    """Everything that GitHub would read as text or HTML: code spans and code blocks are left out."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in parser.parse(markdown):
        if token.type == "html_block":
            yield "html", token.content
        for child in token.children or ():
            if child.type == "html_inline":
                yield "html", child.content
            elif child.type in ("link_open", "image"):
                yield "link", child.attrs.get("href") or child.attrs.get("src")
            elif child.type == "text":
                yield "text", child.content


def assert_harmless(markdown):
    for kind, content in live(markdown):
        if kind == "html":
            assert not OURS.sub("", content).strip(), content
        elif kind == "link":
            assert content.startswith((f"{MANUAL}/", OUR_PAGES)), content
        else:
            assert not LIVE.search(content), content


@given(HOSTILE)
def test_a_quote_is_one_code_span_and_nothing_else(text):
    tokens = MarkdownIt("commonmark").parse(f"x {quote.code(text)} y")
    children = [child for token in tokens for child in token.children or ()]
    assert [child.type for child in children] == ["text", "code_inline", "text"]


@given(HOSTILE)
def test_a_quote_in_a_table_stays_in_its_cell(text):
    table = f"| a | b |\n|---|---|\n| {quote.cell(text)} | end |"
    html = MarkdownIt("commonmark").enable("table").render(table)
    assert html.count("<td>") == 2
    assert "<td>end</td>" in html


@given(HOSTILE)
def test_a_sentence_has_nothing_live(text):
    assert_harmless(f"So: {quote.prose(text)}")


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_whole_comment_has_nothing_live(words, advice, note):
    gap = verdicts.finding("acceptance", Status.PARTLY, (1, words), advice=advice or "x", mode="required", of=25)
    hint = verdicts.finding("scope", Status.MISSING, (2, words), (3, note), advice=advice or "x")
    verdict = verdicts.issue("not-ready", 0, gap, hint, gap, hint, reason=note)
    comment = sticky.issue_comment(verdict, manual=MANUAL, as_of=AS_OF, notes=(note,))
    assert_harmless(comment)
    assert comment.count(sticky.MARKER) == 1
    comment.encode()


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_whole_check_run_has_nothing_live(words, advice, note):
    gap = verdicts.finding("why", Status.MISSING, (1, words), advice=advice or "x", mode="required", of=45)
    met = verdicts.finding("what", Status.MET, (0, words), (1, note), mode="required", points=35, of=35)
    skipped = verdicts.pull("skipped", 0, reason=note)
    for verdict in (verdicts.pull("not-ready", 35, met, gap), skipped):
        run = check_run.check_run(verdict, manual=MANUAL, as_of=AS_OF, notes=(note,))
        assert_harmless(run.summary)
        assert_harmless(run.text)
        assert not UNSEEN.search(run.title)
        (run.title + run.summary + run.text).encode()


@given(st.text())
def test_plain_text_is_one_line_of_bounded_length(text):
    line = quote.plain(text, 40)
    assert len(line) <= 40
    assert line == line.strip()
    assert line.isprintable() or set(line) & {"\u200c", "\u200d"} or not line.isascii()


@given(st.text(), st.integers(min_value=8, max_value=200))
def test_a_cut_is_within_its_bytes_and_valid_text(text, most):
    short = quote.cut(text.encode(errors="ignore").decode(), most)
    assert len(short.encode()) <= most


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Ask @dana.", "Ask @&#8203;dana.", id="mention"),
        pytest.param("As in #41", "As in #&#8203;41", id="reference"),
        pytest.param("Set `a_b` to 2 * 3", "Set `a_b` to 2 \\* 3", id="code-stays-code"),
        pytest.param("Set ``a`b`` to 2", "Set ``a`b`` to 2", id="code-with-a-backtick"),
        pytest.param("See ```` x ``` now", "See \\`\\`\\`\\` x \\`\\`\\` now", id="runs-that-close-nothing"),
        pytest.param("a ``b `c` d", "a \\`\\`b `c` d", id="a-run-left-open-before-code"),
        pytest.param("a < b & c", "a &lt; b &amp; c", id="html"),
        pytest.param("https://x.example", "https:&#8203;//x.example", id="address"),
    ],
)
def test_a_sentence_keeps_its_words(text, shown):
    assert quote.prose(text) == shown


@given(st.text("`ab \\\\", max_size=40))
def test_a_sentence_reads_with_the_very_letters_that_were_written(text):
    (_, paragraph, _) = MarkdownIt("commonmark").parse(f"x {quote.prose(text)}")
    read = "".join(child.content for child in paragraph.children).replace("(empty)", "")
    assert re.sub("[ `]", "", read) == re.sub("[ `]", "", f"x {text}")


def test_a_long_quote_is_cut_with_an_ellipsis():
    assert quote.code("word " * 100, 20) == "`word word word word…`"


def test_joiners_of_words_stay():
    spelled = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert quote.plain(spelled) == spelled
