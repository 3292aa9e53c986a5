"""Notes of the App: about the policy file, a label set by hand, a commit with two pull requests, old work.

A note's first line is the sentence that everybody reads; the lines below it are details, for the check run's text.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from checks.verdict import Verdict
from config.mistakes import Mistake
from ghapp.render import quote

SHOWN = 10  # mistakes of one file

CUT = "Only the first 256 KiB or 10,000 lines were read."  # the limits of `checks.text`


def broken_policy(
    file: str, mistakes: Sequence[Mistake], *, kept: bool, instead: str = "the defaults are in force"
) -> tuple[str, ...]:
    """The policy file of the default branch does not hold: what is in force instead; the mistakes are the details."""
    holds = "its last version without mistakes stays in force" if kept else instead
    return _detailed(f"This repository's policy file, `{file}`, has {_count(mistakes)}; {holds}.", mistakes)


def broken_owner_policy(repository: str, mistakes: Sequence[Mistake], *, kept: bool) -> tuple[str, ...]:
    """The owner's file does not hold; its mistakes are for those who look after it, who see them there."""
    holds = "its last version without mistakes stays in force" if kept else "it is left out"
    return (f"The policy file in `{repository}` has {_count(mistakes)}; {holds}.",)


def overruled(file: str, mistakes: Sequence[Mistake], *, owner: str) -> tuple[str, ...]:
    """The repository sets what its owner locks: the owner's values hold."""
    if not mistakes:
        return ()
    count = "a key" if len(mistakes) == 1 else f"{len(mistakes)} keys"
    hold = "value holds" if len(mistakes) == 1 else "values hold"
    return _detailed(
        f"This repository's policy file, `{file}`, sets {count} that `{owner}` locks; its {hold}.", mistakes
    )


def _detailed(sentence: str, mistakes: Sequence[Mistake]) -> tuple[str, ...]:
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


def old_work(since: date | None) -> str:
    """A pull request is older than what is asked here: nobody could know of it."""
    when = f"before {since}, the first day that counts here" if since else "before Handoff was installed"
    return f"Opened {when}: nothing is required of it, and what is said is advice."


def linked_cut() -> str:
    """The linked issues together are longer than what is read of them."""
    return "Of the linked issues only the first 128 KiB were read."


def sentences(verdict: Verdict, notes: Iterable[str]) -> str:
    """A list of what everybody has to know: that the text was too long to be read whole, then each note's sentence."""
    said = [*([CUT] if verdict.truncated else []), *(note.partition("\n")[0] for note in notes)]
    return _items(said)


def in_comment(verdict: Verdict, notes: Sequence[str]) -> str:
    """The same for a comment, which leaves the details out: how to see them."""
    told = sentences(verdict, notes)
    return f"{told}\n- `/handoff policy` shows the lines." if details(notes) else told


def listed(notes: Iterable[str]) -> str:
    """A list of notes with their details; "" when there are none."""
    return _items(line for note in notes for line in note.split("\n"))


def details(notes: Iterable[str]) -> str:
    """A list of the notes' details; "" when they have none."""
    return _items([line for note in notes for line in note.split("\n")[1:]])


def _items(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {quote.prose(sentence)}" for sentence in sentences)
