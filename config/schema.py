"""The policy's JSON Schema: made from the models, read by editors, by the manual and by the loader."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from config.locks import Locks
from config.policy import Policy

Json: TypeAlias = Any
Node = Mapping[str, Json]  # a JSON Schema, as pydantic writes it

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MANY = 12  # choices that are not all named in a sentence


def spellings(word: str) -> tuple[str, str, str]:
    """A word of YAML's as YAML spells it."""
    return word, word.capitalize(), word.upper()


# Truth values in YAML 1.1 and in people's minds; in YAML 1.2, as editors read it, they are words.
SWITCHES = {
    spelt: value
    for word, value in (("on", True), ("off", False), ("yes", True), ("no", False))
    for spelt in spellings(word)
}


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes from names: an editor would show them in place of the key."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic passes it by name
        """Never."""
        return False


def schema() -> dict[str, Any]:
    """The policy as JSON Schema for editors: what the loader takes, it takes, but for what no schema can say.

    That is: two labels that clash, a day, a time zone or a country that does not exist, a value that is locked, and
    `lock` in a repository's own file.
    """
    return {"$schema": DIALECT, **_for_editors(_all()), "title": "Handoff policy"}


def as_text() -> str:
    """The schema as it stands in `config/policy.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def at(path: Sequence[str | int]) -> Node | None:
    """The part of the schema that a path of the file answers to; None for a path that no file may have."""
    node = _all()
    for step in path:
        below = node.get("items") if isinstance(step, int) else _below(node, step)
        if below is None:
            return None
        node = _whole(below)
    return node


def _below(node: Node, key: str) -> Node | None:
    """What the schema says of a key: of a known one, or of one that people choose, such as a login."""
    chosen = (below for pattern, below in node.get("patternProperties", {}).items() if re.search(pattern, key))
    known: Node | None = node.get("properties", {}).get(key)
    return known or next(chosen, None)


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
        return one_of(choices) if len(choices) <= MANY else f"a key of the policy such as {one_of(node['examples'])}"
    match node["type"]:
        case "object":
            return "a section of " + one_of(keys(node)) if keys(node) else "a section for each login"
        case "array":
            return f"a list of at most {node['maxItems']}, each {allowed(node['items'])}"
        case "boolean":
            return "`true` or `false`"
        case "integer":
            return f"a whole number from {node['minimum']} to {node['maximum']}"
        case _:
            return _text(node)


def written_out(node: Node, word: str) -> str:
    """A word in the place of a section, put behind the key there that takes it: `{mode: off}`; "" where none does."""
    below = ((key, _whole(each)) for key, each in node.get("properties", {}).items())
    takes = (key for key, each in below if word.lower() in each.get("enum", _switches(key)))
    return next((f"{{{key}: {word.lower()}}}" for key in takes), "")


def _switches(key: str) -> tuple[str, ...]:
    return ("true", "false", *SWITCHES) if key == "enabled" else ()


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
        return {**_all()["$defs"][reference.rpartition("/")[2]], **{key: node[key] for key in node if key != "$ref"}}
    if choices := node.get("anyOf"):
        return _whole({**next(choice for choice in choices if choice.get("type") != "null"), **_plain(node)})
    return node


def _plain(node: Node) -> Node:
    """A schema without its choice of several."""
    return {key: below for key, below in node.items() if key != "anyOf"}


def _for_editors(node: Json) -> Json:
    """The same schema that also takes what the loader reads as something else: empty sections, switches as words."""
    if isinstance(node, list):
        return [_for_editors(each) for each in node]
    if not isinstance(node, dict):
        return node
    seen = {key: below if key in ("default", "examples") else _for_editors(below) for key, below in node.items()}
    if node.get("type") == "object":
        return {**seen, "type": ["object", "null"]}
    if node.get("type") == "boolean":
        return {**seen, "type": ["boolean", "string"], "enum": [True, False, *SWITCHES]}
    if "off" in node.get("enum", ()):
        return {**seen, "enum": [*dict.fromkeys((*node["enum"], *spellings("off")))]}
    return seen


@cache
def _all() -> Node:
    """The schema, made when it is first asked for: judging under the defaults needs none."""
    made, beside = (model.model_json_schema(schema_generator=_Untitled) for model in (Policy, Locks))
    return {
        **made,
        "$defs": {**made["$defs"], **beside["$defs"]},
        "properties": {**made["properties"], **beside["properties"]},
    }
