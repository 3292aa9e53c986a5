"""Holds what we send to GitHub, and what our fake of it answers, against GitHub's own OpenAPI description.

The description is large and not ours, so it is not kept here: `GITHUB_CONTRACT` names the folder that has it, and a
checkout may have it beside it. Recorded deliveries are in its folder `webhooks`.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

BESIDE = Path(__file__).parents[2] / "shared" / "contract"  # GitHub's OpenAPI description, where a checkout has it
FOLDER = Path(os.environ.get("GITHUB_CONTRACT") or BESIDE)
DESCRIPTION = FOLDER / "openapi-subset.deref.json"
IS_DESCRIBED = DESCRIPTION.exists()
RECORDED = sorted((FOLDER / "webhooks").glob("*.json"))  # for each event its name, and the payloads in `examples`
UNCHECKED = "\n".join(
    f"{what} not found where GITHUB_CONTRACT says: {left_out}"
    for what, left_out, found in (
        (DESCRIPTION.name, "calls are not held against GitHub's description", IS_DESCRIBED),
        ("webhooks/*.json", "no recorded delivery is replayed", RECORDED),
    )
    if not found
)


def check(method: str, path: str, *, sent: bytes, status: int, answered: bytes) -> None:
    """Fail when a call or its answer is not what GitHub describes; without a description the run's summary says so."""
    if not IS_DESCRIBED:
        return
    template, operation = _operation(method, path)
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if sent:
        assert body is not None, f"{method} {template} takes no body"
        _fits(_validator(method, template, "sent"), json.loads(sent), f"{method} {template}: sent")
        _knows(body, json.loads(sent), f"{method} {template}: sent")
    validator = _validator(method, template, str(status))
    if validator is not None:
        _fits(validator, json.loads(answered), f"{method} {template}: answered {status}")


def _fits(validator: Draft202012Validator | None, value: Any, what: str) -> None:
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)] if validator else []
    assert not problems, f"{what}: {problems[:3]}"


def _knows(schema: dict[str, Any], value: Any, what: str) -> None:
    """GitHub ignores keys it does not know; a misspelt one would go unnoticed."""
    known = schema.get("properties")
    if isinstance(value, dict) and known:
        assert value.keys() <= known.keys(), f"{what}: unknown {value.keys() - known.keys()}"
        for key, below in value.items():
            _knows(known[key], below, f"{what}.{key}")


@cache
def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    return paths


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path))), path) for path in _paths())


def _operation(method: str, path: str) -> tuple[str, dict[str, Any]]:
    for pattern, template in _templates():
        if pattern.fullmatch(path) and method.lower() in _paths()[template]:
            return template, _paths()[template][method.lower()]
    raise AssertionError(f"GitHub's description has no {method} {path}")


@cache
def _validator(method: str, template: str, part: str) -> Draft202012Validator | None:
    operation = _paths()[template][method.lower()]
    holder = operation.get("requestBody", {}) if part == "sent" else operation["responses"].get(part, {})
    schema = holder.get("content", {}).get("application/json", {}).get("schema")
    return Draft202012Validator(_nullable(schema)) if schema else None


def _nullable(schema: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own."""
    if isinstance(schema, list):
        return [_nullable(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    converted = {
        key: _nullable(value) for key, value in schema.items() if key not in ("nullable", "example", "examples")
    }
    return {"anyOf": [converted, {"type": "null"}]} if schema.get("nullable") is True else converted
