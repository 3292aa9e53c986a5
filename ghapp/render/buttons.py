"""The buttons of the check run: each does what the command of the same name does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What stands on a button, what it does, and how we are told that it was pressed."""

    label: str
    description: str
    identifier: str


CHECK = Button(label="Re-check", description="Judge this pull request anew.", identifier="check")
EXEMPT = Button(label="Exempt", description="Let it pass; asks for the reason.", identifier="exempt")


def buttons(conclusion: str) -> tuple[Button, ...]:
    """What can be done about a check run: only one that fails can be let pass."""
    return (CHECK, EXEMPT) if conclusion == "failure" else (CHECK,)
