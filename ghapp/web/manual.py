"""`/manual`: the pages of docs/ in the browser, so that a server carries its own manual."""

from aiohttp import web

from ghapp.render import manual_page, more
from ghapp.web.pages import page


async def index(request: web.Request) -> web.Response:
    """The page that lists the others."""
    return _shown(request, manual_page.INDEX)


async def show(request: web.Request) -> web.Response:
    """One page."""
    return _shown(request, request.match_info["name"])


async def whole(_request: web.Request) -> web.Response:
    """The way from `/manual/` to `/manual`."""
    raise web.HTTPPermanentRedirect(more.MANUAL)


def _shown(request: web.Request, name: str) -> web.Response:
    found = manual_page.page(name)
    if found is None:
        raise web.HTTPNotFound(text="There is no such page; /manual lists them all.\n")
    return page(request, "manual.html", manual=found, is_index=name == manual_page.INDEX)
