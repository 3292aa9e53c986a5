"""What an operator can set."""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ghapp.settings.address import address, webhook
from ghapp.settings.secrets import private_key, webhook_secrets

Address = Annotated[str, BeforeValidator(address)]
PrivateKey = Annotated[SecretStr, BeforeValidator(private_key)]
SlackAddress = Annotated[SecretStr, BeforeValidator(webhook)]
WebhookSecrets = Annotated[SecretStr, BeforeValidator(webhook_secrets)]
InAnyCase = BeforeValidator(str.lower)
PASSWORDS = re.compile(r"(?<=:)[^:@/?]+(?=@)|(?<=password=)[^&]+")  # of a database's address
UNUSED = "accepted, and not used by this version"


class Settings(BaseSettings):
    """What the operator sets; names in the environment are the same in capitals.

    A description says what to give, so that a mistake can be answered with it.
    """

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, validate_default=False)

    github_app_id: int | None = Field(None, gt=0, description="the App's numeric id, from its settings page")
    github_client_id: str = Field("", description="the App's client id; it signs in as the App where it is set")
    github_client_secret: SecretStr = Field(SecretStr(""), description=UNUSED)
    github_private_key: PrivateKey = Field(
        SecretStr(""), description="the App's private key (PEM), on one line with \\n for the ends of its lines"
    )
    github_private_key_file: Path | None = Field(
        None, description="the path of a file with the private key, in the place of the key itself"
    )
    github_webhook_secret: WebhookSecrets = Field(
        SecretStr(""),
        description="the webhook's secret, 16 characters or more, such as `openssl rand -hex 32` makes;"
        " two, comma-separated, while rotating",
    )
    github_api_url: Address = Field(
        "https://api.github.com",
        description="GitHub's REST address: https://HOST/api/v3 for an Enterprise Server,"
        " https://api.NAME.ghe.com for GHE.com",
    )
    github_web_url: Address = Field(
        "https://github.com",
        description="GitHub's address for people, where links to its editor lead:"
        " https://HOST for an Enterprise Server, https://NAME.ghe.com for GHE.com",
    )
    database_url: SecretStr = Field(
        SecretStr("sqlite:///data/handoff.db"),
        description="sqlite:///PATH, with one more / for a path from the root, or postgresql://USER:PASSWORD@HOST/NAME",
    )
    public_url: Address = Field(
        "",
        description="where people and GitHub reach this server, such as https://handoff.example; comments link to its"
        " pages, and the webhook's address is this with /webhook behind it",
    )
    host: str = Field(
        "127.0.0.1", description="the address to listen on: 127.0.0.1 beside a TLS proxy, 0.0.0.0 in a container"
    )
    port: int = Field(8080, ge=0, le=65535, description="a number from 0 to 65535, where 0 takes a free port")
    log_level: Annotated[Literal["debug", "info", "warning", "error"], InAnyCase] = Field(
        "info", description="debug, info, warning or error; with debug every call to GitHub is a line of the log"
    )
    log_format: Annotated[Literal["json", "text"], InAnyCase] = Field(
        "text", description="json for machines or text for people"
    )
    slack_webhook_url: SlackAddress = Field(
        SecretStr(""),
        description="the address of an incoming webhook of Slack such as https://hooks.slack.com/services/...,"
        " which is a secret",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' own signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` gathered counts: a look of pydantic-settings' own would go past the mapping given to it."""
        return (init_settings,)

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets in force; more than one only while rotating."""
        return tuple(part.strip() for part in self.github_webhook_secret.get_secret_value().split(",") if part.strip())

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret that was set, as it may stand in a message: a database's password in both spellings."""
        hidden = {name: value.get_secret_value() for name, value in self if isinstance(value, SecretStr)}
        passwords = PASSWORDS.findall(hidden.pop("database_url"))  # the rest of the address may be read
        return (*hidden.values(), *self.webhook_secrets, *passwords, *map(unquote, passwords))

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

    @property
    def webhook(self) -> str:
        """The address to be entered at GitHub as the App's webhook; empty where people cannot reach this server."""
        return f"{self.public_url}/webhook" if self.public_url else ""
