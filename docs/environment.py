"""The page on the environment, and `.env.example`: made of what each setting says of itself in its model."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from ghapp.settings import Settings
from ghapp.settings.model import UNUSED

WIDE = 116  # columns of a comment
LATER = "Known, and not used by this version"
PARTS = {  # by the setting that each begins with, in the order of the model
    "github_app_id": "The App's credentials: all three, or none",
    "github_api_url": "Where things are",
    "log_level": "The log",
    "slack_webhook_url": "Where digests go as well",
}

_DOCKERFILE = Path(__file__).parent.parent / "Dockerfile"
_BAKED = re.compile(r"^(?:ENV)?\s+([A-Z_]+)=(\S+)", re.MULTILINE)
_LITERAL = re.compile(r"\b[a-z]+://[^\s,;]+|\\n|(?<= )/webhook")

_PAGE_HEAD = """\
<!-- Written by `make docs` from `ghapp/settings/model.py`; edit that. -->

# The environment

Settings come from the environment. What is not there is looked for in the file `.env` of the folder where Handoff is
started, and then in `app.env`, which the set-up page keeps beside an SQLite database. Every setting has a default;
without the App's credentials the server starts with the set-up page and the playground.

A wrong setting is named at the start with its remedy, all of them at once. [`.env.example`](../.env.example) has all
of them to copy. Addresses begin with `https://`; plain http is for this machine only.

"""

_PAGE_TAIL = """
The image brings the values of its column: it listens to the port that is published, and keeps all it has in one volume.

`deploy/compose.postgres.yaml` reads two more names for itself: `HANDOFF_HOST`, the host's name such as
`handoff.example`, and `POSTGRES_PASSWORD`, of letters and digits.
"""

_FILE_HEAD = """\
# Handoff's settings. Written by `make docs` from ghapp/settings/model.py; docs/environment.md has them as a table.
# Copy this file to `.env`, or set the same names in the environment, which wins. Everything has a default but the
# App's credentials; without them Handoff serves the set-up page and the playground.
# Never commit `.env`. Write values without quotes: Docker's --env-file would take the quotes for a part of them.
# Addresses begin with https://; plain http is for this machine only.
"""


def environment() -> str:
    """The page."""
    return "".join((_PAGE_HEAD, *(f"{line}\n" for line in _table()), _PAGE_TAIL))


def example() -> str:
    """The file to copy."""
    return "\n".join((_FILE_HEAD, *_lines()))


def parts() -> dict[str, list[str]]:
    """The names of the settings below the headings of their parts."""
    found: dict[str, list[str]] = {}
    part = ""
    for name, field in Settings.model_fields.items():
        part = PARTS.get(name, part)
        found.setdefault(LATER if field.description == UNUSED else part, []).append(name)
    return {part: found[part] for part in (*PARTS.values(), LATER) if part in found}


def _table() -> Iterator[str]:
    baked = dict(_BAKED.findall(_DOCKERFILE.read_text(encoding="utf-8")))
    yield "| setting | what to give | default | in the image |"
    yield "| --- | --- | --- | --- |"
    for name in (name for names in parts().values() for name in names):
        field = Settings.model_fields[name]
        said = _LITERAL.sub(r"`\g<0>`", field.description or "")
        yield f"| `{name.upper()}` | {said} | {_code(_default(field))} | {_code(baked.get(name.upper(), ''))} |"


def _code(value: str) -> str:
    return f"`{value}`" if value else ""


def _lines() -> Iterator[str]:
    for part, names in parts().items():
        yield f"# --- {part} ".ljust(WIDE, "-")
        yield ""
        for name in names:
            field = Settings.model_fields[name]
            if part != LATER:
                said = wrap(field.description or "", WIDE - 2, break_long_words=False, break_on_hyphens=False)
                yield from (f"# {line}" for line in said)
            yield f"#{name.upper()}={_default(field)}"
            yield ""


def _default(field: FieldInfo) -> str:
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return "" if value is None else str(value)
