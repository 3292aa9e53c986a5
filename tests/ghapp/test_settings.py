"""Settings: what is wrong is named with its remedy before anything starts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ghapp.errors import StartError
from ghapp.settings import Settings, load

SECRET = "an-honest-long-secret"


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()


PEM = _pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))
WEAK_PEM = _pem(rsa.generate_private_key(public_exponent=65537, key_size=1024))
OTHER_PEM = _pem(ec.generate_private_key(ec.SECP256R1()))
APP = {"GITHUB_APP_ID": "12", "GITHUB_PRIVATE_KEY": PEM, "GITHUB_WEBHOOK_SECRET": SECRET}


@pytest.fixture
def load_with(tmp_path: Path):
    """Load settings from a made-up environment and nothing else."""

    def load_them(env: dict[str, str], dotenv: str = "") -> Settings:
        file = tmp_path / ".env"
        file.write_text(dotenv, encoding="utf-8")
        return load(env, env_file=file)

    return load_them


def refused(load_with, env: dict[str, str], dotenv: str = "") -> str:
    with pytest.raises(StartError) as caught:
        load_with(env, dotenv)
    return str(caught.value)


def test_nothing_set_is_a_server_without_an_app_on_loopback(load_with):
    settings = load_with({})
    assert not settings.has_app
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.manual == ""


def test_a_whole_app_is_read_from_the_environment(load_with):
    settings = load_with({**APP, "GITHUB_CLIENT_ID": "Iv1.abc", "PUBLIC_URL": "https://handoff.example.com/"})
    assert settings.has_app
    assert settings.issuer == "Iv1.abc"
    assert settings.manual == "https://handoff.example.com/criteria"


def test_a_whole_app_is_read_from_the_env_file(load_with):
    dotenv = f"GITHUB_APP_ID=12\nGITHUB_WEBHOOK_SECRET={SECRET}\nGITHUB_PRIVATE_KEY='{PEM}'\n"
    assert load_with({}, dotenv).has_app


def test_the_app_id_signs_in_where_there_is_no_client_id(load_with):
    assert load_with(APP).issuer == "12"


def test_two_secrets_hold_while_rotating(load_with):
    settings = load_with({**APP, "GITHUB_WEBHOOK_SECRET": f"{SECRET}, {SECRET}-new"})
    assert settings.webhook_secrets == (SECRET, f"{SECRET}-new")


def test_a_key_on_one_line_is_mended(load_with):
    assert load_with({**APP, "GITHUB_PRIVATE_KEY": PEM.replace("\n", "\\n")}).has_app


def test_a_key_comes_from_a_file(load_with, tmp_path: Path):
    file = tmp_path / "key.pem"
    file.write_text(PEM, encoding="utf-8")
    env = {name: value for name, value in APP.items() if name != "GITHUB_PRIVATE_KEY"}
    assert load_with({**env, "GITHUB_PRIVATE_KEY_FILE": str(file)}).github_private_key.get_secret_value() == PEM


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"GITHUB_WEBHOOK_SECRET": ""}, "GITHUB_WEBHOOK_SECRET is not set although", id="no secret"),
        pytest.param({"GITHUB_WEBHOOK_SECRET": "short"}, "GITHUB_WEBHOOK_SECRET is shorter than 16", id="short secret"),
        pytest.param(
            {"GITHUB_WEBHOOK_SECRET": f"{SECRET},x"}, "GITHUB_WEBHOOK_SECRET is shorter", id="short new secret"
        ),
        pytest.param(
            {"GITHUB_PRIVATE_KEY": "-----BEGIN"}, "GITHUB_PRIVATE_KEY is not an unencrypted RSA", id="broken PEM"
        ),
        pytest.param({"GITHUB_PRIVATE_KEY": OTHER_PEM}, "GITHUB_PRIVATE_KEY is not an unencrypted RSA", id="not RSA"),
        pytest.param({"GITHUB_PRIVATE_KEY": WEAK_PEM}, "GITHUB_PRIVATE_KEY is an RSA key of 1024 bits", id="weak key"),
        pytest.param({"GITHUB_PRIVATE_KEY": ""}, "GITHUB_PRIVATE_KEY is not set although", id="no key"),
        pytest.param({"GITHUB_PRIVATE_KEY_FILE": "/nowhere"}, "are both set: keep one", id="two keys"),
        pytest.param(
            {"GITHUB_PRIVATE_KEY": "", "GITHUB_PRIVATE_KEY_FILE": "/nowhere"},
            "GITHUB_PRIVATE_KEY_FILE /nowhere cannot be read (No such file or directory)",
            id="no key file",
        ),
        pytest.param(
            {"GITHUB_APP_ID": "mine"}, "GITHUB_APP_ID cannot be used: give the App's numeric id", id="an id of letters"
        ),
        pytest.param({"GITHUB_APP_ID": ""}, "GITHUB_APP_ID is not set although", id="no id"),
        pytest.param(
            {"GITHUB_APP_IDD": "1"}, "GITHUB_APP_IDD is not a setting: did you mean GITHUB_APP_ID?", id="typo"
        ),
        pytest.param({"PORT": "99999"}, "PORT cannot be used: give a number from 0 to 65535", id="port"),
        pytest.param({"GITHUB_API_URL": "github"}, "GITHUB_API_URL is not a web address: give", id="address"),
        pytest.param({"PUBLIC_URL": "ftp://h.example"}, "PUBLIC_URL is not a web address", id="other scheme"),
        pytest.param({"PUBLIC_URL": "https://"}, "PUBLIC_URL is not a web address", id="no host"),
        pytest.param({"PUBLIC_URL": "https://me:pw@h.example"}, "PUBLIC_URL has a user name", id="password in it"),
        pytest.param({"PUBLIC_URL": "https://me@h.example"}, "PUBLIC_URL has a user name", id="user in it"),
        pytest.param({"PUBLIC_URL": "https://h.example?"}, "PUBLIC_URL has a ? or #", id="query"),
        pytest.param({"PUBLIC_URL": "https://h.example/#a"}, "PUBLIC_URL has a ? or #", id="fragment"),
        pytest.param({"GITHUB_API_URL": "http://ghes.example/api/v3"}, "GITHUB_API_URL is plain http", id="plain http"),
        pytest.param({"LOG_FORMAT": "xml"}, "LOG_FORMAT cannot be used: give json for", id="log format"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(load_with, change: dict[str, str], sentence: str):
    said = refused(load_with, {**APP, **change})
    assert sentence in said
    assert "\n" not in said
    assert said.endswith((".", "?"))


def test_all_mistakes_are_said_at_once_a_line_each(load_with):
    env = {"GITHUB_WEBHOOK_SECRET": "short", "GITHUB_API_ULR": "x", "PORT": "http", "PUBLIC_URL": "handoff"}
    assert refused(load_with, env).splitlines() == [
        "5 things about the settings have to be mended:",
        "  GITHUB_API_ULR is not a setting: did you mean GITHUB_API_URL?",
        (
            "  GITHUB_APP_ID and GITHUB_PRIVATE_KEY are not set although other App credentials are:"
            " set them, or remove the others."
        ),
        (
            "  GITHUB_WEBHOOK_SECRET is shorter than 16 characters: make one with"
            " `python3 -c 'import secrets; print(secrets.token_hex(32))'` and set it in the App's webhook settings too."
        ),
        "  PUBLIC_URL is not a web address: give one that begins with https:// and a host.",
        "  PORT cannot be used: give a number from 0 to 65535, where 0 takes a free port.",
    ]


def test_a_wrong_key_in_a_file_is_the_files_fault(load_with, tmp_path: Path):
    file = tmp_path / "key.pem"
    file.write_text(WEAK_PEM, encoding="utf-8")
    env = {**APP, "GITHUB_PRIVATE_KEY": "", "GITHUB_PRIVATE_KEY_FILE": str(file)}
    assert refused(load_with, env).startswith("GITHUB_PRIVATE_KEY_FILE is an RSA key of 1024 bits")


def test_a_file_that_is_no_text_is_no_key(load_with, tmp_path: Path):
    file = tmp_path / "key.der"
    file.write_bytes(b"\xff\xfe\x00")
    env = {**APP, "GITHUB_PRIVATE_KEY": "", "GITHUB_PRIVATE_KEY_FILE": str(file)}
    assert "cannot be read (it is not text)" in refused(load_with, env)


@pytest.mark.parametrize("url", ["http://127.0.0.1:3000", "http://localhost:3000/api", "http://[::1]:3000"])
def test_plain_http_is_for_this_machine(load_with, url: str):
    assert load_with({"GITHUB_API_URL": url, "PUBLIC_URL": url}).github_api_url == url


def test_an_env_file_that_is_no_text_is_said(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_bytes(b"PORT=\xff\xfe\n")
    with pytest.raises(StartError, match=r"\.env cannot be read \(it is not UTF-8 text\)"):
        load({}, env_file=file)


def test_the_environment_wins_over_the_file_unless_it_is_empty(load_with):
    settings = load_with({"PORT": "9000", "LOG_LEVEL": ""}, "PORT=9001\nLOG_LEVEL=DEBUG\n")
    assert (settings.port, settings.log_level) == (9000, "debug")


def test_only_the_mapping_that_is_given_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", "9999")
    assert load({}, env_file=None).port == 8080
    assert load(env_file=None).port == 9999


def test_other_programs_variables_are_none_of_our_business(load_with):
    assert load_with({"GITHUB_ACTIONS": "true", "GITHUB_TOKEN": "x", "PATH": "/bin"})


def test_an_unknown_name_in_the_env_file_is_refused(load_with):
    said = refused(load_with, {}, "DATABASE_ULR=sqlite:///x\n")
    assert said == "DATABASE_ULR is not a setting: did you mean DATABASE_URL?"


def test_no_secret_is_printed(load_with):
    settings = load_with({**APP, "DATABASE_URL": "postgresql://me:hunter2@db/handoff"})
    printed = f"{settings!r} {settings}"
    assert SECRET not in printed
    assert "PRIVATE KEY" not in printed
    assert "hunter2" not in printed


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://hooks.slack.com/services/T0/B0/x1", "is plain http"),
        ("hooks.slack.com/services/T0/B0/x1", "is not a web address"),
        ("https://hooks.slack.com", "has no path: copy the whole address of the incoming webhook"),
        ("https://hooks.slack.com/", "has no path"),
        ("https://me:x1@hooks.slack.com/services", "has a user name or password in it"),
        ("https://hooks.slack.com/services?x1", "has a ? or # in it"),
    ],
)
def test_an_address_of_slack_that_takes_no_messages_is_named_and_not_shown(load_with, address, said):
    text = refused(load_with, {"SLACK_WEBHOOK_URL": address})
    assert text.startswith(f"SLACK_WEBHOOK_URL {said}")
    assert "x1" not in text


@pytest.mark.parametrize("host", ["hooks.slack.com", "hooks.slack-gov.com", "chat.example"])
def test_an_address_of_slack_is_a_secret(load_with, host):
    address = f"https://{host}/services/T0/B0/x1"
    settings = load_with({"SLACK_WEBHOOK_URL": address})
    assert settings.slack_webhook_url.get_secret_value() == address
    assert address in settings.secrets
    assert "x1" not in repr(settings)
