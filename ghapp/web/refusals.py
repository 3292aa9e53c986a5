"""An address or a method that there is not: a page with a way back for people, JSON below `/api`, else one line."""

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from ghapp.web.pages import page

_JSON = ("/api/", "/preview")
_SAID = {404: "There is no such page", 405: "This page is only read"}


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give a refused address the form that its reader expects; every other answer stays as it is."""
    try:
        return await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as refusal:
        answer = _answer(request, refusal)
        if isinstance(refusal, web.HTTPMethodNotAllowed):
            answer.headers[hdrs.ALLOW] = refusal.headers[hdrs.ALLOW]  # RFC 9110, section 15.5.6
        return answer


def _answer(request: web.Request, refusal: web.HTTPException) -> web.Response:
    reason = _reason(request, refusal)
    if request.path.startswith(_JSON):
        return web.json_response({"error": reason}, status=refusal.status)
    if "text/html" in request.headers.get(hdrs.ACCEPT, ""):
        shown = page(request, "refused.html", said=_SAID[refusal.status], reason=reason)
        shown.set_status(refusal.status)
        return shown
    return web.Response(status=refusal.status, text=f"{reason}\n")


def _reason(request: web.Request, refusal: web.HTTPException) -> str:
    if isinstance(refusal, web.HTTPMethodNotAllowed):
        return f"{request.path} takes {' and '.join(sorted(refusal.allowed_methods))} only."
    own = (refusal.text or "").strip()
    return own if own and own != f"{refusal.status}: {refusal.reason}" else "Nothing is found at this address."
