"""A playground to look at, and a browser to look with."""

import pytest

from tests.browser.chromium import Server, open_browser, show


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
