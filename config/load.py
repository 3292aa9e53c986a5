"""Reading a policy file: YAML within bounds, every mistake at once, laid over what holds without it."""

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeVar

from pydantic import ValidationError

from config import schema
from config.clash import CLASH, Clash
from config.locks import LOCK, Locks, lock_on
from config.mistakes import Mistake
from config.origin import Origin, Source
from config.policy import DEFAULTS, Policy
from config.section import Section
from config.tree import Path, Tree, Value, dotted, grow

PATH = ".github/handoff.yml"
# What people mean by a switch where words are asked for: a mode, and when a comment is written.
_MEANT = {"on": "required", "yes": "required", "off": "silent", "no": "silent"}
KEY = "[key]"  # pydantic's last step to a key that cannot be one
SHARED = "language"  # the section that every verdict rests on, beside the one of its own kind


_Section = TypeVar("_Section", bound=Section)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A policy in force and how it came about; a file with mistakes leaves what it was laid over."""

    policy: Policy = DEFAULTS
    version: str = "defaults"  # twelve letters of a hash over the policy, so that people can tell two apart
    mistakes: tuple[Mistake, ...] = ()  # nothing of the file holds
    overruled: tuple[Mistake, ...] = ()  # values of the file that the owner's locks keep from holding; all else holds
    origins: Mapping[str, Origin] = field(default_factory=dict)  # dotted path of each value set by a file
    locks: Mapping[str, Origin] = field(default_factory=dict)  # dotted key that no repository may set

    def version_for(self, section: str) -> str:
        """The version of what is asked of one kind of subject: it stays while only the other kind's section changes."""
        about = {name: getattr(self.policy, name) for name in (SHARED, section)}
        return _version(DEFAULTS.model_copy(update=about))

    def files_for(self, section: str) -> tuple[str, ...]:
        """The files that have a say on one kind of subject, nearest first."""
        about = (origin for key, origin in self.origins.items() if key.partition(".")[0] in (SHARED, section))
        return tuple(dict.fromkeys(origin.file for origin in sorted(about, key=_nearness)))


BARE = Loaded()


def load(text: str, *, file: str = PATH, over: Loaded = BARE, source: Source = Source.REPOSITORY) -> Loaded:
    """Read a policy file's text over what holds without it; never raises, an empty text changes nothing."""
    tree = grow(text, file=file, source=source)
    said = _said(tree.value)
    locks = _locks(tree, said)
    said, overruled = _unlocked(tree, said, over.locks)
    policy = _checked(tree, Policy, _over(_written(over.policy), said))
    if policy is None or tree.mistakes:
        return replace(over, mistakes=tuple(sorted(dict.fromkeys(tree.mistakes), key=_place)))
    here = {dotted(path): Origin(source, file, tree.keys[path].line) for path in _leaves(said)}
    return Loaded(
        policy=policy,
        version=_version(policy),
        overruled=tuple(sorted(overruled, key=_place)),
        origins={**over.origins, **here},
        locks={**over.locks, **locks},
    )


def _checked(tree: Tree, model: type[_Section], value: Value) -> _Section | None:
    """A value as a model; None with its mistakes noted when it is none."""
    try:
        # JSON, because pydantic then takes arrays for tuples and words for choices and stays strict in all else.
        return model.model_validate_json(json.dumps(value))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["type"] == CLASH:
                _name(tree, problem["loc"], problem["ctx"]["clashes"])
            else:
                _explain(tree, problem["loc"])
    return None


def _locks(tree: Tree, said: Value) -> dict[str, Origin]:
    """The keys that the owner's file locks, taken out of what it says; in any other file a lock is a mistake."""
    if not isinstance(said, dict) or LOCK not in said:
        return {}
    listed = said.pop(LOCK)
    if tree.source is not Source.OWNER:
        place = replace(tree.keys[(LOCK,)], found=f"`{LOCK}`")
        tree.mistake((LOCK,), place, f"`{LOCK}` in the owner's `.github` repository only: leave it out here")
        return {}
    found = _checked(tree, Locks, {LOCK: listed})
    lines = (tree.values[(LOCK, index)].line for index in range(len(found.lock) if found else 0))
    keys = found.lock if found else ()
    return {key.value: Origin(tree.source, tree.file, line) for key, line in zip(keys, lines, strict=True)}


def _unlocked(tree: Tree, said: Value, locks: Mapping[str, Origin], path: Path = ()) -> tuple[Value, list[Mistake]]:
    """What is said without what is locked, and a mistake for each value that was left out."""
    if not isinstance(said, dict) or not locks:
        return said, []
    kept: dict[str, Value] = {}
    overruled: list[Mistake] = []
    for key, value in said.items():
        whole = (*path, key)
        if lock := lock_on(".".join(map(str, whole)), locks):
            overruled += [_overruled(tree, leaf, *lock) for leaf in _leaves(value, whole)]
        else:
            kept[key], below = _unlocked(tree, value, locks, whole)
            overruled += below
    return kept, overruled


def _overruled(tree: Tree, path: Path, key: str, by: Origin) -> Mistake:
    return tree.seen(path, tree.values[path], f"only to leave it out, as {by} locks `{key}`")


def _place(mistake: Mistake) -> tuple[int, int]:
    return mistake.line, mistake.column


def _nearness(origin: Origin) -> int:
    return list(Source).index(origin.source)


def _written(policy: Policy) -> Value:
    written: Value = policy.model_dump(mode="json", by_alias=True)
    return written


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
    node = _asked(tree, path)
    if path[-1:] == (KEY,) and path not in tree.keys:
        path = path[:-1]
    if node is None:
        known = schema.keys(_asked(tree, path[:-1]) or {})
        key = str(path[-1])
        allowed = schema.one_of(known) if known else "a login as GitHub writes it"
        tree.mistake(path, tree.keys[path], allowed, nearest=_elsewhere(key) or _nearest(key, known))
    else:
        place = tree.values[path]
        nearest = _nearest(place.text, node.get("enum", ())) or schema.written_out(node, place.text)
        tree.mistake(path, place, schema.allowed(node), nearest=nearest)


def _asked(tree: Tree, path: Path) -> schema.Node | None:
    """What the schema says of a path; a repository's own file has no locks."""
    node = schema.at(path)
    if path or node is None or tree.source is Source.OWNER:
        return node
    return {**node, "properties": {key: below for key, below in node["properties"].items() if key != LOCK}}


def _name(tree: Tree, section: Path, clashes: Sequence[Clash]) -> None:
    """Name each clash at the first of its two values that the file holds: the other may be a default."""
    for clash in clashes:
        found = (((*section, *path), allowed) for path, allowed in clash.places)
        path, allowed = next((path, allowed) for path, allowed in found if path in tree.values)
        tree.mistake(path, tree.values[path], allowed)


def _nearest(word: str, known: Sequence[str]) -> str:
    meant = [_MEANT[word.lower()]] if word.lower() in _MEANT else []
    near = difflib.get_close_matches(word.lower(), known, n=1)
    return next((each for each in (*meant, *near) if each in known), "")


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


def _leaves(said: Value, path: Path = ()) -> Iterator[Path]:
    """The path of each value that is said; a list is one value."""
    if isinstance(said, dict):
        for key, below in said.items():
            yield from _leaves(below, (*path, key))
    else:
        yield path


def _version(policy: Policy) -> str:
    if policy == DEFAULTS:
        return "defaults"
    return hashlib.sha256(policy.model_dump_json(by_alias=True).encode()).hexdigest()[:12]
