"""The backlog report as a file in a real browser: drawn, readable on a phone, and asking nothing of anybody."""

import json

import pytest
from selenium.webdriver.common.by import By

from ghapp.backlog.figures import figures
from ghapp.render import backlog_page
from tests.browser.chromium import show
from tests.ghapp import backlogs

pytestmark = pytest.mark.browser

SIZES = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


@pytest.fixture
def page(chromium, tmp_path):
    """Open the report on a screen; what came before is out of the logs."""
    file = tmp_path / "report.html"
    file.write_text(backlog_page.page(figures(backlogs.some()), "https://github.com"), encoding="utf-8")

    def opened(width: int, scheme: str):
        show(chromium, width=width, height=900, scheme=scheme)
        for log in ("browser", "performance"):
            chromium.get_log(log)
        chromium.get(file.as_uri())
        return chromium

    return opened


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_nothing_hangs_over_the_edge(page, width, scheme):
    browser = page(width, scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_its_bars_are_drawn_in_colours_of_the_page_and_its_policy_minds_nothing(page, width, scheme):
    browser = page(width, scheme)
    colours = {
        browser.execute_script("return getComputedStyle(arguments[0]).fill", each)
        for each in browser.find_elements(By.CSS_SELECTOR, ".columns rect")
    }
    assert len(colours) == 3
    assert "rgb(0, 0, 0)" not in colours
    assert browser.get_log("browser") == []


def test_it_asks_nothing_of_anybody(page):
    browser = page(1280, "light")
    messages = (json.loads(each["message"])["message"] for each in browser.get_log("performance"))
    sent = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    assert [url for url in sent if not url.startswith("file:")] == []


def test_a_hostile_title_is_a_link_to_its_issue_and_nothing_else(page):
    browser = page(1280, "light")
    links = browser.find_elements(By.CSS_SELECTOR, ".best a")
    assert links[1].get_attribute("href") == "https://github.com/acme/billing/issues/2"
    assert "<script>alert(1)</script>" in links[1].text
    assert browser.title == "Backlog of acme/billing · Handoff"
