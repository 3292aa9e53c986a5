"""A real Chromium and a real server to look at: for the tests, and for the pictures in the manual."""

import asyncio
import shutil
import threading
from pathlib import Path

from aiohttp import web
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from ghapp.web import State, application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def open_browser(profile: Path, env: dict[str, str] | None = None) -> webdriver.Chrome:
    """A browser with a profile of its own, which tells what it logs and what it requests."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(DRIVER, env=env))


def show(browser: webdriver.Chrome, *, width: int, height: int, scale: float = 1, scheme: str = "light") -> None:
    """Give the browser a screen of this size and its person's choice of colours."""
    screen = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


class Server:
    """The playground in a thread of its own, on a port of its own; it can go away and come back."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._runner = None
        self.port = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/"

    def start(self):
        if not self._thread.is_alive():
            self._thread.start()
        self._wait(self._start())

    def stop(self):
        self._wait(self._runner.cleanup())

    def close(self):
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work):
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _start(self):
        state = State(version="0.1.0", public_url="http://127.0.0.1:8080")
        self._runner = web.AppRunner(application(state), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
