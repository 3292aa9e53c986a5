"""What missing parts went with: hand-overs in which a criterion was thin at pick-up, beside those in which it was not.

It says what went together, never what came of what; of a few hand-overs it says nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from config.people import Role
from ghapp.trends.turns import middle
from ghapp.trends.weeks import Week

FEWEST = 5  # hand-overs of which anything is said

_NONE = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some hand-overs."""

    handovers: int
    questions: int
    waited: timedelta  # the median of one hand-over's waiting for the team, in working hours of who was waited for

    @property
    def each(self) -> float:
        """The questions of one hand-over."""
        return self.questions / self.handovers


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The hand-overs in which a criterion was thin at pick-up, and the others where there are enough of them."""

    criterion: str
    about: int  # questions about this very criterion
    thin: Group
    others: Group | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    gaps: tuple[str, ...]
    questions: tuple[str, ...]
    waited: timedelta


def costs(weeks: Iterable[Week]) -> tuple[tuple[Cost, ...], tuple[tuple[str, int], ...]]:
    """What each criterion went with, most questions first; and those that were thin too seldom, with how often.

    Hand-overs that began before the first week are left out, as a part of theirs is not among these.
    """
    wholes = _wholes(weeks)
    said, few = [], []
    for criterion in sorted({gap for whole in wholes for gap in whole.gaps}):
        thin = [each for each in wholes if criterion in each.gaps]
        if len(thin) < FEWEST:
            few.append((criterion, len(thin)))
            continue
        others = [each for each in wholes if criterion not in each.gaps]
        about = sum(each.questions.count(criterion) for each in thin)
        beside = _group(others) if len(others) >= FEWEST else None
        said.append(Cost(criterion=criterion, about=about, thin=_group(thin), others=beside))
    return tuple(sorted(said, key=lambda each: (-each.thin.each, each.criterion))), tuple(few)


def _wholes(weeks: Iterable[Week]) -> list[_Whole]:
    held = defaultdict(list)
    for week in weeks:
        held[week.handover].append(week)
    return [_whole(each) for each in held.values() if any(week.begins for week in each)]


def _whole(weeks: Sequence[Week]) -> _Whole:
    waits = (wait.worked for week in weeks for wait in week.waits if wait.side is Role.TEAM)
    return _Whole(
        gaps=weeks[0].gaps,
        questions=tuple(criterion for week in weeks for criterion in week.questions),
        waited=sum(waits, _NONE),
    )


def _group(wholes: Sequence[_Whole]) -> Group:
    return Group(
        handovers=len(wholes),
        questions=sum(len(each.questions) for each in wholes),
        waited=middle(each.waited for each in wholes),
    )
