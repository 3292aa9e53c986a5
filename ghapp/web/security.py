"""Headers that keep a page to itself: no script, style or request from elsewhere, and no frame around it."""

from aiohttp import web

# A static file's address carries a digest of its content; everything else may differ at the next look.
_CACHE = "public, max-age=31536000, immutable"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Server": "handoff",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers on every response, errors included; TLS and its headers belong to the proxy before us."""
    response.headers.update(HEADERS)
    is_versioned = request.path.startswith("/static/") and "v" in request.query
    response.headers["Cache-Control"] = _CACHE if is_versioned else "no-store"
