"""What the set-up stores: written whole or not at all, read below everything else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.errors import StartError
from ghapp.settings import load, stored
from ghapp.settings.address import Host, address, github_host
from ghapp.settings.given import of_file
from tests import process

APP = {
    "github_app_id": "12",
    "github_client_id": "Iv23.x",
    "github_client_secret": "a-client-secret",
    "github_private_key": process.private_key(),
    "github_webhook_secret": "a-secret-of-the-webhook",
    "github_api_url": "https://git.example/api/v3",
    "github_web_url": "https://git.example",
    "public_url": "https://handoff.example",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "app.env"


def loaded(file: Path, **environ: str):
    return load({"DATABASE_URL": f"sqlite:///{file.parent}/handoff.db", **environ}, env_file=None)


def test_what_is_stored_is_a_whole_app_and_readable_for_its_owner_only(file: Path):
    stored.keep(file, APP)
    settings = loaded(file)
    assert settings.has_app
    assert settings.github_private_key.get_secret_value().strip() == process.private_key().strip()
    assert (settings.github_api_url, settings.public_url) == ("https://git.example/api/v3", "https://handoff.example")
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(file.parent.iterdir()) == [file]


def test_what_is_stored_is_the_text_that_is_shown_to_be_copied(file: Path):
    stored.keep(file, APP)
    assert file.read_text(encoding="utf-8") == stored.text(APP)
    assert '"' not in stored.text(APP)
    assert len(stored.text(APP).splitlines()) == len(APP)


def test_what_is_there_is_left_alone_unless_it_is_to_be_replaced(file: Path):
    stored.keep(file, APP)
    with pytest.raises(FileExistsError):
        stored.keep(file, {"github_app_id": "13"})
    assert loaded(file).github_app_id == 12
    stored.keep(file, {**APP, "github_app_id": "13"}, replaces=True)
    assert loaded(file).github_app_id == 13
    assert "GITHUB_APP_ID=12\n" in file.with_name(stored.BEFORE).read_text(encoding="utf-8")
    assert {each.name for each in file.parent.iterdir()} == {stored.NAME, stored.BEFORE}


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path):
    (tmp_path / "app.env").mkdir()
    with pytest.raises(OSError, match="exists"):
        stored.keep(tmp_path / "app.env", APP)
    assert [each.name for each in tmp_path.iterdir()] == ["app.env"]


def test_the_environment_wins_over_what_is_stored(file: Path):
    stored.keep(file, APP)
    settings = loaded(
        file, PUBLIC_URL="https://other.example", GITHUB_WEBHOOK_SECRET="one-secret-of-two, the-other-one-of-two"
    )
    assert settings.public_url == "https://other.example"
    assert len(settings.webhook_secrets) == 2
    assert settings.github_app_id == 12


def test_another_app_of_the_environment_is_not_mixed_with_the_one_that_is_stored(file: Path):
    stored.keep(file, APP)
    env = process.app_settings("https://api.github.com", GITHUB_APP_ID="99", PUBLIC_URL="")
    settings = loaded(file, **env)
    assert (settings.github_app_id, settings.github_client_id, settings.public_url) == (99, "", "")


def test_a_key_file_of_the_environment_takes_the_place_of_the_stored_key(file: Path, tmp_path: Path):
    stored.keep(file, APP)
    key = tmp_path / "key.pem"
    key.write_text(process.private_key(), encoding="utf-8")
    assert loaded(file, GITHUB_PRIVATE_KEY_FILE=str(key)).has_app


def test_other_settings_in_the_file_are_none_of_its_business(file: Path):
    stored.keep(file, APP)
    with file.open("a", encoding="utf-8") as more:
        more.write("HOST=0.0.0.0\n")
    assert loaded(file).host == "127.0.0.1"


def test_half_an_app_in_the_file_is_named(file: Path):
    file.parent.mkdir()
    file.write_text("GITHUB_APP_ID=12\n", encoding="utf-8")
    with pytest.raises(StartError, match="GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET are not set"):
        loaded(file)


def test_a_client_id_without_an_app_is_named(file: Path):
    with pytest.raises(StartError, match="GITHUB_APP_ID and GITHUB_PRIVATE_KEY and"):
        loaded(file, GITHUB_CLIENT_ID="Iv23.x")


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:///data/handoff.db", Path("data/app.env")),
        ("sqlite:////data/handoff.db", Path("/data/app.env")),
        ("sqlite:///handoff.db?timeout=3", Path("app.env")),
        ("sqlite:///", None),
        ("postgresql://me:pw@db/handoff", None),
    ],
)
def test_the_file_lies_beside_the_database(url: str, place: Path | None):
    assert stored.place(url) == place


VALUES = st.text(st.characters(codec="ascii", categories=("L", "N"), include_characters="-_.:/+= "), min_size=1)


@given(st.dictionaries(st.sampled_from(stored.NAMES), VALUES.map(str.strip).filter(bool), min_size=1))
def test_every_value_that_github_may_give_comes_back_as_it_was(tmp_path_factory, values):
    file = tmp_path_factory.mktemp("stored") / stored.NAME
    stored.keep(file, values)
    assert of_file(file) == values


@pytest.mark.parametrize(
    ("given", "web", "api"),
    [
        ("github.com", "https://github.com", "https://api.github.com"),
        (" https://www.github.com/ ", "https://github.com", "https://api.github.com"),
        ("https://api.github.com", "https://github.com", "https://api.github.com"),
        ("GitHub.com", "https://github.com", "https://api.github.com"),
        ("acme.ghe.com", "https://acme.ghe.com", "https://api.acme.ghe.com"),
        ("https://api.acme.ghe.com/graphql", "https://acme.ghe.com", "https://api.acme.ghe.com"),
        ("git.acme.example", "https://git.acme.example", "https://git.acme.example/api/v3"),
        ("https://git.acme.example/api/v3", "https://git.acme.example", "https://git.acme.example/api/v3"),
        ("https://git.acme.example:8443/", "https://git.acme.example:8443", "https://git.acme.example:8443/api/v3"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000", "http://127.0.0.1:3000/api/v3"),
        ("http://[::1]:3000", "http://[::1]:3000", "http://[::1]:3000/api/v3"),
        ("gït.example", "https://xn--gt-tja.example", "https://xn--gt-tja.example/api/v3"),
    ],
)
def test_a_github_is_known_by_any_part_of_its_address(given: str, web: str, api: str):
    assert github_host(given) == Host(web=web, api=api)


@pytest.mark.parametrize(
    "given",
    [
        "",
        " ",
        "a b",
        "https://",
        "ftp://git.example",
        "a;script-src *",
        "https://me:pw@git.example",
        "http://git.example",
        "git.example/?x=1",
        "a\nb.example",
        "*.example",
        "'self'",
    ],
)
def test_what_is_no_github_is_refused(given: str):
    with pytest.raises(ValueError, match=r"^(is|has) "):
        github_host(given)


@given(st.text())
def test_a_github_is_an_address_or_refused(text: str):
    try:
        found = github_host(text)
    except ValueError:
        return
    assert address(found.web) == found.web
    assert address(found.api) == found.api
    assert not set(found.web) & set(" ;,'\"\\")


@pytest.mark.parametrize(
    "given", ["https://h.example\nX", "https://h.exa\tmple", "https://h.example/\x00", "https://h.example/\u202e"]
)
def test_an_address_holds_no_letter_that_cannot_be_seen(given: str):
    with pytest.raises(ValueError, match="is not a web address"):
        address(given)
