"""What a check of the doctor is: a name, a question, and a look."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ghapp.diagnosis import Diagnosis
from ghapp.doctor.case import Case

Look = Callable[[Case], Awaitable[Diagnosis]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is looked at; `needs` names the checks without which there would be nothing to see."""

    name: str  # kebab-case, and stable: monitoring and the manual know it
    asks: str
    look: Look
    needs: tuple[str, ...] = ()
