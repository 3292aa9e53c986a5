"""Templates and static files: every value is escaped, every address of a file carries a digest of its content."""

import hashlib
from pathlib import Path

import jinja2
from aiohttp import web

from ghapp.web.keys import PAGES, STATE

STATIC = Path(__file__).with_name("static")


def environment() -> jinja2.Environment:
    """The templates; a name that a page was not given is a mistake, not an empty place."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("ghapp.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:12] for file in STATIC.iterdir()}
    made.globals["static"] = lambda name: f"/static/{name}?v={digests[name]}"
    return made


def page(request: web.Request, template: str, **values: object) -> web.Response:
    """A page as HTML."""
    state = request.config_dict[STATE]
    text = request.config_dict[PAGES].get_template(template).render(version=state.version, **values)
    return web.Response(text=text, content_type="text/html")
