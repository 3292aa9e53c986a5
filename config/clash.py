"""Values that the schema allows and that cannot stand: by themselves, or beside another one."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

CLASH = "clash"  # the kind of pydantic's error; its context holds the clashes


@dataclass(frozen=True, slots=True)
class Clash:
    """One or two values: for each its place in the section, and what may stand there."""

    places: tuple[tuple[tuple[str | int, ...], str], ...]


def alone(place: tuple[str | int, ...], allowed: str) -> Clash:
    """One value that cannot stand whatever is beside it."""
    return Clash(((place, allowed),))


def refuse(clashes: Iterable[Clash]) -> None:
    """Refuse a section within its validator, if anything in it clashes.

    Raises:
        PydanticCustomError: it does; the error's context holds all clashes.
    """
    if found := tuple(clashes):
        raise PydanticCustomError(CLASH, "values that cannot stand", {"clashes": found})
