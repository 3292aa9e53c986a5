"""What the loader takes, an editor's schema takes, and the other way round, whatever stands in the file.

A file is tried as JSON, which is YAML as well and means the same to both. What no schema can say stands in
`config.schema.schema`: labels that clash, days and zones that do not exist, values that are
locked, `lock` in a repository's own file.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from config import schema
from config.load import load
from config.locks import Key
from config.origin import Source

VALIDATOR = Draft202012Validator(schema.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
PATHS = list(schema.paths())
CLASHES = ("a name that is not in", "a time zone such as", "a country with", "a day that there is")

LETTERS = st.characters(exclude_categories=("Cs",))  # half a character cannot be in a file
ODD = st.sampled_from([
    "", "on", "Off", "NO", "yes", "oN", "true", "null", "~", "required", "off", "OFF", "silent", "on-failure", "en",
    "EN", "eng", "2026-11-22", "2026-02-30", "20261122", "2026-11-22T00:00:00", "2026-W47-7", "readiness",
    "readiness.threshold", "lock", "x" * 50, "x" * 51, "x" * 200, "x" * 201,
])  # fmt: skip
NUMBERS = st.sampled_from([0, 1, 70, 100, 101, -1, 0.5, 70.0, -0.0, 1.5e300, 10**6, 10**6 + 1, 10**17, 10**30])
SCALARS = st.none() | st.booleans() | NUMBERS | st.integers() | ODD | st.text(LETTERS, max_size=5)
ANYTHING = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(ODD | st.text(LETTERS, max_size=3), below, max_size=2),
    max_leaves=4,
)


def right(path: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Values that are probably right at a path."""
    node = schema.at(path)
    assert node
    if path == ("lock",):
        return st.lists(st.sampled_from([key.value for key in Key]), max_size=4)
    choices: dict[str, st.SearchStrategy[Any]] = {
        "array": st.lists(st.sampled_from(["a", "b", "release/**"]), max_size=3) | st.just(["x"] * 201),
        "boolean": st.booleans() | st.sampled_from(list(schema.SWITCHES)),
        "integer": st.integers(0, 100),
        "object": st.just({}) | st.none(),
    }
    if "enum" in node:
        return st.sampled_from(node["enum"])
    return choices.get(node["type"], st.sampled_from(["en", "de", "2026-11-22", "a label"]))


@st.composite
def files(draw: st.DrawFn) -> Any:
    """A file of some keys that exist, or nearly, most values right."""
    made: Any = {}
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=5)):
        section = made
        for key in path[:-1]:
            section = section.setdefault(key, {}) if isinstance(section, dict) else {}
        if isinstance(section, dict):
            key = path[-1] if draw(st.integers(0, 9)) else draw(ODD)
            section[key] = draw(right(path) if draw(st.integers(0, 4)) else ANYTHING)
    return made


def agree(made: Any) -> bool:
    """Whether loader and schema say the same of a file."""
    mistakes = load(json.dumps(made), source=Source.OWNER).mistakes
    if mistakes and all(mistake.allowed.startswith(CLASHES) for mistake in mistakes):
        return VALIDATOR.is_valid(made)
    return bool(mistakes) is not VALIDATOR.is_valid(made)


@given(files() | ANYTHING)
def test_loader_and_schema_agree_on_any_file(made):
    assert agree(made)


def nested(path: tuple[str, ...], value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_they_agree_on_every_key_with_every_kind_of_value(path):
    values = [
        None, True, False, 0, 1, -1, 70.0, 0.5, 101, 10**6 + 1, 10**30, "", "x", "on", "Off", "oN", "off", "OFF",
        "required", "silent", "en", "EN", "2026-11-22", "2026-11-22T00:00:00", "x" * 51, "x" * 201, [], ["x"], [""],
        [1], ["x"] * 201, ["readiness"], {}, {"x": 1},
    ]  # fmt: skip
    assert [value for value in values if not agree(nested(path, value))] == []


@given(files())
def test_what_a_repository_may_write_differs_by_lock_alone(made):
    as_owners = load(json.dumps(made), source=Source.OWNER).mistakes
    as_its_own = load(json.dumps(made)).mistakes
    has_lock = isinstance(made, dict) and "lock" in made

    assert bool(as_its_own) is (bool(as_owners) or has_lock)
