"""The App's credentials as the set-up keeps them: one file beside the database, below the environment and `.env`."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ghapp.settings import given
from ghapp.settings.given import KEY, KEY_FILE, Values
from ghapp.settings.model import Settings

NAME = "app.env"
BEFORE = "app.env.before"  # what a set-up replaced, for whoever changes their mind
NAMES = (
    "github_app_id",
    "github_client_id",
    "github_client_secret",
    KEY,
    "github_webhook_secret",
    "github_api_url",
    "github_web_url",
    "public_url",
)
_SQLITE = "sqlite:///"


def place(url: str) -> Path | None:
    """Where the file belongs: beside an SQLite database; nowhere with PostgreSQL, whose processes share no disk."""
    path = url.removeprefix(_SQLITE).partition("?")[0]
    return Path(path).with_name(NAME) if url.startswith(_SQLITE) and path else None


def beneath(values: Mapping[str, str]) -> Values:
    """What the file adds to all else that was given; nothing where that names an App, which need not be the same one.

    Raises:
        StartError: the file cannot be read.
    """
    usual: str = Settings.model_fields["database_url"].default.get_secret_value()
    file = place(values.get("database_url", usual))
    return {} if file is None else fitting(given.of_file(file), values)


def fitting(kept: Mapping[str, str], values: Mapping[str, str]) -> Values:
    """The part of what was kept that counts beside what was given."""
    if "github_app_id" in values:
        return {}
    return {name: kept[name] for name in NAMES if name in kept and not (name == KEY and KEY_FILE in values)}


def text(values: Mapping[str, str]) -> str:
    """The file, and what is shown to be copied into an `.env`: a setting a line, the key on one of its own.

    Values stand without quotes, since Docker's `--env-file` would take these for a part of them.
    """
    lines = {name: values[name].strip().replace("\r", "").replace("\n", "\\n") for name in NAMES if name in values}
    return "".join(f"{name.upper()}={value}\n" for name, value in lines.items())


def keep(file: Path, values: Mapping[str, str], *, replaces: bool = False) -> None:
    """Write the file whole or not at all, for its owner only; one that is there is left alone unless it `replaces`.

    Raises:
        FileExistsError: it is there already.
        OSError: it cannot be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{NAME}.")  # made with mode 0600
    new = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as written:
            written.write(text(values))
            written.flush()
            os.fsync(number)
        if replaces:
            with suppress(FileNotFoundError):
                file.replace(file.with_name(BEFORE))
        file.hardlink_to(new)  # unlike a renaming, it fails where a file is
    finally:
        new.unlink()
    _fsync(file.parent)


def _fsync(folder: Path) -> None:
    """Have the new name on the disk as well."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
