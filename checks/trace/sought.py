"""The acceptance criteria that are looked for in a description, found by id, by their very words, by alike words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from checks import wording
from checks.acceptance_criteria import key
from checks.subject import AcceptanceCriterion
from checks.trace.ids import Group
from checks.trace.likeness import Promise, figures, promises, stems

TOPIC = 0.6  # share of its words by which a cell, a box or a heading names an acceptance criterion

_NEAREST = 5  # acceptance criteria that one line may be about without naming them
_FEWEST = 3  # words of a passage that is quoted


@dataclass(frozen=True, slots=True)
class Sought:
    """One acceptance criterion, given by its number among all."""

    number: int
    issue: str  # owner/name#7
    keys: frozenset[str]  # of its id and of the one its author wrote
    tokens: wording.Words
    promise: Promise

    @property
    def text(self) -> str:
        """Its words."""
        return self.promise.text

    def is_copied(self, text: str) -> bool:
        """Whether a text repeats it and says nothing else."""
        return wording.same(self.tokens, wording.tokens(text))

    def is_inside(self, text: str) -> bool:
        """Whether a text holds all of its words in their order."""
        return len(self.tokens) >= _FEWEST and wording.is_within(self.tokens, wording.tokens(text))

    def holds(self, passage: str) -> bool:
        """Whether a passage is a piece of it."""
        words = wording.tokens(passage)
        return len(words) >= _FEWEST and wording.is_within(words, self.tokens)

    def is_topic(self, text: str) -> bool:
        """Whether a text is about it: most of its words, and no figure in the place of another."""
        told, asked = figures(text), self.promise.figures
        return self.promise.share(stems(text)) >= TOPIC and (told <= asked or asked <= told)


class Index:
    """All acceptance criteria that are looked for."""

    def __init__(self, named: Sequence[tuple[str, str, AcceptanceCriterion]]) -> None:
        """Take each with the name and the title of its issue."""
        found = promises([each.text for _, _, each in named], [title for _, title, _ in named])
        self.every = tuple(
            Sought(
                number=number,
                issue=issue,
                keys=frozenset({key(each.id), key(each.written)} - {""}),
                tokens=wording.tokens(each.text),
                promise=promise,
            )
            for number, ((issue, _, each), promise) in enumerate(zip(named, found, strict=True))
        )

    @cached_property
    def bearing(self) -> dict[str, list[Sought]]:
        """Those that bear each key."""
        found: dict[str, list[Sought]] = {}
        for each in self.every:
            for name in each.keys:
                found.setdefault(name, []).append(each)
        return found

    @property
    def known(self) -> Collection[str]:
        """Every key by which one may be named."""
        return self.bearing.keys()

    def under(self, group: Group, *, issue: str, text: str) -> list[Sought]:
        """Those that a group of ids names: of the issue named beside it or above it, else those its words tell."""
        wanted = group.issue or issue
        found = []
        for name in group.keys:
            bearing = self.bearing.get(name, [])
            told = [each for each in bearing if wanted and _is_issue(wanted, each.issue)]
            if told or group.issue:
                found += told
            elif len(bearing) == 1:
                found += bearing
            else:
                found += self._nearest(bearing, text)
        return found

    def about(self, text: str) -> Sought | None:
        """The one that a text is about, if there is one: by its very words, else by most of them."""
        near = self.near(text)
        copied = next((each for each in near if each.is_copied(text) or each.is_inside(text)), None)
        return copied or next(iter(self._nearest([each for each in near if each.is_topic(text)], text)), None)

    def near(self, text: str) -> list[Sought]:
        """The few that share most words with a text; only they are looked at more closely."""
        said = stems(text)
        shared = [(each.promise.share(said), -each.number) for each in self.every]
        return [self.every[-number] for share, number in nlargest(_NEAREST, shared) if share]

    def _nearest(self, among: Iterable[Sought], text: str) -> list[Sought]:
        """The one whose words a text repeats most; none where two share as much."""
        said = stems(text)
        ranked = sorted(((each.promise.share(said), each.number) for each in among), reverse=True)
        if not ranked or ranked[0][0] < TOPIC or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return []
        return [self.every[ranked[0][1]]]


def _is_issue(wanted: str, name: str) -> bool:
    """Whether "#7" or "owner/name#7" names an issue."""
    return name.casefold() == wanted.casefold() or (wanted.startswith("#") and name.endswith(wanted))
