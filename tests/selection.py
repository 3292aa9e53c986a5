"""What a GraphQL query selects: so that our fake answers what was asked for, and no more."""

import re
from typing import Any

FRAGMENT = re.compile(r"fragment (\w+) on \w+ ")
ARGUMENTS = re.compile(r"\([^()]*\)")
TOKEN = re.compile(r"\.\.\.|[{}:]|\w+")

Selection = dict[str, "Selection"]


def selected(query: str) -> Selection:
    """The fields of a query, nested; fragments and aliases resolved, arguments left out."""
    operation, *rest = FRAGMENT.split(ARGUMENTS.sub("", query))
    fragments: dict[str, Selection] = {}
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        fragments[name] = _set(TOKEN.findall(text)[1:], fragments)
    tokens = TOKEN.findall(operation)
    return _set(tokens[tokens.index("{") + 1 :], fragments)


def _set(tokens: list[str], fragments: dict[str, Selection]) -> Selection:
    """The fields of a selection; where types are asked for, those of one type stand under its name."""
    found: Selection = {}
    typed: Selection = {}
    while (token := tokens.pop(0)) != "}":
        if token != "...":
            _field(found, token, tokens, fragments)
        elif tokens[0] == "on":
            name = tokens[1]
            del tokens[:3]
            typed[f"... on {name}"] = _set(tokens, fragments)
        else:
            found |= fragments[tokens.pop(0)]
    if "__typename" in found:
        return found | typed
    for below in typed.values():
        found |= below
    return found


def _field(found: Selection, name: str, tokens: list[str], fragments: dict[str, Selection]) -> None:
    if tokens[0] == ":":
        del tokens[:2]
    found[name] = {}
    if tokens[0] == "{":
        del tokens[0]
        found[name] = _set(tokens, fragments)


def pick(value: Any, selection: Selection) -> Any:
    """A value with what was selected of it; a field that was selected and is not there is a fault of the fake."""
    if isinstance(value, list):
        return [pick(each, selection) for each in value]
    if not isinstance(value, dict):
        return value
    fields = {name: below for name, below in selection.items() if not name.startswith("...")}
    fields |= selection.get(f"... on {value.get('__typename')}", {})
    return {name: pick(value[name], below) for name, below in fields.items()}
