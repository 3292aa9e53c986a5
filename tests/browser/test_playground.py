"""The playground in a real browser: what people see while they type."""

import json
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.browser

HOSTILE = '<script>document.title="owned"</script><img src="https://tracker.example/x" onerror="document.title=1">'


def find(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def until(browser, condition):
    return WebDriverWait(browser, 15, poll_frequency=0.05).until(lambda _: condition())


def said(browser):
    return find(browser, "#said").text


def shown(browser, words):
    until(browser, lambda: words in said(browser))


def write(browser, title, body=""):
    find(browser, "#title").send_keys(title)
    find(browser, "#body").send_keys(body)


def sample(browser, name):
    (button,) = [each for each in browser.find_elements(By.CSS_SELECTOR, ".samples button") if each.text == name]
    button.click()


def colour(browser, selector, what):
    """Red, green and blue of a computed colour."""
    text = browser.execute_script(
        "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, what
    )
    return tuple(int(part) for part in text[text.index("(") + 1 : -1].split(",")[:3])


def luminance(rgb):
    parts = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def violations(browser):
    return [line["message"] for line in browser.get_log("browser") if "Content Security Policy" in line["message"]]


def test_before_anything_is_written_it_says_what_is_asked(browser):
    assert "What is asked of an issue" in find(browser, "#empty").text
    assert not find(browser, "#found").is_displayed()


def test_a_verdict_appears_while_one_types(browser):
    write(browser, "Improve the export", "It should be fast and user-friendly, etc.")
    shown(browser, "Not ready to hand over")
    assert "acceptance" in find(browser, "#posted").text
    assert find(browser, ".label").text == "handoff: not ready"
    assert json.loads(find(browser, "#verdict").get_attribute("textContent"))["kind"] == "issue"


def test_switching_the_kind_judges_the_same_text_anew(browser):
    write(browser, "Fix it")
    shown(browser, "Not ready to hand over")
    find(browser, "input[value=pull]").click()
    shown(browser, "Say")
    assert "failure" in find(browser, ".posted.check").text
    assert "The check handoff holds the rest" in find(browser, ".posted.comment").text


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("issue", "A wish", "Not ready to hand over"),
        ("issue", "A feature to start on", "Ready to hand over"),
        ("issue", "A bug to start on", "Ready to hand over"),
        ("pull", "Only a title", "Say"),
        ("pull", "What and why", "What and why are written down"),
    ],
)
def test_each_sample_shows_what_its_name_says(browser, kind, name, words):
    find(browser, f"input[value={kind}]").click()
    sample(browser, name)
    shown(browser, words)


def test_a_gap_leads_to_its_line_and_the_line_to_the_text(browser):
    sample(browser, "A wish")
    shown(browser, "Not ready")
    link = find(browser, '#posted a[href^="#line-"]:not([href="#line-0"])')
    target = link.get_attribute("href").split("#")[1]
    link.send_keys(Keys.ENTER)
    line = browser.switch_to.active_element
    assert line.get_attribute("id") == target
    assert line.find_elements(By.TAG_NAME, "mark")
    line.find_element(By.CSS_SELECTOR, "button.place").send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "body"
    chosen = browser.execute_script(
        "const b = document.getElementById('body'); return b.value.slice(b.selectionStart, b.selectionEnd)"
    )
    assert chosen in line.find_element(By.CSS_SELECTOR, ".words").text
    assert chosen


def test_hostile_text_stays_text(browser):
    write(browser, HOSTILE, f"{HOSTILE}\nIt should be fast. {HOSTILE} <!-- x --> @octo/team #1 </details>")
    until(browser, lambda: "</details>" in find(browser, "#marked").text)
    assert HOSTILE in find(browser, "#marked").text
    assert not browser.find_elements(By.CSS_SELECTOR, "#result script, #result img, #result [onerror]")
    assert browser.title.startswith("Handoff")
    assert violations(browser) == []


def test_no_request_leaves_the_server(browser, server):
    browser.get(server.address)
    write(browser, HOSTILE, "![a](https://tracker.example/a.png)")
    until(browser, lambda: "a.png" in find(browser, "#marked").text)
    hosts = set()
    for line in browser.get_log("performance"):
        message = json.loads(line["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            hosts.add(urlsplit(message["params"]["request"]["url"]).netloc)
    assert hosts == {urlsplit(server.address).netloc}
    assert violations(browser) == []


def test_everything_can_be_reached_by_keyboard_and_focus_is_seen(browser):
    reached = []
    for _ in range(13):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        active = browser.switch_to.active_element
        reached.append(active.get_attribute("id") or active.get_attribute("value") or active.text)
        outline = browser.execute_script(
            "const e = arguments[0]; const seen = e.type === 'radio' ? e.nextElementSibling : e;"
            "return getComputedStyle(seen).outlineStyle",
            active,
        )
        assert outline == "solid", reached
    assert [name for name in ("issue", "A wish", "title", "clear", "body") if name not in reached] == []


def test_a_whole_verdict_is_had_without_a_mouse(browser):
    find(browser, "input[value=issue]").send_keys(Keys.ARROW_RIGHT)
    write(browser, "Fix it", "See commits.")
    shown(browser, "Say")
    find(browser, "#posted summary").send_keys(Keys.ENTER)
    assert find(browser, "#posted details").get_attribute("open") is not None


def test_an_open_fold_stays_open_while_one_types(browser):
    write(browser, "Fix it", "x")
    shown(browser, "Not ready")
    find(browser, "#posted summary").click()
    before = find(browser, "#verdict").get_attribute("textContent")
    find(browser, "#body").send_keys("\n\nSupport loses two hours a month, since the export stops at 1,000 rows.")
    until(browser, lambda: find(browser, "#verdict").get_attribute("textContent") != before)
    assert find(browser, "#posted details").get_attribute("open") is not None


def rewritten(browser, more):
    """Let the text be judged anew, as by a key pressed just before the focus left it."""
    before = find(browser, "#verdict").get_attribute("textContent")
    browser.execute_script(
        "const b = document.getElementById('body'); b.value += arguments[0]; b.dispatchEvent(new Event('input'))", more
    )
    until(browser, lambda: find(browser, "#verdict").get_attribute("textContent") != before)


MORE = "\n\nSupport loses two hours a month, since the export stops at 1,000 rows."


@pytest.mark.parametrize(
    "selector",
    [
        "#posted summary",
        "#posted details pre",
        "#posted details .copy",
        '#posted a[href="#line-2"]',
        "#marked #line-2",
        "#marked #line-2 button.place",
    ],
)
def test_the_keyboard_stays_where_it_is_when_the_text_is_judged_anew(browser, selector):
    write(browser, "Fix it", "Fine.\nIt should be fast.")
    shown(browser, "Not ready")
    browser.execute_script("for (const each of document.querySelectorAll('#posted details')) each.open = true")
    what = "const e = arguments[0]; return [e.tagName, e.className, e.getAttribute('href'), e.parentElement.tagName]"
    element = find(browser, selector)
    browser.execute_script("arguments[0].focus()", element)
    at_first = browser.execute_script(what, element)
    rewritten(browser, MORE)
    assert staleness_of(element)(browser)
    active = browser.switch_to.active_element
    assert browser.execute_script(what, active) == at_first
    assert active.is_displayed()


def test_the_keyboard_stays_near_when_its_place_is_gone(browser):
    write(browser, "Fix it", "Fine.\nIt should be fast.")
    shown(browser, "Not ready")
    browser.execute_script("arguments[0].focus()", find(browser, "#line-2 button.place"))
    browser.execute_script("document.getElementById('body').value = ''")
    rewritten(browser, "Fine.")
    inside = "return document.getElementById('marked').contains(document.activeElement)"
    assert browser.execute_script(inside)


@pytest.mark.parametrize("name", ["A wish", "A feature to start on"])
def test_a_phone_never_scrolls_sideways(browser, name):
    size = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    sample(browser, name)
    shown(browser, "eady to hand over")
    browser.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.execute_script("return document.documentElement.scrollWidth") == 360
    place = find(browser, "#line-0 .place")
    assert browser.execute_script("return arguments[0].scrollWidth <= arguments[0].clientWidth", place)


def test_on_a_phone_the_outcome_stands_at_the_bottom_until_the_result_is_in_view(browser):
    size = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    sample(browser, "A wish")
    shown(browser, "Not ready")
    browser.execute_script("scrollTo(0, 0)")
    until(browser, lambda: find(browser, "#peek").is_displayed())
    browser.execute_script("document.getElementById('result').scrollIntoView()")
    until(browser, lambda: not find(browser, "#peek").is_displayed())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_colour_schemes_can_be_read(browser, scheme):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    sample(browser, "A wish")
    shown(browser, "Not ready")
    ground = colour(browser, "body", "backgroundColor")
    panel = colour(browser, ".posted", "backgroundColor")
    assert (luminance(ground) < 0.1) is (scheme == "dark")
    for selector, under in [
        ("body", ground),
        (".lead", ground),
        (".small.legend", ground),
        (".posted .markdown", panel),
        (".posted blockquote", panel),
        (".posted a", panel),
        ("#score", panel),
        (".lines .place", panel),
        (".lines .tag.gap", colour(browser, ".lines .tag.gap", "backgroundColor")),
        (".legend .tag.partly", colour(browser, ".legend .tag.partly", "backgroundColor")),
        (".lines mark.gap", colour(browser, ".lines mark.gap", "backgroundColor")),
        (".kinds input:checked + span", colour(browser, ".kinds input:checked + span", "backgroundColor")),
    ]:
        assert contrast(colour(browser, selector, "color"), under) >= 4.5, selector


def test_a_server_that_goes_away_is_said_and_the_text_is_judged_once_it_is_back(browser, server):
    write(browser, "Fix it")
    shown(browser, "Not ready")
    server.stop()
    find(browser, "#body").send_keys("It should be fast.")
    until(browser, lambda: "cannot be reached" in find(browser, "#problem").text)
    assert find(browser, "#peek").get_attribute("textContent") == find(browser, "#problem").text
    server.start()
    until(browser, lambda: not find(browser, "#problem").is_displayed())
    until(browser, lambda: "fast" in find(browser, "#marked").text)


def test_a_refusal_is_said_in_the_servers_words(browser):
    browser.execute_script("document.getElementById('body').value = 'x'.repeat(1100000)")
    find(browser, "#title").send_keys("Too long")
    until(browser, lambda: "too long" in find(browser, "#problem").text)


def test_a_text_survives_a_reload(browser):
    write(browser, "Fix it", "It should be fast.")
    shown(browser, "Not ready")
    browser.refresh()
    shown(browser, "Not ready")
    assert find(browser, "#body").get_attribute("value") == "It should be fast."


def test_clearing_leaves_nothing_behind(browser):
    write(browser, "Fix it", "It should be fast.")
    shown(browser, "Not ready")
    find(browser, "#clear").click()
    until(browser, lambda: find(browser, "#empty").is_displayed())
    assert find(browser, "#title").get_attribute("value") == ""


@pytest.mark.parametrize("take", ["A wish", "clear"])
def test_what_a_sample_or_clearing_replaced_comes_back(browser, take):
    assert not find(browser, "#undo").is_displayed()
    write(browser, "Fix it", "My own words.")
    if take == "clear":
        find(browser, "#clear").click()
    else:
        sample(browser, take)
        sample(browser, "A bug to start on")
        find(browser, "#undo").send_keys(Keys.ENTER)
    find(browser, "#undo").send_keys(Keys.ENTER)
    assert find(browser, "#title").get_attribute("value") == "Fix it"
    assert find(browser, "#body").get_attribute("value") == "My own words."
    assert not find(browser, "#undo").is_displayed()
    assert browser.switch_to.active_element.get_attribute("id") == "body"


def test_without_a_clipboard_the_text_to_copy_is_selected(browser):
    browser.execute_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    sample(browser, "A wish")
    shown(browser, "Not ready")
    browser.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")
    find(browser, "#posted .copy").click()
    chosen = browser.execute_script("return String(getSelection())")
    assert chosen.strip() == find(browser, "#posted pre").text.strip()
    assert find(browser, "#posted .copy").text == "Selected"


def test_the_meter_shows_from_where_on_an_issue_is_ready(browser):
    sample(browser, "A wish")
    shown(browser, "Not ready")
    share = "const [a, b] = ['threshold', 'meter'].map((id) => document.getElementById(id).getBoundingClientRect());"
    assert round(browser.execute_script(f"{share} return (a.left - b.left) / b.width"), 2) == 0.7
    find(browser, "input[value=pull]").click()
    shown(browser, "why")
    assert not find(browser, "#threshold").is_displayed()
    assert not find(browser, "#from").is_displayed()


def test_the_command_to_type_names_this_server(browser, server):
    command = find(browser, ".machine pre").get_attribute("textContent")
    assert command.startswith("curl -H 'Content-Type: application/json' -d '{")
    assert command.endswith(f"{server.address}api/check")


@pytest.mark.parametrize("kind", ["pull", "issue"])
def test_the_command_to_type_asks_about_what_is_chosen(browser, kind):
    find(browser, "input[value=pull]").click()
    find(browser, f"input[value={kind}]").click()
    command = find(browser, ".machine pre").get_attribute("textContent")
    assert json.loads(command[command.index("{") : command.index("}") + 1])["kind"] == kind


def test_words_that_count_in_part_look_neither_met_nor_missing(browser):
    sample(browser, "A wish")
    shown(browser, "Not ready")
    grounds = {tone: colour(browser, f".legend .tag.{tone}", "backgroundColor") for tone in ("gap", "partly", "met")}
    assert len(set(grounds.values())) == 3
    assert colour(browser, ".lines mark.partly", "backgroundColor") == grounds["partly"]


def test_the_outcome_is_announced_to_screen_readers(browser):
    assert find(browser, "#said").get_attribute("aria-live") == "polite"
    for name in ("title", "body"):
        assert find(browser, f"label[for={name}]").text
