"""Notes of the App: about the policy file, a label set by hand, a commit with two pull requests.

A note's first line is the sentence that everybody reads; the lines below it are details, for the check run's text.
"""

from collections.abc import Iterable, Sequence

from checks.verdict import Verdict
from config.mistakes import Mistake
from ghapp.render import quote

SHOWN = 10  # mistakes of one file

CUT = "Only the first 256 KiB or 10,000 lines were read."  # the limits of `checks.text`


def broken_policy(file: str, mistakes: Sequence[Mistake], *, kept: bool) -> tuple[str, ...]:
    """The policy file of the default branch does not hold: what is in force instead; the mistakes are the details."""
    instead = "its last version without mistakes stays in force" if kept else "the defaults are in force"
    sentence = f"This repository's policy file, `{file}`, has {_count(mistakes)}; {instead}."
    more = len(mistakes) - SHOWN
    rest = (f"{more} more in the same file.",) if more > 0 else ()
    return ("\n".join((sentence, *(_line(mistake) for mistake in mistakes[:SHOWN]), *rest)),)


def _count(mistakes: Sequence[Mistake]) -> str:
    return "a mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"


def _line(mistake: Mistake) -> str:
    return " ".join(str(mistake).split())


def label_by_hand(label: str) -> str:
    """A person set the label that contradicts the verdict: it stays."""
    return f"The label `{label}` was set by hand and stays, although this verdict differs."


def shared_head(number: int) -> str:
    """The check run of a commit speaks of the one pull request among several that needs it most."""
    return f"Several open pull requests have this head commit; this is about number {number}."


def linked_cut() -> str:
    """The linked issues together are longer than what is read of them."""
    return "Of the linked issues only the first 128 KiB were read."


def sentences(verdict: Verdict, notes: Iterable[str]) -> str:
    """A list of what everybody has to know: that the text was too long to be read whole, then each note's sentence."""
    said = [*([CUT] if verdict.truncated else []), *(note.partition("\n")[0] for note in notes)]
    return _items(said)


def details(notes: Iterable[str]) -> str:
    """A list of the notes' details; "" when they have none."""
    return _items([line for note in notes for line in note.split("\n")[1:]])


def _items(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {quote.prose(sentence)}" for sentence in sentences)
