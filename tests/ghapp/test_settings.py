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
OTHER_PEM = _pem(ec.generate_private_key(ec.SECP256R1()))
APP = {"GITHUB_APP_ID": "12", "GITHUB_PRIVATE_KEY": PEM, "GITHUB_WEBHOOK_SECRET": SECRET}


@pytest.fixture
def load_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Load settings from a made-up environment and nothing else."""

    def load_them(env: dict[str, str], dotenv: str = "") -> Settings:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        file = tmp_path / ".env"
        file.write_text(dotenv, encoding="utf-8")
        return load(env, env_file=file)

    return load_them


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
        pytest.param({"GITHUB_PRIVATE_KEY": ""}, "GITHUB_PRIVATE_KEY is not set although", id="no key"),
        pytest.param({"GITHUB_PRIVATE_KEY_FILE": "/nowhere"}, "are both set: keep one", id="two keys"),
        pytest.param(
            {"GITHUB_PRIVATE_KEY": "", "GITHUB_PRIVATE_KEY_FILE": "/nowhere"},
            "GITHUB_PRIVATE_KEY_FILE /nowhere cannot be read (No such file or directory)",
            id="no key file",
        ),
        pytest.param({"GITHUB_APP_ID": "mine"}, "GITHUB_APP_ID cannot be used", id="an id of letters"),
        pytest.param({"GITHUB_APP_ID": ""}, "GITHUB_APP_ID is not set although", id="no id"),
        pytest.param(
            {"GITHUB_APP_IDD": "1"}, "GITHUB_APP_IDD is not a setting: did you mean GITHUB_APP_ID?", id="typo"
        ),
        pytest.param({"PORT": "99999"}, "PORT cannot be used", id="port"),
        pytest.param({"GITHUB_API_URL": "github"}, "GITHUB_API_URL cannot be used", id="address"),
        pytest.param({"LOG_FORMAT": "xml"}, "LOG_FORMAT cannot be used", id="log format"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(load_with, change: dict[str, str], sentence: str):
    with pytest.raises(StartError) as caught:
        load_with({**APP, **change})
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_programs_variables_are_none_of_our_business(load_with):
    assert load_with({"GITHUB_ACTIONS": "true", "GITHUB_TOKEN": "x", "PATH": "/bin"})


def test_an_unknown_name_in_the_env_file_is_refused(load_with):
    with pytest.raises(StartError, match="DATABASE_ULR is not a setting: did you mean DATABASE_URL"):
        load_with({}, "DATABASE_ULR=sqlite:///x\n")


def test_no_secret_is_printed(load_with):
    settings = load_with({**APP, "DATABASE_URL": "postgresql://me:hunter2@db/handoff"})
    printed = f"{settings!r} {settings}"
    assert SECRET not in printed
    assert "PRIVATE KEY" not in printed
    assert "hunter2" not in printed
