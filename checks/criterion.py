"""What a criterion is: a name, a question, and the function that answers it from a reading."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from checks.reading import Reading
from checks.subject import Issue, Pull
from checks.verdict import Finding

S = TypeVar("S", Issue, Pull)

PARTS = ("What it asks", "Why", "Ready", "Not ready")
_PART = re.compile(r"^(Why|Ready|Not ready): +", re.MULTILINE)


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

    @property
    def manual(self) -> Mapping[str, str]:
        """The four parts of its module's docstring by name: every page about the criterion is made from them."""
        first, *rest = _PART.split(sys.modules[self.judge.__module__].__doc__ or "")
        asked = first.removeprefix(self.asks).strip() or self.asks
        return {PARTS[0]: asked} | {name: text.strip() for name, text in zip(rest[::2], rest[1::2], strict=True)}
