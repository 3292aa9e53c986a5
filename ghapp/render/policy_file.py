"""A policy file to begin with: every key with its default and its meaning, commented out, since the defaults hold."""

import json
from collections.abc import Iterator

from config import schema
from config.load import PATH
from config.locks import LOCK
from ghapp.render.new_file import File

_WHAT = "what is asked, all of it at its default"
_HEAD = f"""\
# What Handoff asks in this repository. Each key below stands at its default and is commented out: take away the "# "
# before a key, and before the sections it is in, to change it. What the organization has set holds as long as nothing
# else stands here. `ghapp policy validate {PATH}` says what is wrong with this file.

"""


def policy_file(address: str) -> File:
    """The file; an editor finds the policy's JSON Schema at `address`, or is told of none where that is empty.

    https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
    """
    first = f"# yaml-language-server: $schema={address}\n" if address else ""
    keys = "".join(f"# {line}\n" for line in _keys())
    return File(PATH, f"{first}{_HEAD}{keys}", _WHAT)


def _keys(path: tuple[str, ...] = ()) -> Iterator[str]:
    indent = "  " * len(path)
    known = schema.keys(schema.at(path) or {})
    for key in (key for key in known if key != LOCK):  # that one is for the owner's file
        node = schema.at((*path, key)) or {}
        meaning = f"  # {node['description']}"
        if node["type"] != "object":
            yield f"{indent}{key}:{_value(node['default'])}{meaning}"
        elif path[1:] == ("criteria",):
            yield f"{indent}{key}: {{{_counts(node['default'])}}}{meaning}"
        else:
            yield f"{indent}{key}:{meaning}"
            yield from _keys((*path, key))


def _value(default: object) -> str:
    """A default as YAML, which takes JSON as it is; nothing where it is left out."""
    return "" if default is None else f" {json.dumps(default, ensure_ascii=False)}"


def _counts(default: dict[str, object]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in default.items())
