"""A report as one page that needs nothing beside it: no script, no file, nothing from elsewhere."""

import base64
import hashlib
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

_PAGES = Path(__file__).with_name("pages")


def page(template: str, **parts: object) -> str:
    """A page by its template's name, with the style of all reports; its own policy lets nothing else hold."""
    style = (_PAGES / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _templates()
        .get_template(template)
        .render(
            style=Markup(style),  # noqa: S704 - our own file
            style_digest=digest,
            **parts,
        )
    )


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
