"""The lexicon of an issue: which words and phrases hint at what a sentence does."""

from collections.abc import Iterator
from enum import StrEnum

from checks.reader.phrases import Phrases, load


class Cue(StrEnum):
    """What a word or phrase hints at; a role needs more than one hint."""

    MODAL = "modal"  # obliges: should, must
    WISH = "wish"  # asks for something: please add, it would be nice
    FIRST_PERSON = "first-person"
    ACTION = "action"  # a verb that names work, an imperative when it stands first
    BROKEN = "broken"  # says that something goes wrong
    STATE = "state"  # tells how things are
    NOW = "now"
    EXPECTED = "expected"
    VERIFY = "verify"
    LIMIT = "limit"  # bounds the work
    CONDITION = "condition"
    EDGE = "edge"  # failures, limits, empty and wrong input
    CAUSE = "cause"  # gives a reason
    DOUBT = "doubt"
    ASKING = "asking"  # begins a question
    ENGAGEMENT = "engagement"
    ENDLESS = "endless"
    STEP = "step"  # begins a step that is to be repeated
    SUPPORT = "support"  # asks for help, not for a change
    GREETING = "greeting"
    VAGUE = "vague"
    VAGUE_ALONE = "vague-alone"  # vague where no fact stands beside it
    HIDDEN = "hidden"
    FINE = "fine"  # says that something works
    BURDEN = "burden"  # somebody has to do something today: no demand
    ROBOT = "robot"
    TO_AUTHOR = "to-author"  # tells whoever fills in a form what to write


_ISSUE = {Cue(name): phrases for name, phrases in load("issue")}


def _groups() -> Iterator[tuple[Cue, list[str]]]:
    yield from ((cue, phrases) for cue, phrases in _ISSUE.items() if cue is not Cue.ACTION)
    for cue, name in ((Cue.VAGUE, "vague"), (Cue.VAGUE_ALONE, "vague_without_fact"), (Cue.HIDDEN, "hidden")):
        yield from ((cue, phrases) for _, phrases in load(name))


ACTIONS = frozenset(_ISSUE[Cue.ACTION])  # asked of a sentence's first word only
LEXICON = Phrases(_groups())
