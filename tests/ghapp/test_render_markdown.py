"""Our Markdown becomes safe HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.render import markdown

BAIT = [
    "<script>", "</script>", "<img src=x onerror=a()>", "<svg/onload=a()>", "<a href='javascript:a()'>", "</a>", "<a ",
    "[a](data:text/html,b)", "[a](javascript:b)", "<style>", "<!--", "-->", "<", ">", '"', "'", "`", "```", "\n",
    "\n\n", "<details open ontoggle=a()>", "<sub>", "</sub>", "| a |", "|---|", "&lt;", "&#x6a;", "a", " ",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("<script>alert(1)</script>x", "x", id="script"),
        pytest.param("a <img src=x onerror=alert(1)>", "<p>a </p>\n", id="image"),
        pytest.param("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n", id="script-address"),
        pytest.param('a <b style="color:red" onclick="x()">b</b>', "<p>a b</p>\n", id="style"),
        pytest.param('<a href="data:text/html,x">a</a>', '<p><a rel="noopener noreferrer">a</a></p>\n', id="data"),
        pytest.param("<!-- handoff:sticky v1 -->", "", id="comment"),
        pytest.param(
            "<details><summary>A</summary>\n\n- b\n\n</details>",
            "<details><summary>A</summary>\n<ul>\n<li>b</li>\n</ul>\n</details>",
            id="fold",
        ),
    ],
)
def test_only_what_we_write_ourselves_is_left(text, html):
    assert markdown.html(text) == html


class Seen(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@given(st.lists(st.sampled_from(BAIT)).map("".join))
def test_whatever_the_text_nothing_runs_and_nothing_is_fetched(text):
    for tag, attributes in Seen(markdown.html(text)).tags:
        assert tag in markdown.TAGS
        assert set(attributes) <= {"href", "rel", "start"}
        assert not attributes.get("href", "").lower().startswith(("javascript:", "data:", "vbscript:"))
