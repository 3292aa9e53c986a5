"""The App manifest, `app.yaml`: what our App asks for. It lies at the root of a checkout, and in the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

NAME = "app.yaml"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The permissions with their levels, and the events, that an App of ours has."""

    permissions: Mapping[str, str]
    events: frozenset[str]


@cache
def manifest() -> Mapping[str, Any]:
    """The manifest as GitHub takes it, without addresses; in a checkout the file that people edit."""
    read: Mapping[str, Any] = yaml.safe_load(_text())
    return read


def asked() -> Asked:
    """What the manifest asks for."""
    read = manifest()
    return Asked(permissions=read["default_permissions"], events=frozenset(read["default_events"]))


def whys(part: str) -> Mapping[str, str]:
    """Each permission or event (`default_permissions`, `default_events`) with the comment that stands behind it."""
    lines = _text().splitlines()
    root = yaml.compose(_text(), Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    (listed,) = (value for key, value in root.value if key.value == part)
    pairs = listed.value if isinstance(listed, yaml.MappingNode) else [(each, each) for each in listed.value]
    return {name.value: lines[last.end_mark.line].partition(" # ")[2].strip() for name, last in pairs}


def _text() -> str:
    edited = _ROOT / NAME
    packed = files("ghapp") / NAME
    return packed.read_text(encoding="utf-8") if packed.is_file() else edited.read_text(encoding="utf-8")
