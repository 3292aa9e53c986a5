"""The manifest asks for what the code handles and writes, and for no more."""

from pathlib import Path

import pytest
import yaml

from ghapp.github.events import EVENTS
from ghapp.github.manifest import whys
from ghapp.github.read.installations import PERMISSIONS

FILE = Path(__file__).parents[2] / "app.yaml"
MANIFEST = yaml.safe_load(FILE.read_text(encoding="utf-8"))
UNASKED = {"installation", "installation_repositories"}  # every App hears them; to list them is an error


def test_the_events_are_those_that_name_subjects():
    assert set(MANIFEST["default_events"]) == set(EVENTS) - UNASKED


def test_the_permissions_are_those_that_an_installation_is_held_against():
    assert MANIFEST["default_permissions"] == PERMISSIONS


@pytest.mark.parametrize("part", ["default_permissions", "default_events"])
def test_each_permission_and_event_carries_its_why(part):
    text = FILE.read_text(encoding="utf-8").split(f"{part}:\n")[1].split("\n\n")[0]
    lines = [line for line in text.splitlines() if line.startswith("  ")]
    assert len(lines) == len(MANIFEST[part])
    assert [line for line in lines if " # " not in line] == []


@pytest.mark.parametrize("part", ["default_permissions", "default_events"])
def test_each_why_is_read_as_it_stands_in_the_file(part):
    text = FILE.read_text(encoding="utf-8")
    found = whys(part)
    assert list(found) == list(MANIFEST[part])
    assert [why for why in found.values() if f" # {why}\n" not in text] == []


def test_code_is_never_written():
    assert MANIFEST["default_permissions"]["contents"] == "read"
