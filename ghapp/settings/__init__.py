"""Secrets and addresses: read once from the environment, `.env` and what the set-up stored, and checked at once."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from ghapp.errors import StartError
from ghapp.settings import given, mistakes, stored
from ghapp.settings.model import Settings

__all__ = ["Settings", "load", "usable"]


def load(
    environ: Mapping[str, str] | None = None,
    *,
    env_file: Path | None = Path(".env"),
    kept: Mapping[str, str] | None = None,
) -> Settings:
    """Read and check the settings; the environment wins over the file, and both over what the set-up stored.

    `kept` stands in the place of what is stored, as the set-up would store it.

    Raises:
        StartError: a sentence for each setting that is wrong, with its name and the remedy.
    """
    settings, found = usable(environ, env_file=env_file, kept=kept)
    if found:
        raise StartError(mistakes.together(found))
    return settings


def usable(
    environ: Mapping[str, str] | None = None,
    *,
    env_file: Path | None = Path(".env"),
    kept: Mapping[str, str] | None = None,
) -> tuple[Settings, tuple[str, ...]]:
    """The settings as far as they can be used, and a sentence for each that is wrong, which is left out.

    Raises:
        StartError: nothing can be read.
    """
    values = given.values(os.environ if environ is None else environ, env_file)
    found = list(mistakes.unknown(values))
    values = {**(stored.beneath(values) if kept is None else stored.fitting(kept, values)), **values}
    found += mistakes.half_an_app(values)
    try:
        of_file = given.key_of_file(values)
    except StartError as error:
        found.append(str(error))
        of_file = {}
    known = given.known({**values, **of_file})
    try:
        settings = Settings.model_validate(known)
    except ValidationError as error:
        found += mistakes.explained(error, key_is_from_file=bool(of_file))
        wrong = {problem["loc"][0] for problem in error.errors(include_input=False, include_url=False)}
        settings = Settings.model_validate({name: value for name, value in known.items() if name not in wrong})
    return settings, tuple(found)
