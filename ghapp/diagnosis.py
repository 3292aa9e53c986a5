"""What one check of `ghapp doctor` found: a verdict, one sentence of what is there, and what mends it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing stands, as it is printed and as programs read it."""

    GOOD = "good"
    WARNING = "warning"  # it works, and something about it is to be known
    WRONG = "wrong"  # something does not work
    UNSEEN = "not-looked-at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One check's outcome; `first` names the check that has to be mended before this one can look."""

    verdict: Verdict
    found: str
    remedy: str = ""
    first: str = ""

    @property
    def is_silence(self) -> bool:
        """Whether nobody answered; what waits for another check is no silence of its own."""
        return self.verdict is Verdict.UNSEEN and not self.first


def good(found: str) -> Diagnosis:
    """Nothing is to be done."""
    return Diagnosis(verdict=Verdict.GOOD, found=found)


def warning(found: str, remedy: str) -> Diagnosis:
    """It works, and somebody should look."""
    return Diagnosis(verdict=Verdict.WARNING, found=found, remedy=remedy)


def wrong(found: str, remedy: str) -> Diagnosis:
    """Something does not work until somebody has acted."""
    return Diagnosis(verdict=Verdict.WRONG, found=found, remedy=remedy)


def unseen(because: str, remedy: str = "", *, first: str = "") -> Diagnosis:
    """It could not be looked at."""
    return Diagnosis(verdict=Verdict.UNSEEN, found=because, remedy=remedy, first=first)
