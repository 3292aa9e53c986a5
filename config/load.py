"""Reading a policy file: YAML within bounds, every mistake at once, each value's origin remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.mistakes import Mistake
from config.policy import DEFAULTS, Policy

PATH = ".github/handoff.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A policy in force and how it came about; with mistakes the policy is the defaults."""

    policy: Policy = DEFAULTS
    version: str = "defaults"  # twelve letters of a hash over the text, so that people can tell two policies apart
    mistakes: tuple[Mistake, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)  # dotted path of each value set by a file -> that file


def load(text: str, *, file: str = PATH) -> Loaded:
    """Read a policy file's text; never raises, an empty text is the defaults."""
    raise NotImplementedError
