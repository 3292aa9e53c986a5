"""The manual that the program carries: the Markdown of docs/ as pages and as parts of pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

import ghapp
from ghapp.render.markdown import ATTRIBUTES, TAGS
from ghapp.render.more import MANUAL

PACKAGE = files(ghapp)
INDEX = "index"  # the page that lists the others, in the order in which a reader needs them

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_PAGE = re.compile(r"([a-z][a-z_-]*)\.md")
_NAME = re.compile(r"[a-z][a-z_-]*")
_HEADINGS = ("h1", "h2", "h3", "h4")
_ATTRIBUTES = {**ATTRIBUTES, **{heading: {"id"} for heading in _HEADINGS}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: how deep it is, its words, its anchor on the page, and the lines of the part that it begins."""

    depth: int
    words: str
    anchor: str
    first: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its Markdown, its HTML, and its headings, the title among them."""

    name: str
    text: str
    html: Markup
    headings: tuple[Heading, ...]

    @property
    def title(self) -> str:
        """The words of the first heading."""
        return self.headings[0].words

    def part(self, heading: Heading) -> str:
        """The Markdown from a heading to the next one that is not below it."""
        return "\n".join(self.text.splitlines()[heading.first : heading.end])


@cache
def names() -> tuple[str, ...]:
    """Every page, those that the index lists in its order."""
    there = {entry.name.removesuffix(".md") for entry in folder().iterdir() if _PAGE.fullmatch(entry.name)}
    linked = dict.fromkeys(name for name in _PAGE.findall(_read(INDEX)) if name in there)
    return (INDEX, *linked, *sorted(there - linked.keys() - {INDEX}))


@cache
def page(name: str) -> Page | None:
    """A page by its name; None when there is none."""
    if not _NAME.fullmatch(name) or name not in names():
        return None
    text = _read(name)
    tokens = _MARKDOWN.parse(text)
    found = tuple(headings(tokens, lines=len(text.splitlines())))
    for token in tokens:
        _lead(token)
    rendered = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    html = nh3.clean(
        rendered,
        tags=TAGS | set(_HEADINGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        strip_comments=True,
    )
    return Page(name=name, text=text, html=Markup(html.strip()), headings=found)  # noqa: S704 - sanitised by nh3


def headings(tokens: Sequence[Token], *, lines: int) -> Iterator[Heading]:
    """The headings of a page, each of them given its anchor.

    The anchors are GitHub's, and those of MyST: https://github.com/Flet/github-slugger
    """
    taken: Counter[str] = Counter()
    places = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    for number in places:
        opening, words = tokens[number], _words(tokens[number + 1])
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        anchor = f"{slug}-{taken[slug]}" if taken[slug] else slug
        taken[slug] += 1
        opening.attrSet("id", anchor)
        after = (tokens[other] for other in places if other > number and tokens[other].tag <= opening.tag)
        end = next((token.map[0] for token in after if token.map), lines)
        first = opening.map[0] if opening.map else 0
        yield Heading(depth=int(opening.tag[1:]), words=words, anchor=anchor, first=first, end=end)


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())


def _lead(inline: Token) -> None:
    """Let links to other pages lead to their addresses here; what only the repository has is named and not linked."""
    is_led = False
    for child in inline.children or ():
        if child.type == "link_open":
            target = _target(str(child.attrGet("href")))
            child.attrSet("href", target)
            is_led = bool(target)
        if child.type in ("link_open", "link_close") and not is_led:
            child.tag = "span"


def _target(href: str) -> str:
    parts = urlsplit(href)
    name = _PAGE.fullmatch(parts.path)
    if name is not None:
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        return f"{MANUAL}/{name[1]}{anchor}"
    return "" if parts.path and not parts.scheme else href


def _read(name: str) -> str:
    return (folder() / f"{name}.md").read_text(encoding="utf-8")


def folder(package: Traversable = PACKAGE) -> Traversable:
    """Where the pages are: in the package as it is installed, in docs/ where the repository itself is run."""
    packaged = package / "manual"
    return packaged if packaged.is_dir() else Path(ghapp.__file__).parent.parent / "docs"
