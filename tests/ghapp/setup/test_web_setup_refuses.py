"""The set-up page: everything that may be wrong, each with its remedy, and nothing of it stored."""

import html

import pytest
import time_machine
from aiohttp import web

from ghapp import clock
from ghapp.errors import Again
from ghapp.web.setup_once import HOUR

PUBLIC = "https://handoff.example"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"organization": ""}, "Organization: give its name", id="no organization"),
        pytest.param({"organization": "a/../b"}, "Organization: give its name", id="path for an organization"),
        pytest.param({"public_url": ""}, "Public URL: it is not a web address", id="no public url"),
        pytest.param({"public_url": "http://h.example"}, "Public URL: it is plain http", id="plain http"),
        pytest.param({"public_url": "https://h.example\nX=1"}, "Public URL: it is not a web", id="line break"),
        pytest.param({"host": ""}, "GitHub: the address is not a web address", id="no host"),
        pytest.param({"host": "a;script-src *"}, "GitHub: the address is not a web address", id="policy in a host"),
        pytest.param({"host": "http://git.example"}, "GitHub: the address is plain http", id="http host"),
        pytest.param({"webhook": "smee"}, "Relay: it is not a web address", id="relay"),
        pytest.param(
            {"host": "github.com", "public_url": "http://localhost:8080"},
            "GitHub cannot reach an address of this machine itself",
            id="this machine",
        ),
    ],
)
async def test_an_answer_that_cannot_be_used_is_named_and_the_others_are_kept(visit, changes, sentence):
    answer = await visit.answer(**changes)
    page = await answer.text()
    assert answer.status == 400
    assert sentence in html.unescape(page)
    for name, value in ({"organization": "acme", "public_url": PUBLIC} | changes).items():
        assert f'name="{name}"' in page
        assert html.escape(value.strip(), quote=True).replace("&#x27;", "&#39;") in page
    assert "Set-Cookie" not in answer.headers


async def test_all_that_is_wrong_is_said_at_once(visit):
    page = await (await visit.answer(organization="", public_url="x", host="?", webhook="y")).text()
    assert page.split('role="alert"')[1].split("</div>")[0].count("<p>") == 4


@pytest.mark.parametrize("token", ["", "wrong", "é"], ids=["none", "wrong", "other letters"])
async def test_without_the_token_nothing_begins(visit, token):
    shown = await visit.client.get("/setup", params={"token": token})
    sent = await visit.answer(token=token)
    assert (shown.status, sent.status) == (403, 403)
    assert "manifest" not in await sent.text()
    assert "/manual/setup#when-it-does-not-work" in await sent.text()
    assert visit.setup.token not in await shown.text() + await sent.text()


async def test_a_page_over_plain_http_from_another_machine_is_not_led_to_github(visit):
    answer = await visit.answer(headers={"Origin": "http://192.0.2.7:8080"})
    assert answer.status == 400
    assert "came over plain http" in await answer.text()


async def test_a_browser_that_does_not_say_where_it_is_comes_back_to_where_it_asked(visit):
    _, manifest = await visit.begun(headers={"Origin": "null"})
    assert manifest["redirect_url"] == str(visit.client.make_url("/setup/created"))


@pytest.mark.parametrize("body", [b"\xff\xfe=%zz&&&", b"&".join(b"a=b" for _ in range(99))], ids=["bytes", "many"])
async def test_a_form_that_is_none_is_refused(visit, body):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    assert (await visit.client.post("/setup", data=body, headers=headers)).status in (400, 403)


async def refused(visit, page, words, file, status=400):
    text = html.unescape(await page.text())
    assert page.status == status
    assert words in text
    assert "Nothing was stored on this server" in text
    assert not file.exists()
    assert visit.finished == []
    assert "c0de5ecret" not in text
    assert 'href="/manual/setup#when-it-does-not-work"' in text


async def test_another_state_than_this_browsers_is_refused_before_github_is_asked(visit, file):
    await visit.begun()
    page = await visit.come_back(code=visit.registrar.code(), state="made-up")
    await refused(visit, page, "belongs to no set-up that this browser began", file)
    assert visit.registrar.conversions == 0


@pytest.mark.parametrize("cookie", ["", "made.up.cookie", "other"], ids=["none", "forged", "another set-up's"])
async def test_another_browser_than_the_one_that_began_is_refused(visit, file, cookie):
    action, _ = await visit.begun()
    cookie = (await visit.answer()).cookies["handoff-setup"].value if cookie == "other" else cookie
    visit.client.session.cookie_jar.clear()
    query = {"code": visit.registrar.code(), "state": action.partition("?state=")[2]}
    page = await visit.client.get("/setup/created", params=query, cookies={"handoff-setup": cookie})
    await refused(visit, page, "belongs to no set-up that this browser began", file)
    assert visit.registrar.conversions == 0


async def test_after_an_hour_it_has_to_begin_again(visit, file):
    action, _ = await visit.begun()
    cookie = visit.client.session.cookie_jar.filter_cookies(visit.client.make_url("/setup"))["handoff-setup"].value
    with time_machine.travel(clock.now() + HOUR, tick=True):
        query = {"code": visit.registrar.code(), "state": action.partition("?state=")[2]}
        page = await visit.client.get("/setup/created", params=query, cookies={"handoff-setup": cookie})
        await refused(visit, page, "belongs to no set-up", file)


async def test_a_state_is_good_for_one_code(visit, file):
    action, _ = await visit.begun()
    state = action.partition("?state=")[2]
    await refused(visit, await visit.come_back(code="0" * 40, state=state), "GitHub does not take its code", file)
    page = await visit.come_back(code=visit.registrar.code(), state=state)
    await refused(visit, page, "belongs to no set-up", file)


@pytest.mark.parametrize("code", ["", "../../user", "a" * 300], ids=["none", "path", "long"])
async def test_a_code_that_is_none_never_leaves_the_server(visit, file, code):
    action, _ = await visit.begun()
    page = await visit.come_back(code=code, state=action.partition("?state=")[2])
    await refused(visit, page, "GitHub's answer came without its code", file)


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        pytest.param(Again("cut"), "cannot be reached from this server (there is no connection)", id="cut"),
        pytest.param(web.Response(status=502), "GitHub cannot answer now (502)", id="bad gateway"),
        pytest.param(web.Response(status=429), "GitHub cannot answer now (429)", id="limited"),
    ],
)
async def test_a_silent_github_costs_no_more_than_a_reload(visit, file, refusal, words):
    action, _ = await visit.begun()
    query = {"code": visit.registrar.code(), "state": action.partition("?state=")[2]}
    visit.registrar.refusals.append(refusal)
    page = await visit.come_back(**query)
    await refused(visit, page, words, file, status=502)
    assert "The App is created" in await (await visit.come_back(**query)).text()
    assert file.exists()


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        pytest.param(web.Response(status=404), "GitHub does not take its code any more", id="expired"),
        pytest.param(web.Response(status=422), "GitHub does not take its code any more", id="reused"),
        pytest.param(web.Response(status=301, headers={"Location": "/x"}), "does not answer as GitHub", id="moved"),
        pytest.param(web.Response(status=201, text="<html>"), "does not answer as GitHub does", id="page"),
        pytest.param(web.json_response({"id": 1}, status=201), "does not answer as GitHub does", id="other JSON"),
        pytest.param(web.json_response([], status=201), "does not answer as GitHub does", id="list"),
    ],
)
async def test_what_github_refuses_is_said_with_its_remedy(visit, file, refusal, words):
    visit.registrar.refusals.append(refusal)
    await refused(visit, await visit.through(), words, file)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"webhook_secret": None}, "GITHUB_WEBHOOK_SECRET", id="no secret"),
        pytest.param({"pem": "none"}, "GITHUB_PRIVATE_KEY is not an unencrypted RSA key", id="no key"),
        pytest.param({"id": 0}, "GITHUB_APP_ID cannot be used", id="no id"),
    ],
)
async def test_credentials_that_cannot_be_used_are_not_stored(visit, file, changes, words):
    visit.registrar.changes = changes
    await refused(visit, await visit.through(), words, file)


async def test_a_page_of_another_host_is_not_where_people_are_sent_to_install(visit):
    visit.registrar.changes = {"html_url": "https://evil.example/apps/handoff"}
    page = await (await visit.through()).text()
    assert f'href="{visit.registrar.url}/apps/handoff/installations/new"' in page
    assert "evil.example" not in page


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("install", "ghapp scan --last"),
        ("request", "The installation is asked for"),
        ("<b>", "The App is installed"),
    ],
)
async def test_after_the_installation_a_page_says_what_happens_now(visit, action, words):
    page = await visit.client.get("/setup/installed", params={"installation_id": "1", "setup_action": action})
    assert (page.status, words in await page.text()) == (200, True)
