"""Reading the HTML of reports."""

import re
from html.parser import HTMLParser


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def body(page: str) -> str:
    """A page without its style, which is the same for all, and the style's digest."""
    unstyled = re.sub(r"<style>.*</style>", "<style>…</style>", page, flags=re.DOTALL)
    return re.sub(r"'sha256-[^']+'", "'sha256-…'", unstyled)


def foreign(page: str) -> set[str]:
    """What of a page runs, or comes from elsewhere."""
    tags = Tags(page).found
    names, attributes = {tag for tag, _ in tags}, {name for _, attrs in tags for name in attrs}
    return {
        *names & {"script", "link", "img", "iframe", "object", "embed", "form"},
        *(each for each in attributes if each.startswith("on")),
        *attributes & {"src", "style", "srcset"},
        *(each for each in ("url(", "@import") if each in page),
    }
