"""How Sphinx makes a site of the manual: the pages stay plain Markdown, as GitHub and the server show them.

The source folder is the repository's root, so that a link to CHANGELOG.md, or to a file in deploy/, is one on the site
too.
"""

import re
from collections.abc import Iterator

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import ghapp

project = "Handoff"
author = "The Handoff authors"
project_copyright = author
version = release = ghapp.__version__

root_doc = "docs/index"
extensions = ["myst_parser"]
include_patterns = ["docs/*.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"]
myst_heading_anchors = 4  # GitHub's own anchors
html_theme = "furo"
html_title = "Handoff"
html_copy_source = False
html_show_sphinx = False

_PART = re.compile(r"^## (?P<name>.+)$|^- \[.+?\]\((?P<page>[a-z_-]+)\.md\)", re.MULTILINE)
_BESIDE = """
```{toctree}
:hidden:
:caption: The repository

/README
/CONTRIBUTING
/SECURITY
/CHANGELOG
```
"""


def setup(app: Sphinx) -> None:
    """Give the site its navigation, and a diagram's source its plain look."""
    app.connect("source-read", _navigate)
    app.connect("build-finished", _enter)
    app.add_lexer("mermaid", TextLexer)


def _enter(app: Sphinx, failure: Exception | None) -> None:
    """Lead from the site's root to the index, which lies in docs/ as it does in the repository."""
    if failure is None:
        (app.outdir / "index.html").write_text(f'<meta http-equiv="refresh" content="0; url={root_doc}.html">\n')


def _navigate(_app: Sphinx, name: str, source: list[str]) -> None:
    """Make the navigation of the list of pages that the index shows to people."""
    if name == root_doc:
        source[0] += "\n".join(("", *_trees(source[0]), _BESIDE))


def _trees(index: str) -> Iterator[str]:
    """A tree for each part of the index, closed before the next."""
    is_open = False
    for found in _PART.finditer(index):
        if found["name"]:
            yield from ("```", "") if is_open else ()
            yield from ("```{toctree}", ":hidden:", f":caption: {found['name']}", "")
            is_open = True
        else:
            yield found["page"]
    yield from ("```", "") if is_open else ()
