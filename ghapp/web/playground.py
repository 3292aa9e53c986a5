"""The playground: paste an issue or a pull request and see what would be posted."""

from functools import partial

import jinja2
from aiohttp import web

from checks.verdict import Verdict
from config.policy import DEFAULTS
from ghapp import clock
from ghapp.render import page as render
from ghapp.render.asks import asks
from ghapp.render.samples import SAMPLES
from ghapp.submission import IssueSubmission, PullSubmission
from ghapp.web import submitted
from ghapp.web.keys import PAGES, STATE
from ghapp.web.pages import page

MANUAL = "/criteria"


async def show(request: web.Request) -> web.Response:
    """The page, with the state of the server."""
    state = request.config_dict[STATE]
    return page(
        request,
        "playground.html",
        app=state.app and state.app(),
        public_url=state.public_url,
        samples=SAMPLES,
        asks={kind: asks(kind) for kind in ("issue", "pull")},
        threshold=DEFAULTS.readiness.threshold,
    )


async def preview(request: web.Request) -> web.Response:
    """A verdict with what would be posted and the marked text, as HTML for the page."""
    template = request.config_dict[PAGES].get_template("posted.html")
    return web.json_response(await submitted.judged(request, partial(_shown, template)))


def _shown(template: jinja2.Template, text: IssueSubmission | PullSubmission, verdict: Verdict) -> dict[str, object]:
    draft = isinstance(text, PullSubmission) and text.is_draft
    posted = render.posted(verdict, DEFAULTS, manual=MANUAL, as_of=clock.now(), draft=draft)
    return {
        "verdict": verdict.to_json(),
        "outcome": posted.title,
        "posted": template.render(posted=posted),
        "marked": render.marked(text.title, text.body or "", verdict),
    }
