"""What is asked of the two sides of a hand-over, and what they are told unasked."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from config.people import HOUR
from config.section import Section


class Handover(Section):
    """Issues in a contractor's hands, and their pull requests."""

    enabled: bool = Field(
        default=True, description="Whether hand-overs are followed at all; off silences everything below as well."
    )


class Questions(Section):
    """What a contractor asks."""

    enabled: bool = Field(default=True, description="Whether questions are listed, with what became of them.")


class Reviews(Section):
    """Feedback on a pull request."""

    enabled: bool = Field(
        default=True,
        description="Whether a review without words, or one that moves the talk elsewhere, gets one reply that asks "
        "to write it down.",
    )


class Part(StrEnum):
    """A part of a written update."""

    DONE = "done"
    DECIDED = "decided"
    NEXT = "next"
    BLOCKED = "blocked"


Parts = Annotated[tuple[Annotated[Part, Field(strict=False)], ...], Field(max_length=4, strict=False)]


class Updates(Section):
    """What a contractor writes at the end of a working day."""

    enabled: bool = Field(
        default=True, description="Whether a missing update gets one reminder, in its writer's working hours."
    )
    parts: Parts = Field((Part.DONE, Part.NEXT), description="What an update has to say.")


class Digest(Section):
    """What arrived, what waits for whom and what needs a decision, in one pinned issue and in Slack."""

    enabled: bool = Field(default=False, description="Whether there is one.")
    at: Annotated[str, Field(pattern=f"^{HOUR}$", examples=["09:00"])] = Field(
        "09:00", description="When it comes, in the time zone of the team and of each contractor."
    )
    repository: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", max_length=200)] | None = Field(
        None,
        examples=["acme/handoff"],
        description="Where the pinned issue is, one for all repositories that name it; left out: in each repository.",
    )
