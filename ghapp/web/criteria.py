"""The manual in the browser: a page for each criterion, linked from every comment and check run."""

from aiohttp import web

from ghapp.render import manual
from ghapp.render.asks import asks
from ghapp.web.pages import page


async def index(request: web.Request) -> web.Response:
    """All criteria of both kinds."""
    kinds = {manual.KINDS[kind]: asks(kind) for kind in manual.KINDS}
    return page(request, "criteria.html", kinds=kinds)


async def whole(_request: web.Request) -> web.Response:
    """The way from `/criteria/` to `/criteria`."""
    raise web.HTTPPermanentRedirect("/criteria")


async def show(request: web.Request) -> web.Response:
    """One criterion, for each kind that has it."""
    name = request.match_info["name"]
    found = manual.manuals(name)
    if not found:
        raise web.HTTPNotFound(text="There is no such criterion; /criteria lists them all.\n")
    return page(request, "criterion.html", name=name, manuals=found)
