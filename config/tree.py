"""A YAML file as values with their places, and the mistakes that no schema can see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from config import schema
from config.compose import compose
from config.mistakes import Mistake, cut

Path = tuple[str | int, ...]
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")  # longer ones stay text: no setting is that large
_DECIMAL = re.compile(r"[-+]?[0-9]{0,18}\.[0-9]{1,18}")
_NULLS = ("", "~", "null")
_TRUTH = {"true": True, "false": False}
_SWITCH = {"on": True, "off": False, "yes": True, "no": False}  # truth values in YAML 1.1 and in people's minds
_YAML = "tag:yaml.org,2002:"
_TAGS = frozenset({_YAML + "map", _YAML + "seq", _YAML + "str"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, counted from 1."""

    line: int
    column: int
    found: str  # what stands there, in words
    text: str = ""  # the same as written, if it is a word


@dataclass(slots=True, kw_only=True)
class Tree:
    """What a file says: its value, and by path the places of its values and of its keys."""

    file: str
    value: Value = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, path: Path, place: Place, allowed: str, *, nearest: str = "") -> None:
        """Note what is wrong at a place."""
        self.mistakes.append(
            Mistake(
                file=self.file,
                line=place.line,
                column=place.column,
                path=dotted(path),
                found=place.found,
                allowed=allowed,
                nearest=nearest,
            )
        )


def grow(text: str, *, file: str) -> Tree:
    """Read a text; never raises: what is wrong with it is among the tree's mistakes."""
    tree = Tree(file=file)
    node = compose(text, file=file)
    if isinstance(node, Mistake):
        tree.mistakes.append(node)
    elif node is not None:
        tree.value = _value(tree, node, ())
    return tree


def dotted(path: Path) -> str:
    """A path as people write it; the items of a list have the list's path, their line tells them apart."""
    return ".".join(cut(step) for step in path if isinstance(step, str))


def _value(tree: Tree, node: yaml.Node, path: Path) -> Value:
    if node.tag not in _TAGS:
        tree.mistake(path, _place(node, f"the tag `{cut(node.tag.replace(_YAML, '!!'))}`"), "a value without a tag")
    if isinstance(node, yaml.MappingNode):
        tree.values[path] = _place(node, "a section")
        return {key: _value(tree, below, (*path, key)) for key, below in _entries(tree, node, path)}
    if isinstance(node, yaml.SequenceNode):
        tree.values[path] = _place(node, "a list")
        return [_value(tree, below, (*path, index)) for index, below in enumerate(node.value)]
    is_quoted = isinstance(node, yaml.ScalarNode) and node.style is not None
    value = node.value if is_quoted else _plain(node.value, path)
    tree.values[path] = _place(node, _in_words(value), text=node.value)
    return value


def _entries(tree: Tree, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, yaml.Node]]:
    for key, below in node.value:
        if not isinstance(key, yaml.ScalarNode):
            tree.mistake(path, _place(key, "a key that is not a word"), "a word as the key")
        elif (whole := (*path, key.value)) in tree.keys:
            first = tree.keys[whole].line
            tree.mistake(whole, _place(key, f"the key a second time (first on line {first})"), "each key once")
        else:
            tree.keys[whole] = _place(key, f"the unknown key `{cut(key.value)}`")
            yield key.value, below


def _plain(text: str, path: Path) -> Value:
    """What an unquoted scalar means: a bare `off` is a word where words are asked for, else a truth value."""
    word = text.lower()
    if word in _NULLS:
        return None
    if word in _TRUTH:
        return _TRUTH[word]
    if word in _SWITCH:
        return _switch(text, path)
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _switch(text: str, path: Path) -> Value:
    node = schema.at(path) or {}
    if node.get("type") == "boolean":
        return _SWITCH[text.lower()]
    return text.lower() if "enum" in node else text


def _in_words(value: Value) -> str:
    match value:
        case None | "":
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number {value}"
        case _:
            return f"the text `{cut(str(value))}`"


def _place(node: yaml.Node, found: str, *, text: str = "") -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1, found, text)
