"""Concrete things in a sentence: code, calls, paths, addresses, status codes, quoted texts, numbers, versions."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Shape(StrEnum):
    """A concrete thing; the value of most is the group of the expression that finds it."""

    CODE = "code"
    IMAGE = "image"
    URL = "url"
    HTTP = "http"
    STATUS = "status"
    QUOTED = "quoted"
    CALL = "call"
    FLAG = "flag"
    FAULT = "fault"  # the name of an error
    PATH = "path"
    VERSION = "version"
    NUMBER = "number"  # with its unit
    ARROW = "arrow"
    PAIR = "pair"  # name=value
    IDENTIFIER = "identifier"  # of code: snake_case, UPPER_CASE, camelCase
    NAME = "name"  # of a product or a type: GitHub, OrderService


_MARKED = re.compile(
    r"""
    (?P<code>``?[^`\n]+`)
  | (?P<image>!\[|<img\b)
  | (?P<url>\bhttps?://[^\s)\]>]+)
  | (?P<http>\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+/[\w{:.]+)
  | (?P<quoted>"[^"\n]{2,80}"|“[^”\n]{2,80}”|(?<![\w'])'[^'\n]{2,60}'(?!\w))
  | (?P<flag>(?<![\w-])--[a-z][\w-]+)
  | (?P<arrow>->|=>|→|⇒)
  | (?P<number>(?<![\w.])\d{1,20}(?:[.,]\d{1,20})?\s?(?:%|(?:
        ms|s|sec|seconds?|minutes?|mins?|hours?|days?|weeks?|[KMGkmg]i?B|bytes?|px|
        requests?|rows?|items?|characters?|chars?|times|lines?|entries|users?|results?)\b))
  | (?P<version>(?<![\w.])v?\d{1,9}\.\d{1,9}(?:\.\d{1,9})?(?![\w/]))
  | (?P<status>(?<![\w./#-])[1-5]\d\d(?![\w/%-]|\.\d))
    """,
    re.VERBOSE,
)
_MARKS = re.compile(r"[`\"“\d!<→⇒]|(?<!\w)'|://|--|->|=>| /")  # without one of these the expression above finds nothing
_SHAPES: Mapping[str | None, Shape] = {shape.value: shape for shape in Shape}
_TOKEN = re.compile(r"[\w$@~./\\{}-]+(?:\(\)?|=(?!=))?")
_FAULT = re.compile(r"(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Fault|Panic)|E[A-Z]{4,}|ERR_\w+")
_CAMEL = re.compile(r"[a-z]{2,}[A-Z][a-z]")
_HUMP = re.compile(r"[a-z]+[A-Z]|[A-Z][a-z]+[A-Z]")
_NO_PATH = frozenset(
    {"and/or", "n/a", "w/o", "i/o", "either/or", "his/her", "he/she", "yes/no", "on/off", "true/false"}
)


def shapes(text: str) -> frozenset[Shape]:
    """Which concrete things a line of prose holds."""
    found: set[Shape] = set()
    if _MARKS.search(text):
        found.update(_SHAPES[match.lastgroup] for match in _MARKED.finditer(text))
        text = _MARKED.sub(" ", text) if found else text
    for piece in text.split():
        if not (piece.isalpha() and (piece.islower() or piece.istitle())):
            found.update(shape for token in _TOKEN.findall(piece) if (shape := _shape(token)))
    return frozenset(found)


def _shape(token: str) -> Shape | None:
    bare = token.rstrip(".")
    if token.endswith(("(", "()")) and len(bare) > 3:
        return Shape.CALL
    if token.endswith("="):
        return Shape.PAIR
    if _FAULT.fullmatch(bare):
        return Shape.FAULT
    if _is_path(bare):
        return Shape.PATH
    return _name(bare)


def _is_path(word: str) -> bool:
    if "/" in word or "\\" in word:
        return word.lower() not in _NO_PATH and len(word) > 4
    stem, dot, ending = word.rpartition(".")
    return bool(stem and dot) and 1 < len(ending) <= 5 and ending.isalpha() and ending.islower()


def _name(word: str) -> Shape | None:
    if ("_" in word.strip("_") and not word.isdigit()) or _CAMEL.match(word):
        return Shape.IDENTIFIER
    return Shape.NAME if _HUMP.match(word) else None
