"""`ghapp setup`: the set-up page in a browser of this machine, for as long as it takes to create the App."""

import asyncio
import os
import signal
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web

import ghapp
from ghapp import log, settings
from ghapp.cli.failed import say
from ghapp.errors import StartError, UserError
from ghapp.settings import Settings, stored
from ghapp.web import Finished, Place, SetUp, State, application, runner

DONE, IN_PART, CANNOT = 0, 1, 2
LOOPBACK = "127.0.0.1"
ANSWERS = 5.0  # seconds for the last page to reach the browser
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")  # without them a browser would take over the terminal, if any came


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whether an App that is stored may be replaced, and whether the settings are to be printed instead."""

    replaces: bool = False
    prints: bool = False


def run(order: Order) -> int:
    """Wait until the App is created; the exit code."""
    log.configure(level="error")
    try:
        chosen = settings.load(kept={})
        return asyncio.run(_run(order, chosen, _place(order, chosen)))
    except (UserError, StartError) as error:
        say(error)
        return CANNOT


def _place(order: Order, chosen: Settings) -> Place:
    if order.prints:
        return Place(file=None, why="")
    if chosen.has_app:
        raise StartError(
            "GITHUB_APP_ID is set in the environment or in .env, which wins over what would be stored:"
            " remove the App's settings there first, or have the new ones printed with --print-env."
        )
    file = stored.place(chosen.database_url.get_secret_value())
    if file is not None and file.exists() and not order.replaces:
        raise UserError(
            f"{file.absolute()} holds an App's credentials already, and was not changed:"
            f" add --replace to put another App in its place; what is there is kept as {stored.BEFORE}."
        )
    return Place(file=file and file.absolute(), replaces=order.replaces)


async def _run(order: Order, chosen: Settings, place: Place) -> int:
    ended: asyncio.Future[Finished | None] = asyncio.get_running_loop().create_future()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, _give_up, ended)

    async def finish(finished: Finished) -> None:
        log.hide(finished.settings.secrets)
        ended.set_result(finished)

    load = partial(settings.load, {}, env_file=None) if order.prints else settings.load
    setup = SetUp(chosen, place, load=lambda kept: load(kept=kept), finish=finish, serves=False)
    state = State(version=ghapp.__version__, public_url=chosen.public_url, setup=setup)
    serving = runner(application(state), shutdown_timeout=ANSWERS)
    await serving.setup()
    try:
        await web.TCPSite(serving, LOOPBACK, 0).start()
        await _invite(serving.addresses[0][1], setup.token)
        finished = await ended
    finally:
        await serving.cleanup()
    return _told(finished, place)


def _give_up(ended: "asyncio.Future[Finished | None]") -> None:
    if not ended.done():
        ended.set_result(None)


async def _invite(port: int, token: str) -> None:
    address = f"http://{LOOPBACK}:{port}/setup?token={token}"
    has_screen = sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in SCREENS)
    first = (
        "A browser opens at this address; if none does, open it yourself" if has_screen else "Open this in a browser"
    )
    sys.stderr.write(
        f"{first}:\n\n  {address}\n\n"
        f"From another machine: ssh -L {port}:{LOOPBACK}:{port} THIS-MACHINE, and open the address there.\n"
        "Ctrl-C gives up.\n"
    )
    sys.stderr.flush()
    if has_screen:
        with suppress(webbrowser.Error):
            await asyncio.to_thread(webbrowser.open, address)


def _told(finished: Finished | None, place: Place) -> int:
    if finished is None:
        sys.stderr.write(
            "ghapp: given up, nothing was stored. An App that GitHub created meanwhile is of no use: delete it there.\n"
        )
        return CANNOT
    app, kept = finished.created, finished.kept
    if kept.file is None:
        sys.stderr.write(f"\nThe App {app.slug} ({app.id}) is created. Install it: {app.install}\n")
        if kept.why:
            sys.stderr.write(f"ghapp: its credentials are stored nowhere: {kept.why}. Keep what is printed here.\n")
        sys.stdout.write(kept.text)
        return IN_PART if place.file else DONE
    sys.stdout.write(
        f"\nThe App {app.slug} ({app.id}) is created; its credentials are in {_short(kept.file)}.\n\n"
        f"Next:\n  1. Install it: {app.install}\n  2. Start the server: ghapp serve\n"
    )
    return DONE


def _short(file: Path) -> Path:
    """As it looks from here, where that is shorter."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
