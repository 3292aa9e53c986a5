"""The set-up page: a story from the form to the credentials."""

import asyncio
import html
import re

import pytest
import structlog
from structlog.testing import capture_logs

from ghapp import settings
from ghapp.github.identity import Identity
from ghapp.web import Place, State, application
from tests.fake_manifest import CLIENT_SECRET, HOOK_SECRET

PUBLIC = "https://handoff.example"


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


async def test_the_page_says_what_will_be_created_and_why(visit):
    page = words(await (await visit.client.get("/setup", params={"token": visit.setup.token})).text())
    assert "Checks read and write The check run named" in page
    assert "Contents read The policy file" in page
    assert "Merge group A merge queue waits for our check." in page


async def test_the_way_to_github_carries_the_manifest_with_its_addresses(visit, registrar):
    action, manifest = await visit.begun()
    assert action.startswith(f"{registrar.url}/organizations/acme/settings/apps/new?state=")
    assert manifest["name"] == "Handoff acme"
    assert manifest["url"] == PUBLIC
    assert manifest["hook_attributes"] == {"url": f"{PUBLIC}/webhook", "active": True}
    assert manifest["redirect_url"] == "http://127.0.0.1:8080/setup/created"
    assert manifest["setup_url"] == f"{PUBLIC}/setup/installed"
    assert manifest["callback_urls"] == [f"{PUBLIC}/auth/callback"]
    assert manifest["public"] is False
    assert manifest["default_permissions"]["checks"] == "write"
    assert "issues" in manifest["default_events"]


async def test_a_personal_account_and_a_relay_are_taken_as_they_are_given(visit, registrar):
    action, manifest = await visit.begun(owner="personal", organization="", webhook="https://smee.io/abc")
    assert action.startswith(f"{registrar.url}/settings/apps/new?state=")
    assert manifest["hook_attributes"]["url"] == "https://smee.io/abc"


@pytest.mark.parametrize(("relay", "is_given"), [("", False), ("https://smee.io/abc", True)], ids=["none", "tunnel"])
async def test_a_tunnel_that_runs_is_filled_in_with_the_address_it_makes_good_enough(visit, relay, is_given):
    visit.setup.relay = relay
    page = await (await visit.client.get("/setup", params={"token": visit.setup.token})).text()
    assert ('value="https://smee.io/abc"' in page) is is_given
    assert (f'value="{visit.client.make_url("").origin()}"' in page) is is_given


async def test_only_the_way_to_github_may_lead_a_form_elsewhere(visit, registrar):
    show = await visit.client.get("/setup", params={"token": visit.setup.token})
    send = await visit.answer()
    assert "form-action 'self';" in show.headers["Content-Security-Policy"]
    assert f"form-action 'self' {registrar.url};" in send.headers["Content-Security-Policy"]
    assert send.headers["Referrer-Policy"] == "strict-origin"
    assert send.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("origin", "flag"), [("https://handoff.example", "; Secure"), ("http://127.0.0.1:8080", "")], ids=["https", "here"]
)
async def test_the_state_is_bound_to_the_browser(visit, origin, flag):
    (cookie,) = (await visit.answer(headers={"Origin": origin})).headers.getall("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/setup" in cookie
    assert "Max-Age=3600" in cookie
    assert ("; Secure" in cookie) is bool(flag)


async def test_the_whole_way_stores_the_credentials_for_their_owner_only(visit, file):
    page = await visit.through()
    shown = await page.text()
    assert page.status == 200
    assert f'href="{visit.registrar.url}/github-apps/handoff/installations/new"' in shown
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]
    kept = settings.load({"DATABASE_URL": f"sqlite:///{file.parent}/handoff.db"}, env_file=None)
    assert (kept.github_app_id, kept.public_url) == (4711, PUBLIC)
    assert kept.webhook_secrets == (HOOK_SECRET,)
    assert kept.github_api_url == f"{visit.registrar.url}/api/v3"
    assert CLIENT_SECRET not in shown
    assert "PRIVATE KEY" not in shown
    (finished,) = visit.finished
    assert finished.settings.issuer == "Iv23.made-up"


async def test_neither_code_nor_secrets_are_logged_or_printed(visit):
    with capture_logs() as lines:
        structlog.get_logger()
        await visit.through()
    said = f"{lines} {visit.finished}"
    assert "setup.done" in said
    for secret in ("c0de5ecret", CLIENT_SECRET, HOOK_SECRET, "PRIVATE KEY", visit.setup.token):
        assert secret not in said


async def test_a_page_that_is_loaded_again_says_that_it_is_done_and_changes_nothing(visit, file):
    page = await visit.through()
    before = file.read_text(encoding="utf-8")
    again = await visit.client.get(str(page.url.relative()))
    assert "The App is set up" in await again.text()
    assert file.read_text(encoding="utf-8") == before
    assert visit.registrar.conversions == 1


async def test_a_page_that_is_loaded_twice_at_once_asks_github_once(visit, file):
    action, _ = await visit.begun()
    query = {"code": visit.registrar.code(), "state": action.partition("?state=")[2]}
    pages = await asyncio.gather(visit.come_back(**query), visit.come_back(**query))
    assert sorted([("The App is created" in await page.text()) for page in pages]) == [False, True]
    assert visit.registrar.conversions == 1
    assert len(visit.finished) == 1


async def test_an_answer_can_be_changed_on_the_way(visit):
    page = await (await visit.answer(change="1", organization="other")).text()
    assert 'name="organization" type="text" maxlength="100" value="other"' in page
    assert "problem" not in page


@pytest.mark.parametrize("path", ["/setup", "/setup?token=x", "/setup/created?code=a&state=b"])
async def test_a_server_that_has_its_app_says_so_and_how_to_have_another(visit, path):
    visit.state.app = lambda: Identity(5, "<handoff>")
    page = await (await visit.client.get(path)).text()
    assert "This server is the App &lt;handoff&gt; (5). Nothing was changed." in page
    assert "ghapp setup --replace" in page
    assert (await visit.answer()).status == 200
    assert visit.registrar.sent == []


async def test_an_app_that_another_program_stored_meanwhile_is_left_alone(visit, file):
    file.parent.mkdir()
    file.write_text("GITHUB_APP_ID=1\n", encoding="utf-8")
    page = await visit.client.get("/setup", params={"token": visit.setup.token})
    assert (page.status, "An App is stored already" in await page.text()) == (409, True)
    assert (await visit.answer()).status == 409
    assert file.read_text(encoding="utf-8") == "GITHUB_APP_ID=1\n"


async def test_a_folder_that_cannot_be_written_has_the_settings_shown_to_be_copied(visit, file):
    file.parent.write_text("a file where a folder is wanted", encoding="utf-8")
    page = await (await visit.through()).text()
    (text,) = re.findall(r'<code id="env">(.*?)</code>', page, re.DOTALL)
    copied = dict(line.split("=", 1) for line in html.unescape(text).splitlines())
    assert copied["GITHUB_APP_ID"] == "4711"
    assert settings.load(copied, env_file=None).has_app
    assert "Its credentials are stored nowhere" in page
    assert len(visit.finished) == 1


async def test_what_another_set_up_stored_in_between_is_not_overwritten(visit, file):
    action, _ = await visit.begun()
    visit.setup.place = Place(file=file, replaces=False)
    original = visit.setup.load

    def stored_just_now(kept):
        file.parent.mkdir()
        file.write_text("GITHUB_APP_ID=1\n", encoding="utf-8")
        return original(kept)

    visit.setup.load = stored_just_now
    page = await visit.come_back(code=visit.registrar.code(), state=action.partition("?state=")[2])
    assert "is there already, and is not overwritten" in await page.text()
    assert file.read_text(encoding="utf-8") == "GITHUB_APP_ID=1\n"


@pytest.mark.parametrize("environ", [{"PUBLIC_URL": "https://set.example"}])
async def test_what_the_environment_says_counts_and_the_page_says_so(visit, file):
    page = await (await visit.client.get("/setup", params={"token": visit.setup.token})).text()
    assert "PUBLIC_URL says so" in page
    shown = words(await (await visit.through(public_url="https://other.example")).text())
    assert "counts before it: PUBLIC_URL ." in shown
    assert "PUBLIC_URL=https://set.example" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("environ", [{"HOST": "0.0.0.0"}])
@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 303), ("/criteria", 303), ("/healthz", 200), ("/setup", 403), ("/setup/installed", 200), ("/webhook", 405)],
)
async def test_until_it_is_set_up_a_server_that_others_may_reach_shows_the_set_up_only(visit, path, status):
    assert (await visit.client.get(path, allow_redirects=False)).status == status
    visit.state.app = lambda: Identity(5, "handoff")
    assert (await visit.client.get("/")).status == 200


@pytest.mark.parametrize("environ", [{"HOST": "0.0.0.0"}])
async def test_until_it_is_set_up_it_judges_nothing_for_strangers(visit):
    answer = await visit.client.post("/api/check", json={"kind": "issue", "title": "x"})
    assert (answer.status, "not set up yet" in await answer.text()) == (503, True)


async def test_the_manual_has_the_parts_that_the_pages_lead_to(visit):
    page = await (await visit.client.get("/manual/setup")).text()
    for anchor in ("when-it-does-not-work", "another-app"):
        assert f'id="{anchor}"' in page


async def test_a_server_on_loopback_has_its_playground_beside_the_set_up(visit):
    page = await (await visit.client.get("/")).text()
    assert 'href="/setup"' in page


async def test_a_server_without_the_chance_has_no_such_page(aiohttp_client):
    client = await aiohttp_client(application(State(version="1", public_url="")))
    assert (await client.get("/setup")).status == 404
