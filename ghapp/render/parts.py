"""The parts of an issue and of a pull request: for each criterion that a heading can ask for, heading and prompt.

Skeletons, templates and forms are made of them, so that all ask in the same words and in the same order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

ELSEWHERE = "self-contained"  # asks for what no heading can: it has a part only where a gap shows what is elsewhere
_WIDTH = 72  # characters of a prompt's line: GitHub does not wrap what stands in a code block


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, and the sentence that says what belongs below it."""

    heading: str
    prompt: str


ISSUE: Mapping[str, Part] = {
    "context": Part("Context", "Which part of which system, how it behaves today, and why that matters."),
    "contract": Part(
        "Input and output",
        "Fields and types, status codes, error texts, one example. For a bug: steps, actual, expected.",
    ),
    "acceptance": Part("Acceptance criteria", "One line for each check: what is done, and what can then be seen."),
    "scope": Part("Scope", "The one finish line; then what is out of scope."),
    "edge-cases": Part(
        "Edge cases",
        "Empty and wrong input, limits, failures, two at once, roll-back: what should happen.",
    ),
    ELSEWHERE: Part("From elsewhere", "What was said in the talk, the private page or the picture, written out."),
    "engagement": Part("Delivery", "What is handed over, by when, who reviews it and how."),
}
PULL: Mapping[str, Part] = {
    "what": Part("What", "What behaves differently now, beyond the title and the list of files."),
    "why": Part("Why", "The reason, in a sentence: what was wrong, or what this makes possible."),
    "decisions": Part("Decisions", "What was chosen, what was rejected and why; what the team still has to decide."),
    "verification": Part("How it was checked", "Tests, commands and what they printed; or why it was not checked."),
    "linked-issue": Part("Issue", "Closes #number, or the issue's full address."),
    "acceptance-trace": Part("Acceptance criteria", "For each one: where it is addressed, or why not."),
}


def comment(prompt: str) -> tuple[str, ...]:
    """A prompt as an HTML comment: left alone, it earns nothing."""
    *others, last = wrap(f"<!-- {prompt}", _WIDTH)
    return (*others, f"{last} -->")
