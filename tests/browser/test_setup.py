"""The set-up in a real browser, from the token to the installation, at a fake GitHub."""

import asyncio
import threading
from pathlib import Path
from typing import Self

import pytest
from aiohttp import web
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from ghapp import settings
from ghapp.github.identity import Identity
from ghapp.web import Place, SetUp, State, application
from tests.browser.chromium import show
from tests.fake_manifest import Registrar, registering

pytestmark = pytest.mark.browser

SCREENS = [(1440, 900), (390, 844)]


class Stage:
    """A server without an App, and the GitHub at which it gets one, in a thread of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registrar = Registrar()
        self.address = ""
        self.file = folder / "data" / "app.env"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._is_over = asyncio.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        is_ready: asyncio.Future[None] = self._loop.create_future()
        self._running = asyncio.run_coroutine_threadsafe(self._run(is_ready), self._loop)
        asyncio.run_coroutine_threadsafe(asyncio.wait_for(is_ready, 20), self._loop).result(20)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._is_over.set)
        self._running.result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _run(self, is_ready: "asyncio.Future[None]") -> None:
        state = State(version="0.1.0", public_url="")

        async def finish(finished) -> None:
            state.app = lambda: Identity(finished.created.id, finished.created.slug)

        self.setup = state.setup = SetUp(
            settings.load({}, env_file=None, kept={}),
            Place(file=self.file),
            load=lambda kept: settings.load({}, env_file=None, kept=kept),
            finish=finish,
        )
        async with registering(self.registrar):
            self.registrar.url = self.registrar.url.replace("127.0.0.1", "localhost")  # another site for the browser
            runner = web.AppRunner(application(state), access_log=None, shutdown_timeout=1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
            is_ready.set_result(None)
            await self._is_over.wait()
            await runner.cleanup()


@pytest.fixture
def stage(tmp_path):
    with Stage(tmp_path) as made:
        yield made


@pytest.fixture
def visitor(chromium, stage):
    """A browser at the set-up page of a server."""
    show(chromium, width=1440, height=900)
    chromium.get(f"{stage.address}/setup")
    chromium.get_log("browser")
    return chromium


def find(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def write(browser, selector, text):
    field = find(browser, selector)
    field.clear()
    field.send_keys(text)


def until(browser, script, *arguments):
    """Wait for the page, whichever it is by then, to say yes."""
    WebDriverWait(browser, 15, poll_frequency=0.05).until(lambda _: browser.execute_script(script, *arguments))


def press(browser, selector, words):
    """Press what leads on, until the next page says these words."""
    find(browser, selector).click()
    until(browser, "return document.querySelector('h1')?.textContent.includes(arguments[0])", words)


def fill(browser, stage, **changes):
    answers = {"organization": "acme", "public-url": "https://handoff.example", "host": stage.registrar.url} | changes
    for name, answer in answers.items():
        write(browser, f"#{name}", answer)


def to_the_form(browser, stage):
    write(browser, "#token", stage.setup.token)
    find(browser, ".go").click()
    until(browser, "return !!document.getElementById('host')")


def to_the_end(browser, stage):
    to_the_form(browser, stage)
    fill(browser, stage)
    press(browser, ".go", "Create it at GitHub")
    press(browser, ".go", "Register new GitHub App")
    press(browser, "#create", "The App is created")


def is_too_wide(browser):
    return browser.execute_script(
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    )


def complaints(browser):
    return [line["message"] for line in browser.get_log("browser") if "favicon" not in line["message"]]


def test_from_the_token_to_the_installation(visitor, stage):
    to_the_end(visitor, stage)
    assert stage.registrar.pages == ["/organizations/acme/settings/apps/new"]
    assert stage.registrar.sent[0]["redirect_url"] == f"{stage.address}/setup/created"
    assert "This server is the App handoff now" in find(visitor, ".lead").text
    assert stage.file.exists()
    press(visitor, "a.go", "Install Handoff")
    assert find(visitor, "#install").get_attribute("href").startswith("https://handoff.example/setup/installed?")
    assert complaints(visitor) == []


def test_a_personal_account_is_not_asked_for_an_organization(visitor, stage):
    to_the_form(visitor, stage)
    assert find(visitor, "#organization").is_displayed()
    find(visitor, "[value=personal]").click()
    assert not find(visitor, "#organization").is_displayed()
    write(visitor, "#public-url", "https://handoff.example")
    write(visitor, "#host", stage.registrar.url)
    press(visitor, ".go", "Create it at GitHub")
    press(visitor, ".go", "Register new GitHub App")
    assert stage.registrar.pages == ["/settings/apps/new"]


def test_a_mistake_is_named_and_the_answers_stay(visitor, stage):
    to_the_form(visitor, stage)
    fill(visitor, stage, **{"public-url": "handoff"})
    find(visitor, ".go").click()
    until(visitor, "return !!document.querySelector('[role=alert]')")
    assert "Public URL: it is not a web address" in find(visitor, "[role=alert]").text
    assert find(visitor, "#organization").get_attribute("value") == "acme"
    assert find(visitor, "#public-url").get_attribute("value") == "handoff"


def test_an_answer_can_be_changed_before_anything_is_sent(visitor, stage):
    to_the_form(visitor, stage)
    fill(visitor, stage, organization="amce")
    press(visitor, ".go", "Create it at GitHub")
    press(visitor, "[name=change]", "Set up the App")
    assert find(visitor, "#public-url").get_attribute("value") == "https://handoff.example"
    write(visitor, "#organization", "acme")
    press(visitor, ".go", "Create it at GitHub")
    press(visitor, ".go", "Register new GitHub App")
    assert stage.registrar.pages == ["/organizations/acme/settings/apps/new"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SCREENS, ids=["wide", "narrow"])
def test_no_page_of_the_way_scrolls_sideways(visitor, stage, width, height, scheme):
    show(visitor, width=width, height=height, scheme=scheme)
    assert not is_too_wide(visitor)
    to_the_form(visitor, stage)
    assert not is_too_wide(visitor)
    fill(visitor, stage)
    press(visitor, ".go", "Create it at GitHub")
    assert not is_too_wide(visitor)
    press(visitor, ".go", "Register new GitHub App")
    press(visitor, "#create", "The App is created")
    assert not is_too_wide(visitor)


def test_settings_to_be_copied_fit_a_narrow_screen(visitor, stage):
    stage.file.parent.write_text("a file where a folder is wanted", encoding="utf-8")
    show(visitor, width=390, height=844)
    to_the_end(visitor, stage)
    assert "GITHUB_PRIVATE_KEY=" in find(visitor, "#env").text
    assert not is_too_wide(visitor)
