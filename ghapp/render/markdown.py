"""Our own Markdown as HTML: pages show what we post the way GitHub would."""

import re

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "details", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s",
    "strong", "sub", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_PLACE = re.compile(r"(?<=[>\n])(?:line (\d+)|title)(?=: <code>)")


def html(markdown: str) -> str:
    """Safe HTML: whatever the Markdown holds, no script, style, image or address of another scheme is left."""
    return nh3.clean(
        _MARKDOWN.render(markdown), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, strip_comments=True
    )


def with_places(rendered: str) -> str:
    """Rendered HTML with a link from each quote's place to that line of the marked text."""
    return _PLACE.sub(lambda place: f'<a href="#line-{place[1] or 0}">{place[0]}</a>', rendered)
