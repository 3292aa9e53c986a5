"""`POST /api/check`: a text in, its verdict out, the same object as one line of `ghapp check --jsonl`."""

from aiohttp import web

from ghapp.web import submitted


async def check(request: web.Request) -> web.Response:
    """Judge a text under the default policy."""
    return web.json_response(await submitted.judged(request, lambda _text, verdict: verdict.to_json()))
