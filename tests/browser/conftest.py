"""Without Chromium the tests in here are left out, and the run says so; in CI its absence is an error."""

import os

import pytest

from tests.browser.chromium import CHROMIUM, DRIVER, Server, open_browser, show

ABSENT = "no browser here (chromium or chromedriver not found): its tests are left out"


def pytest_report_header(config):
    return f"browser: {CHROMIUM}" if CHROMIUM and DRIVER else ABSENT


def pytest_collection_modifyitems(config, items):
    if CHROMIUM and DRIVER:
        return
    wanted = [item for item in items if item.get_closest_marker("browser")]
    if wanted and os.environ.get("CI") == "true":
        raise pytest.UsageError(ABSENT.replace("its tests are left out", "install both, CI runs every test"))
    config.hook.pytest_deselected(items=wanted)
    items[:] = [item for item in items if item not in wanted]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if wanted and reporter is not None:
        reporter.write_line(ABSENT)


@pytest.fixture(scope="session")
def server():
    made = Server()
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """One browser for all tests; each gets a page without anything kept from the one before."""
    driver = open_browser(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium, server):
    """The playground, freshly opened on a wide screen in light colours."""
    show(chromium, width=1440, height=900)
    chromium.get(server.address)
    chromium.execute_script("sessionStorage.clear()")
    chromium.get(server.address)
    for log in ("browser", "performance"):
        chromium.get_log(log)
    return chromium
