"""Notes of the App, one sentence each: about the policy file, a label set by hand, a commit with two pull requests."""

from collections.abc import Sequence

from config.mistakes import Mistake

SHOWN = 3


def broken_policy(file: str, mistakes: Sequence[Mistake], *, kept: bool) -> tuple[str, ...]:
    """The policy file of the default branch does not hold: what is in force instead, and the first mistakes."""
    instead = "its last version without mistakes stays in force" if kept else "the defaults are in force"
    first = f"`{file}` on the default branch cannot be used; {instead}."
    more = len(mistakes) - SHOWN
    rest = (f"{more} more in the same file.",) if more > 0 else ()
    return (first, *(str(mistake) for mistake in mistakes[:SHOWN]), *rest)


def label_by_hand(label: str) -> str:
    """A person set the label that contradicts the verdict: it stays."""
    return f"The label `{label}` was set by hand and stays, although this verdict differs."


def shared_head(number: int) -> str:
    """The check run of a commit speaks of the one pull request among several that needs it most."""
    return f"Several open pull requests have this head commit; this is about number {number}."
