"""`/setup`: the App is created at GitHub by way of the browser, and this server becomes it."""

import asyncio
import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from yarl import URL

from ghapp.errors import StartError, UserError
from ghapp.github import creation
from ghapp.github.creation import Created, Order, Silent
from ghapp.github.manifest import manifest, whys
from ghapp.render import setup as render
from ghapp.settings import stored
from ghapp.settings.address import address, is_loopback
from ghapp.web.keys import FORM_TO, PATIENCE, STATE, State
from ghapp.web.pages import page
from ghapp.web.setup_form import Form, form, order
from ghapp.web.setup_once import HOUR, Finished, SetUp

COOKIE = "handoff-setup"
FIELDS = 20
OPEN = (
    "/setup",
    "/static/",
    "/manual",
    "/webhook",
    "/healthz",
    "/readyz",
    "/metrics",
)  # to whoever reaches an unfinished server

log = structlog.get_logger(__name__)


@web.middleware
async def unfinished(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lead to the set-up while a server that others may reach has no App: nobody has decided to open its pages yet."""
    state = request.config_dict[STATE]
    is_open = state.app is not None or state.setup is None or is_loopback(state.setup.chosen.host)
    if is_open or request.path.startswith(OPEN):
        return await handler(request)
    if request.method in ("GET", "HEAD"):
        raise web.HTTPSeeOther("/setup")
    raise web.HTTPServiceUnavailable(text="This server is not set up yet: its page /setup says how.\n")


async def show(request: web.Request) -> web.Response:
    """What will be created, and the form."""
    setup = _setup(request)
    if isinstance(setup, web.Response):
        return setup
    token = request.query.get("token", "")
    if not setup.admits(token):
        return _locked(request, is_wrong=bool(token))
    public_url = _suggested(request, is_reached=bool(setup.relay))
    return _form(request, setup, form({"webhook": setup.relay}, setup.chosen, public_url=public_url))


async def begin(request: web.Request) -> web.Response:
    """The answers: what is wrong with them, or the way to GitHub."""
    setup = _setup(request)
    if isinstance(setup, web.Response):
        return setup
    answers = await _answers(request)
    if not setup.admits(answers.get("token", "")):
        return _locked(request, is_wrong=True)
    given = form(answers, setup.chosen)
    if "change" in answers:
        return _form(request, setup, given)
    asked = order(given, setup.chosen)
    if not isinstance(asked, Order):
        return _form(request, setup, given, asked)
    try:
        back = _origin(request)
    except ValueError:
        return _form(request, setup, given, (render.PLAIN,))
    state, cookie = setup.begin(asked)
    shown = _way(request, asked, asked.manifest(back), state, form=given, token=setup.token)
    is_https = back.startswith("https://")
    hour = int(HOUR.total_seconds())
    shown.set_cookie(COOKIE, cookie, max_age=hour, path="/setup", httponly=True, samesite="Lax", secure=is_https)
    return shown


async def created(request: web.Request) -> web.Response:
    """GitHub's answer: its code becomes credentials, which are kept, and this server the App."""
    setup = _setup(request)
    if isinstance(setup, web.Response):
        return setup
    async with setup.turn:
        if request.config_dict[STATE].app is not None:
            return _said(request, _is_set_up(request.config_dict[STATE]))
        try:
            finished = await _finished(setup, request.query, request.cookies.get(COOKIE, ""))
        except Silent as error:
            return _said(request, render.not_yet(str(error)), status=502)
        except UserError as error:
            log.warning("setup.refused", reason=str(error))
            return _said(request, render.not_set_up(str(error)), status=400)
        await setup.finish(finished)
    return _done(request, setup, finished)


async def installed(request: web.Request) -> web.Response:
    """Where GitHub leads after the installation; what it says of it can be made up, so nothing follows from it."""
    return _said(request, render.installed(request.query.get("setup_action", "")))


async def _finished(setup: SetUp, query: Mapping[str, str], cookie: str) -> Finished:
    state = query.get("state", "")
    asked = setup.begun(state, cookie)
    try:
        made = await creation.convert(query.get("code", ""), asked.host)
    except Silent:
        raise
    except UserError:
        setup.end(state)
        raise
    setup.end(state)
    values = made.settings(asked)
    try:
        settings = setup.load(values)
    except StartError as error:
        raise UserError(_unusable(made, error)) from None
    kept = await asyncio.to_thread(setup.place.keep, values)
    log.info("setup.done", app=made.slug, id=made.id, file=str(kept.file or ""), reason=kept.why)
    return Finished(created=made, settings=settings, kept=kept)


def _unusable(made: Created, error: StartError) -> str:
    return f"GitHub created {made.page}, and what it says of it cannot be used ({error}) Delete it there; begin again."


def _setup(request: web.Request) -> SetUp | web.Response:
    """The set-up, or the page that says why there is none."""
    state = request.config_dict[STATE]
    if state.app is not None:
        return _said(request, _is_set_up(state))
    if state.setup is None:
        raise web.HTTPNotFound
    return _said(request, render.is_stored(), status=409) if state.setup.is_stored else state.setup


def _is_set_up(state: State) -> render.Said:
    app = state.app() if state.app else None
    return render.is_set_up(f"the App {app.slug} ({app.id})" if app and app.slug else "an App of GitHub's")


async def _answers(request: web.Request) -> dict[str, str]:
    try:
        async with asyncio.timeout(request.config_dict[PATIENCE]):
            text = (await request.read()).decode(errors="replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="The form did not arrive in time: send it again.\n") from None
    except (ValueError, ConnectionError, web.RequestPayloadError):
        raise web.HTTPBadRequest(text="The form did not arrive whole: send it again.\n") from None


def _origin(request: web.Request) -> str:
    """The address that the browser is at, which a proxy before us hides: GitHub is to lead it back there.

    Raises:
        ValueError: it is plain http from another machine, so that anybody on the way could read GitHub's code.
    """
    said = request.headers.get(hdrs.ORIGIN, "")
    return address(said if said.startswith("http") else f"{request.scheme}://{request.host}")


def _suggested(request: web.Request, *, is_reached: bool) -> str:
    """A public address to begin with: the one that the page was asked for at.

    This machine's own is good enough only where deliveries reach it by a tunnel.
    """
    is_here = is_loopback(request.url.host or "")
    if is_here and not is_reached:
        return ""
    try:
        return address(f"{'http' if is_here else 'https'}://{request.host}")
    except ValueError:
        return ""


def _locked(request: web.Request, *, is_wrong: bool) -> web.Response:
    shown = page(request, "setup_token.html", is_wrong=is_wrong)
    shown.set_status(403)
    return shown


def _form(request: web.Request, setup: SetUp, given: Form, mistakes: tuple[str, ...] = ()) -> web.Response:
    shown = page(
        request,
        "setup.html",
        form=given,
        token=setup.token,
        mistakes=mistakes,
        permissions=render.permissions(manifest()["default_permissions"], whys("default_permissions")),
        events=render.events(whys("default_events")),
        file=setup.place.file,
    )
    shown.set_status(400 if mistakes else 200)
    return shown


def _way(request: web.Request, asked: Order, wanted: Mapping[str, object], state: str, **more: object) -> web.Response:
    request[FORM_TO] = str(URL(asked.page).origin())
    return page(
        request,
        "setup_send.html",
        asked=asked,
        name=wanted["name"],
        action=f"{asked.page}?state={state}",
        manifest=json.dumps(wanted),
        **more,
    )


def _done(request: web.Request, setup: SetUp, finished: Finished) -> web.Response:
    given = setup.chosen.model_fields_set
    shown = page(
        request,
        "setup_created.html",
        app=finished.created,
        kept=finished.kept,
        serves=setup.serves,
        wins=[name.upper() for name in stored.NAMES if name in given],
    )
    shown.del_cookie(COOKIE, path="/setup")
    return shown


def _said(request: web.Request, said: render.Said, *, status: int = 200) -> web.Response:
    shown = page(request, "setup_said.html", said=said)
    shown.set_status(status)
    return shown
