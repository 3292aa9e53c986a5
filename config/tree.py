"""A YAML file as values with their places, and the mistakes that no schema can see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from config import schema
from config.compose import compose
from config.mistakes import Mistake, cut
from config.origin import Source

Path = tuple[str | int, ...]
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")  # YAML 1.2's, and JSON's
_NULLS = ("", "~", "null", "Null", "NULL")
_TRUTH = {word: value for value, name in ((True, "true"), (False, "false")) for word in schema.spellings(name)}
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
    source: Source = Source.REPOSITORY
    value: Value = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, path: Path, place: Place, allowed: str, *, nearest: str = "") -> None:
        """Note what is wrong at a place."""
        self.mistakes.append(self.seen(path, place, allowed, nearest=nearest))

    def seen(self, path: Path, place: Place, allowed: str, *, nearest: str = "") -> Mistake:
        """What is wrong at a place, without noting it."""
        return Mistake(
            file=self.file,
            line=place.line,
            column=place.column,
            path=dotted(path),
            found=place.found,
            allowed=allowed,
            nearest=nearest,
        )


def grow(text: str, *, file: str, source: Source = Source.REPOSITORY) -> Tree:
    """Read a text; never raises: what is wrong with it is among the tree's mistakes."""
    tree = Tree(file=file, source=source)
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
    value = _word(node.value, path) if is_quoted else _plain(node.value, path)
    tree.values[path] = _place(node, _in_words(value, node.value), text=node.value)
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
    """What an unquoted scalar means, as YAML 1.2 reads it; its own words for truth and nothing in its own spellings."""
    if text in _NULLS:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        return int(number) if number.is_integer() else number
    return _word(text, path)


def _word(text: str, path: Path) -> Value:
    """A word: `on`, `off`, `yes` and `no` are truth values where one is asked for, in quotes as well."""
    node = schema.at(path) or {}
    if node.get("type") == "boolean":
        return schema.SWITCHES.get(text, text)
    if "enum" in node and text in schema.spellings("off"):
        return "off"
    return text


def _in_words(value: Value, written: str) -> str:
    match value:
        case None | "":
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number {cut(written)}"
        case _:
            return f"the text `{cut(written)}`"


def _place(node: yaml.Node, found: str, *, text: str = "") -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1, found, text)
