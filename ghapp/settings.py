"""Secrets and addresses: read once from the environment and `.env`, checked before anything starts."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ghapp.errors import StartError

SECRET_LENGTH = 16  # an empty or guessable secret lets anyone forge deliveries
OURS = ("GITHUB_APP_", "GITHUB_CLIENT_", "GITHUB_PRIVATE_", "GITHUB_WEBHOOK_", "GITHUB_API_", "GITHUB_WEB_", "SLACK_")

_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)


def _address(value: object) -> object:
    if isinstance(value, str) and value:
        _URL.validate_python(value)
        return value.rstrip("/")
    return value


def _pem(value: object) -> object:
    """Undo the literal backslash-n that one-line environment variables carry."""
    return value.replace("\\n", "\n") if isinstance(value, str) else value


Address = Annotated[str, BeforeValidator(_address)]
Pem = Annotated[SecretStr, BeforeValidator(_pem)]


class Settings(BaseSettings):
    """What the operator sets; names in the environment are the same in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    github_app_id: int | None = Field(None, gt=0, description="The App's numeric id, from its settings page.")
    github_client_id: str = Field("", description="The App's client id; used to sign in as the App where it is set.")
    github_client_secret: SecretStr = Field(
        SecretStr(""), description="The App's client secret; kept for the login of the report pages to come."
    )
    github_private_key: Pem = Field(SecretStr(""), description="The App's private key (PEM); literal \\n is allowed.")
    github_private_key_file: Path | None = Field(None, description="A file with the private key, instead of the key.")
    github_webhook_secret: SecretStr = Field(
        SecretStr(""), description="The webhook's secret, 16 characters or more; two, comma-separated, while rotating."
    )
    github_api_url: Address = Field(
        "https://api.github.com", description="GitHub's REST address; on GHES https://HOST/api/v3."
    )
    github_web_url: Address = Field("https://github.com", description="GitHub's web address; on GHES https://HOST.")
    database_url: SecretStr = Field(
        SecretStr("sqlite:///data/handoff.db"), description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
    )
    public_url: Address = Field("", description="Where people reach this server; comments link to its pages.")
    host: str = Field("127.0.0.1", description="Address to listen on; without App credentials always loopback.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    log_format: Literal["json", "text"] = Field("text", description="json for machines, text for people.")
    slack_webhook_url: SecretStr = Field(SecretStr(""), description="Slack's incoming webhook, for the digest to come.")

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets in force; more than one only while rotating."""
        return tuple(part.strip() for part in self.github_webhook_secret.get_secret_value().split(",") if part.strip())

    @property
    def has_app(self) -> bool:
        """Whether the App's credentials are there; `load` has seen to it that they are complete."""
        return self.github_app_id is not None

    @property
    def issuer(self) -> str:
        """Who signs in as the App: GitHub recommends the client id, old servers know the App id only."""
        return self.github_client_id or str(self.github_app_id)

    @property
    def manual(self) -> str:
        """The address below which each criterion has its page; empty where people cannot reach this server."""
        return f"{self.public_url}/criteria" if self.public_url else ""


def load(environ: Mapping[str, str] | None = None, *, env_file: Path | None = Path(".env")) -> Settings:
    """Read and check the settings.

    Raises:
        StartError: one sentence that names the first setting that is wrong, and the remedy.
    """
    _refuse_unknown(os.environ if environ is None else environ)
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        raise StartError(_explain(error)) from None
    return _check_app(settings)


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """Catch a misspelt name before it silently means nothing; other programs' GITHUB_ variables stay theirs."""
    known = [name.upper() for name in Settings.model_fields]
    for name in environ:
        if name.upper().startswith(OURS) and name.upper() not in known:
            raise StartError(_unknown(name, known))


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name.upper(), known, n=1)
    remedy = f"did you mean {near[0]}?" if near else "remove it; .env.example lists every setting."
    return f"{name.upper()} is not a setting: {remedy}"


def _explain(error: ValidationError) -> str:
    first: dict[str, Any] = dict(error.errors(include_input=False, include_url=False)[0])
    name = str(first["loc"][0]).upper()
    if first["type"] == "extra_forbidden":
        return _unknown(name, [field.upper() for field in Settings.model_fields])
    field = Settings.model_fields[name.lower()]
    return f"{name} cannot be used ({first['msg']}); it is to be: {field.description}"


def _check_app(settings: Settings) -> Settings:
    settings = _with_key_file(settings)
    wanted = {
        "GITHUB_APP_ID": settings.has_app,
        "GITHUB_PRIVATE_KEY": bool(settings.github_private_key.get_secret_value()),
        "GITHUB_WEBHOOK_SECRET": bool(settings.webhook_secrets),
    }
    missing = [name for name, given in wanted.items() if not given]
    if len(missing) == len(wanted):
        return settings
    if missing:
        raise StartError(f"{missing[0]} is not set although other App credentials are: set it, or remove the others.")
    if any(len(secret) < SECRET_LENGTH for secret in settings.webhook_secrets):
        raise StartError(
            f"GITHUB_WEBHOOK_SECRET is shorter than {SECRET_LENGTH} characters: make one with"
            " `python3 -c 'import secrets; print(secrets.token_hex(32))'` and set it in the App's webhook settings too."
        )
    _check_key(settings.github_private_key.get_secret_value())
    return settings


def _with_key_file(settings: Settings) -> Settings:
    file = settings.github_private_key_file
    if file is None:
        return settings
    if settings.github_private_key.get_secret_value():
        raise StartError("GITHUB_PRIVATE_KEY and GITHUB_PRIVATE_KEY_FILE are both set: keep one of them.")
    try:
        key = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not text"
        raise StartError(
            f"GITHUB_PRIVATE_KEY_FILE {file} cannot be read ({cause}): give the path of the PEM file from GitHub."
        ) from None
    return settings.model_copy(update={"github_private_key": SecretStr(key)})


def _check_key(pem: str) -> None:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise StartError(
            "GITHUB_PRIVATE_KEY is not an unencrypted RSA key in PEM form:"
            " generate one on the App's settings page and give its whole text, BEGIN and END lines included."
        )
