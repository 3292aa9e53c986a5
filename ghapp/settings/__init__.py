"""Secrets and addresses: read once from the environment and `.env`, checked before anything starts."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from ghapp.errors import StartError
from ghapp.settings import given, mistakes
from ghapp.settings.model import Settings

__all__ = ["Settings", "load"]


def load(environ: Mapping[str, str] | None = None, *, env_file: Path | None = Path(".env")) -> Settings:
    """Read and check the settings; the environment wins over the file.

    Raises:
        StartError: a sentence for each setting that is wrong, with its name and the remedy.
    """
    values = given.values(os.environ if environ is None else environ, env_file)
    found = [*mistakes.unknown(values), *mistakes.half_an_app(values)]
    try:
        of_file = given.key_of_file(values)
    except StartError as error:
        found.append(str(error))
        of_file = {}
    try:
        settings = Settings.model_validate(given.known({**values, **of_file}))
    except ValidationError as error:
        found += mistakes.explained(error, key_is_from_file=bool(of_file))
    if found:
        raise StartError(mistakes.together(found))
    return settings
