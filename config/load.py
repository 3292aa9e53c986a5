"""Reading a policy file: YAML within bounds, every mistake at once, each value's origin remembered."""

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pydantic import ValidationError

from config import schema
from config.mistakes import Mistake
from config.policy import CLASH, DEFAULTS, Clash, Policy
from config.tree import Path, Tree, Value, dotted, grow

PATH = ".github/handoff.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A policy in force and how it came about; with mistakes the policy is the defaults."""

    policy: Policy = DEFAULTS
    version: str = "defaults"  # twelve letters of a hash over the policy, so that people can tell two apart
    mistakes: tuple[Mistake, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)  # dotted path of each value set by a file -> that file


def load(text: str, *, file: str = PATH) -> Loaded:
    """Read a policy file's text; never raises, an empty text is the defaults."""
    tree = grow(text, file=file)
    said = _said(tree.value)
    policy = DEFAULTS
    try:
        # JSON, because pydantic then takes arrays for tuples and words for choices and stays strict in all else.
        policy = Policy.model_validate_json(json.dumps(_over(_DEFAULTS, said)))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["type"] == CLASH:
                _name(tree, problem["loc"], problem["ctx"]["clashes"])
            else:
                _explain(tree, problem["loc"])
    if tree.mistakes:
        return Loaded(mistakes=tuple(sorted(tree.mistakes, key=lambda mistake: (mistake.line, mistake.column))))
    return Loaded(policy=policy, version=_version(policy), origins=dict.fromkeys(_leaves(said), file))


_DEFAULTS: Value = DEFAULTS.model_dump(mode="json", by_alias=True)


def _said(value: Value, path: Path = ()) -> Value:
    """What a file says; a section with nothing in it, as after commenting its keys out, says nothing."""
    if isinstance(value, dict):
        return {key: _said(below, (*path, key)) for key, below in value.items()}
    is_section = (schema.at(path) or {}).get("type") == "object"
    return {} if value is None and is_section else value


def _over(base: Value, said: Value) -> Value:
    """What is said over what holds otherwise, key by key."""
    if isinstance(base, dict) and isinstance(said, dict):
        return base | {key: _over(base.get(key), value) for key, value in said.items()}
    return said


def _explain(tree: Tree, path: Path) -> None:
    """Say in our own words what pydantic found wrong at a path: the schema knows what is allowed there."""
    node = schema.at(path)
    if node is None:
        known = schema.keys(schema.at(path[:-1]) or {})
        key = str(path[-1])
        tree.mistake(path, tree.keys[path], schema.one_of(known), nearest=_nearest(key, known) or _elsewhere(key))
    else:
        place = tree.values[path]
        tree.mistake(path, place, schema.allowed(node), nearest=_nearest(place.text, node.get("enum", ())))


def _name(tree: Tree, section: Path, clashes: Sequence[Clash]) -> None:
    """Name each clash at the first of its two values that the file holds: the other may be a default."""
    for clash in clashes:
        found = (((*section, *path), allowed) for path, allowed in clash.places)
        path, allowed = next((path, allowed) for path, allowed in found if path in tree.values)
        tree.mistake(path, tree.values[path], allowed)


def _nearest(word: str, known: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(word.lower(), known, n=1)), "")


def _elsewhere(key: str) -> str:
    """The one place where this key is known: it was probably indented too little or too much."""
    places = _places().get(key, [])
    return places[0] if len(places) == 1 else ""


@cache
def _places() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for path in schema.paths():
        known.setdefault(path[-1], []).append(dotted(path))
    return known


def _leaves(said: Value, path: Path = ()) -> Iterator[str]:
    if isinstance(said, dict):
        for key, below in said.items():
            yield from _leaves(below, (*path, key))
    else:
        yield dotted(path)


def _version(policy: Policy) -> str:
    if policy == DEFAULTS:
        return "defaults"
    return hashlib.sha256(policy.model_dump_json(by_alias=True).encode()).hexdigest()[:12]
