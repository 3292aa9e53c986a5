"""What a heading promises: hints that move the role of the lines below it, never evidence by themselves."""

import re
from enum import StrEnum
from functools import lru_cache

from checks.reader.phrases import load


class Hint(StrEnum):
    """What the lines under a heading are there for."""

    PRESENT = "present"
    ACTUAL = "actual"
    EXPECTED = "expected"
    WANTED = "wanted"
    STEPS = "steps"
    IO = "io"
    ACCEPTANCE = "acceptance"
    TASKS = "tasks"
    BOUND = "bound"
    OUTSIDE = "outside"  # out of scope, non-goals
    FAILURE = "failure"
    REASON = "reason"
    OPEN = "open"
    ALTERNATIVES = "alternatives"
    DELIVERABLE = "deliverable"
    ENGAGEMENT = "engagement"
    LOG = "log"
    ENVIRONMENT = "environment"
    VERIFICATION = "verification"
    FORMALITY = "formality"  # search confirmed, code of conduct, offer to help


_LONGEST = 120  # a heading beyond this is a sentence and hints at nothing


def _beginning(name: str) -> str:
    """Short names have to be whole words: `os` is no part of `oscillation`."""
    return re.escape(name) + (r"(?!\w)" if len(name) <= 4 else "")


_STARTS = [
    (re.compile(rf"(?<!\w)(?:{'|'.join(map(_beginning, names))})"), Hint(name)) for name, names in load("headings")
]


@lru_cache(maxsize=4096)
def hint(heading: str) -> Hint | None:
    """What a heading promises about the lines below it; nothing when it only names a topic."""
    if not heading or len(heading) > _LONGEST:
        return None
    text = heading.lower()
    return next((fitting for starts, fitting in _STARTS if starts.search(text)), None)
