"""Headers that keep a page to itself: no script, style or request from elsewhere, and no frame around it."""

from aiohttp import web

from ghapp.web.keys import FORM_TO

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
    if FORM_TO in request:
        policy = HEADERS["Content-Security-Policy"].replace(
            "form-action 'self'", f"form-action 'self' {request[FORM_TO]}"
        )
        response.headers["Content-Security-Policy"] = policy
    if request.path.startswith("/setup"):  # without a referrer the Origin of its forms would be "null"
        response.headers["Referrer-Policy"] = "strict-origin"
    is_versioned = request.path.startswith("/static/") and "v" in request.query
    response.headers["Cache-Control"] = _CACHE if is_versioned else "no-store"
