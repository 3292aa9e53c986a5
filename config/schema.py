"""The policy's JSON Schema: made from the models, read by editors, by the manual and by the loader."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from config.policy import Policy

Node = Mapping[str, Any]  # a JSON Schema, as pydantic writes it: its values are any JSON

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes from names: an editor would show them in place of the key."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic passes it by name
        """Never."""
        return False


def schema() -> dict[str, Any]:
    """The policy as JSON Schema, with keys as they are written in the file, their meaning and their defaults."""
    return {
        "$schema": DIALECT,
        **Policy.model_json_schema(schema_generator=_Untitled),
        "title": "Handoff policy",
    }


def as_text() -> str:
    """The schema as it stands in `config/policy.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def at(path: Sequence[str | int]) -> Node | None:
    """The part of the schema that a path of the file answers to; None for a path that no file may have."""
    node = _all()
    for step in path:
        below = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
        if below is None:
            return None
        node = _whole(below)
    return node


def paths(path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key that a file may hold, sections before what is in them."""
    for key in keys(at(path) or {}):
        yield (*path, key)
        yield from paths((*path, key))


def keys(node: Node) -> tuple[str, ...]:
    """The keys that a section may hold."""
    return tuple(node.get("properties", ()))


def allowed(node: Node) -> str:
    """What a schema allows, in words that complete "allowed is ..."."""
    node = _whole(node)
    if choices := node.get("enum"):
        return one_of(choices)
    match node["type"]:
        case "object":
            return "a section of " + one_of(keys(node))
        case "array":
            return f"a list of at most {node['maxItems']}, each {allowed(node['items'])}"
        case "boolean":
            return "`true` or `false`"
        case "integer":
            top = f" to {node['maximum']}" if "maximum" in node else " upwards"
            return f"a whole number from {node['minimum']}{top}"
        case _:
            return _text(node)


def one_of(words: Sequence[str]) -> str:
    """Words as a choice between them."""
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _text(node: Node) -> str:
    if node.get("format") == "date":
        return "a day such as " + one_of(node["examples"])
    if "examples" in node:
        return "text such as " + one_of(node["examples"])
    return f"text of {node['minLength']} to {node['maxLength']} characters"


def _whole(node: Node) -> Node:
    """A schema with what it refers to, and without the null that stands for a value left out."""
    if reference := node.get("$ref"):
        return {**_all()["$defs"][reference.rpartition("/")[2]], **node}
    if choices := node.get("anyOf"):
        return {**next(choice for choice in choices if choice["type"] != "null"), **node}
    return node


@cache
def _all() -> Node:
    """The schema, made when it is first asked for: judging under the defaults needs none."""
    return schema()
