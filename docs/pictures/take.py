"""Takes the manual's pictures of our pages: `python -m docs.pictures.take` (needs chromium and chromedriver)."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from docs.pictures import backlog, handovers
from tests.browser.chromium import Server, open_browser, show

HERE = Path(__file__).parent

# The same letters on every machine that has them; else the machine's own.
FONTS = """\
<?xml version="1.0"?>
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern">
<test name="family" compare="contains"><string>sans</string></test>
<test name="family" compare="not_eq"><string>Liberation Sans</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Liberation Sans</string></edit>
</match>
</fontconfig>
"""


def main() -> None:
    """Write every picture beside this file."""
    with _browser() as (browser, address):
        show(browser, width=1440, height=960)
        _open(browser, address, kind="issue", sample="A wish")
        browser.save_screenshot(str(HERE / "playground.png"))
        show(browser, width=1440, height=1600, scale=1.5)
        _open(browser, address, kind="issue", sample="A wish")
        _only(browser, "#posted").screenshot(str(HERE / "comment.png"))
        _open(browser, address, kind="pull", sample="Only a title")
        browser.execute_script("for (const each of document.querySelectorAll('.also, .comment')) each.remove()")
        _only(browser, "#posted").screenshot(str(HERE / "check.png"))
        _report(browser, backlog.page(), "backlog")
        _report(browser, handovers.page(), "handovers")


@contextmanager
def _browser() -> Iterator[tuple[webdriver.Chrome, str]]:
    server = Server()
    server.start()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            fonts = Path(folder, "fonts.conf")
            fonts.write_text(FONTS, encoding="utf-8")
            browser = open_browser(Path(folder, "profile"), {**os.environ, "FONTCONFIG_FILE": str(fonts)})
            try:
                yield browser, server.address
            finally:
                browser.quit()
    finally:
        server.close()


def _open(browser: webdriver.Chrome, address: str, *, kind: str, sample: str) -> None:
    browser.get(address)
    browser.execute_script("sessionStorage.clear()")
    browser.get(address)
    browser.find_element(By.CSS_SELECTOR, f"input[value={kind}]").click()
    buttons = browser.find_elements(By.CSS_SELECTOR, ".samples button")
    chosen = next(button for button in buttons if button.text == sample)
    browser.execute_script("arguments[0].click()", chosen)  # leaves no pointer over it
    WebDriverWait(browser, 20).until(lambda _: browser.find_element(By.ID, "found").is_displayed())
    browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")


def _report(browser: webdriver.Chrome, page: str, name: str) -> None:
    """A whole report, from a file as people have it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.html")
        file.write_text(page, encoding="utf-8")
        show(browser, width=1120, height=900)
        browser.get(file.as_uri())
        whole = browser.execute_script("return document.documentElement.scrollHeight")
        show(browser, width=1120, height=whole)
        browser.save_screenshot(str(HERE / f"{name}.png"))


def _only(browser: webdriver.Chrome, selector: str) -> WebElement:
    """One part of the page with a little air around it, as wide as GitHub shows it."""
    part = browser.find_element(By.CSS_SELECTOR, selector)
    browser.execute_script("arguments[0].style.padding = '16px'", part)
    return part


if __name__ == "__main__":
    main()
