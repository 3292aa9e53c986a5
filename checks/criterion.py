"""What a criterion is: a name, a question, and the function that answers it from a reading."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from checks.reading import Reading
from checks.subject import Issue, Pull
from checks.verdict import Finding

S = TypeVar("S", Issue, Pull)


@dataclass(frozen=True, slots=True)
class Asked(Generic[S]):
    """What a criterion is given: the subject's facts, their reading, and the values of the policy it may need."""

    subject: S
    reading: Reading
    linked: tuple[Reading, ...] = ()  # the linked issues' readings, in the order of `subject.linked`
    size_limit: int = 600  # changed lines of a reviewable pull request
    small: bool = False  # a small pull request needs one line of reason only


@dataclass(frozen=True, slots=True)
class Criterion(Generic[S]):
    """One thing asked of a subject; name and question are stable for ever, the policy holds mode and weight."""

    name: str
    asks: str
    judge: Callable[[Asked[S]], Finding]
