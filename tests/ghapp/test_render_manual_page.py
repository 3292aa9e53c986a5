"""The manual that the program carries: its pages, their anchors, and where their links lead."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from ghapp.errors import See
from ghapp.render import manual_page, more

DOCS = Path(__file__).parents[2] / "docs"


def anchors(markdown: str) -> list[str]:
    tokens = MarkdownIt().parse(markdown)
    return [heading.anchor for heading in manual_page.headings(tokens, lines=len(markdown.splitlines()))]


@pytest.mark.parametrize("name", manual_page.names())
def test_every_page_has_a_title_and_no_source_of_its_own(name):
    page = manual_page.page(name)
    assert page is not None
    assert page.title
    assert page.html.startswith("<h1 id=")
    assert "<!--" not in page.html


@pytest.mark.parametrize("name", ["", "nothing", "../SECURITY", "index.md", "generate.py", "Index", "start\n"])
def test_what_is_no_page_is_none(name):
    assert manual_page.page(name) is None


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("What was given up", "what-was-given-up"),
        ("`/readyz` answers 503", "readyz-answers-503"),
        ("GITHUB_API_URL is not GitHub", "github_api_url-is-not-github"),
        ("401 in GitHub's log", "401-in-githubs-log"),
        ("A, B - and *C*", "a-b---and-c"),
    ],
)
def test_an_anchor_is_githubs(heading, anchor):
    assert anchors(f"## {heading}") == [anchor]


def test_the_same_heading_again_has_an_anchor_of_its_own():
    assert anchors("# Size\n\n## Size\n\n### Size\n") == ["size", "size-1", "size-2"]


def test_a_part_ends_at_the_next_heading_that_is_not_below_it():
    page = manual_page.page("troubleshooting")
    assert page is not None
    parts = {heading.anchor: page.part(heading) for heading in page.headings}
    assert parts["the-port-is-taken"].startswith("### The port is taken\n")
    assert "### The database cannot be used" not in parts["the-port-is-taken"]
    assert "### The port is taken" in parts["at-the-start"]
    assert parts["troubleshooting"] == page.text.rstrip("\n")


def test_links_lead_to_pages_here_and_what_only_the_repository_has_is_named():
    page = manual_page.page("hosts")
    assert page is not None
    assert '<a href="/manual/deploy"' in page.html
    assert '<a href="/manual/deploy#one-machine-with-a-container"' in page.html
    assert "to be open to anybody: what is open, and how to close it." in " ".join(page.html.split())
    assert "SECURITY.md" not in page.html


@pytest.mark.parametrize("place", See)
def test_every_place_that_an_error_names_is_a_heading(place):
    page = manual_page.page(more.TROUBLE)
    assert page is not None
    assert str(place) in {heading.anchor for heading in page.headings}


@pytest.mark.parametrize(
    ("manual", "link"),
    [
        ("https://h.example/criteria", "[Why](https://h.example/manual/troubleshooting#the-port-is-taken)"),
        ("/criteria", "[Why](/manual/troubleshooting#the-port-is-taken)"),
        ("", ""),
    ],
    ids=["on GitHub", "in the playground", "where people reach nothing"],
)
def test_a_link_stands_only_where_people_can_follow_it(manual, link):
    assert more.link("Why", See.PORT, manual=manual) == link


def test_every_page_of_the_folder_is_in_the_manual():
    assert sorted(manual_page.names()) == sorted(path.stem for path in DOCS.glob("*.md"))


def test_the_index_comes_first_and_lists_every_page_once():
    first, *others = manual_page.names()
    index = manual_page.page(first)
    assert index is not None
    assert re.findall(r'href="/manual/([^"#]+)"', index.html) == others
