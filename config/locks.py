"""Locks: keys that the owner's file keeps to itself, so that no repository may set them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import Field

from config.policy import Policy
from config.section import Section

LOCK = "lock"  # the key of the owner's file that lists them

Value = TypeVar("Value")


def _keys(section: type[Section], before: str = "") -> Iterator[str]:
    """Every key that a file may hold, dotted; sections before what is in them."""
    for field in section.model_fields.values():
        key = f"{before}{field.alias}"
        yield key
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from _keys(field.annotation, f"{key}.")


Key = StrEnum("Key", {key: key for key in _keys(Policy)})  # type: ignore[misc]  # made from the models, so never stale


class Locks(Section):
    """What stands in the owner's file beside the policy."""

    lock: Annotated[
        tuple[Annotated[Key, Field(strict=False, examples=["readiness.threshold"])], ...], Field(max_length=200)
    ] = Field(
        (),
        strict=False,
        description="In the owner's file only: keys that no repository may set, or sections with all keys in them.",
    )


def lock_on(key: str, locks: Mapping[str, Value]) -> tuple[str, Value] | None:
    """The lock that holds for a dotted key, on itself or on a section around it; the widest one of several."""
    steps = key.split(".")
    around = (".".join(steps[:depth]) for depth in range(1, len(steps) + 1))
    return next(((each, locks[each]) for each in around if each in locks), None)
