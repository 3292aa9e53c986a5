"""What one policy changes of another: the values in force that differ, each with where it would come from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.load import Loaded
from config.locks import LOCK
from config.origin import Origin, Source
from config.tree import Value
from config.values import leaves

_SOURCES = tuple(Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A key whose value differs; an origin of None is the default."""

    key: str  # dotted, as in a file
    old: Value
    new: Value
    old_origin: Origin | None
    origin: Origin | None


def changes(old: Loaded, new: Loaded) -> tuple[Change, ...]:
    """The values that differ between two policies: first what the new file says, in its order, then what it drops.

    A value that is written down and is what held before changes nothing.
    """
    before, after = dict(_values(old)), dict(_values(new))
    origins, old_origins = _origins(new), _origins(old)
    order = dict.fromkeys((*_in_order(origins), *_in_order(old_origins), *after, *before))
    return tuple(
        Change(
            key=key,
            old=before.get(key),
            new=after.get(key),
            old_origin=old_origins.get(key),
            origin=origins.get(key),
        )
        for key in order
        if before.get(key) != after.get(key)
    )


def _values(loaded: Loaded) -> Iterator[tuple[str, Value]]:
    yield LOCK, list(loaded.locks)
    yield from leaves(loaded.policy.model_dump(mode="json", by_alias=True))


def _origins(loaded: Loaded) -> Mapping[str, Origin]:
    locks = tuple(loaded.locks.values())
    return {**loaded.origins, LOCK: locks[0]} if locks else loaded.origins


def _in_order(origins: Mapping[str, Origin]) -> list[str]:
    """The nearest file first, from its top to its end."""
    return sorted(origins, key=lambda key: (_SOURCES.index(origins[key].source), origins[key].line))
