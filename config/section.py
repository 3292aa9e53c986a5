"""What the policy's models are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=200, strict=False)]


def _as_written(name: str) -> str:
    return name.replace("_", "-")


class Section(BaseModel):
    """A part of the policy: frozen, strict, and closed to unknown keys; keys are written with dashes."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", alias_generator=_as_written, populate_by_name=True
    )
