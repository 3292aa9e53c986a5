"""What was given: the environment over the file, and the key out of its file."""

from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource

from ghapp.errors import StartError
from ghapp.settings.model import Settings

Values = dict[str, str]  # by name, as the fields of `Settings` are written
KEY = "github_private_key"
KEY_FILE = "github_private_key_file"

# Other programs' variables, GITHUB_ACTIONS and GITHUB_TOKEN among them, stay theirs.
OURS = ("github_app_", "github_client_", "github_private_", "github_webhook_", "github_api_", "github_web_", "slack_")


def values(environ: Mapping[str, str], env_file: Path | None) -> Values:
    """Everything that was set for us and is not empty, what we do not know included.

    Raises:
        StartError: the file cannot be read.
    """
    named = {name.lower(): value for name, value in environ.items()}
    ours = {name: value for name, value in named.items() if name in Settings.model_fields or name.startswith(OURS)}
    both = {**of_file(env_file), **{name: value for name, value in ours.items() if value}}
    return {name: value.strip() for name, value in both.items()}


def known(values: Values) -> Values:
    """Those that are settings."""
    return {name: value for name, value in values.items() if name in Settings.model_fields}


def key_of_file(values: Values) -> Values:
    """The private key out of the file that is named in its place; nothing where there is none.

    Raises:
        StartError: the file cannot be read.
    """
    if KEY_FILE not in values or KEY in values:
        return {}
    file = Path(values[KEY_FILE])
    try:
        return {KEY: file.read_text(encoding="utf-8")}
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not text"
        raise StartError(
            f"GITHUB_PRIVATE_KEY_FILE {file} cannot be read ({cause}): give the path of the PEM file from GitHub."
        ) from None


def of_file(env_file: Path | None) -> Values:
    """What a file of settings says; nothing where there is none.

    Raises:
        StartError: it cannot be read.
    """
    try:
        read = DotEnvSettingsSource(Settings, env_file=env_file, env_file_encoding="utf-8", env_ignore_empty=True)()
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise StartError(f"{env_file} cannot be read ({cause}): mend the file, or remove it.") from None
    return {name: value for name, value in read.items() if value}
