from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from config import schema
from config.load import load
from config.policy import DEFAULTS

VALIDATOR = Draft202012Validator(schema.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

GOOD = {
    "nothing set": "{}",
    "language": "language: de",
    "a threshold": "readiness: {threshold: 0}",
    "labels": "readiness: {applies-to: {labels: [a], assigned: false}}",
    "a day": "readiness: {since: '2026-11-22'}",
    "a mode": "rationale: {criteria: {acceptance-trace: {mode: 'off'}}}",
}
BAD = {
    "a list": "[]",
    "an unknown key": "treshold: 5",
    "an underscore": "readiness: {applies_to: {}}",
    "out of range": "readiness: {threshold: 101}",
    "a share": "readiness: {threshold: 0.5}",
    "a number in quotes": "readiness: {threshold: '70'}",
    "an unknown mode": "readiness: {criteria: {size: {mode: loud}}}",
    "a text for a list": "rationale: {exempt: {paths: docs}}",
    "an empty name": "rationale: {exempt: {paths: ['']}}",
    "a long language": "language: english",
    "no day": "readiness: {since: '2026-13-01'}",
}


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(schema.schema())


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_file_that_the_loader_takes_is_valid(text):
    assert not load(text).mistakes
    assert VALIDATOR.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_file_that_the_loader_refuses_is_not_valid(text):
    assert load(text).mistakes
    assert not VALIDATOR.is_valid(yaml.safe_load(text))


def test_the_defaults_are_valid():
    assert VALIDATOR.is_valid(DEFAULTS.model_dump(mode="json", by_alias=True))


def test_keys_are_as_they_are_written():
    assert "edge-cases" in schema.keys(schema.at(("readiness", "criteria")))


@pytest.mark.parametrize(
    "path",
    [(), ("readiness", "criteria", "size", "mode"), ("readiness", "since"), ("rationale", "exempt", "paths", 0)],
    ids=str,
)
def test_a_path_that_a_file_may_have_has_its_words(path):
    assert schema.allowed(schema.at(path))


@pytest.mark.parametrize("path", [("x",), ("readiness", 0), ("language", "x"), ("readiness", "since", 0)], ids=str)
def test_a_path_that_no_file_may_have_has_none(path):
    assert schema.at(path) is None


@pytest.mark.parametrize("path", list(schema.paths()), ids=".".join)
def test_every_key_says_what_it_means_and_has_a_default(path):
    node = schema.at(path)

    assert node["description"].endswith((".", "?"))
    assert "default" in node


def test_the_file_for_editors_is_fresh():
    text = Path("config/policy.schema.json").read_text(encoding="utf-8")

    assert text == schema.as_text()
