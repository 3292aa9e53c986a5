"""The values of a policy one by one: what holds, where it comes from, and who has locked it."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.load import Loaded
from config.locks import lock_on
from config.origin import Origin
from config.tree import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One value in force; an origin of None is the default, a lock of None leaves it to the repository."""

    key: str  # dotted, as in a file
    value: Value
    origin: Origin | None
    lock: Origin | None


def values(loaded: Loaded) -> tuple[Held, ...]:
    """Every value in force, in the order of the manual."""
    return tuple(
        _held(loaded, key, value) for key, value in leaves(loaded.policy.model_dump(mode="json", by_alias=True))
    )


def leaves(values: dict[str, Value], before: str = "") -> Iterator[tuple[str, Value]]:
    """The dotted key of each value, and the value; a list is one."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _held(loaded: Loaded, key: str, value: Value) -> Held:
    lock = lock_on(key, loaded.locks)
    return Held(key=key, value=value, origin=loaded.origins.get(key), lock=lock[1] if lock else None)
