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
    SYSTEM = "system"  # only the team can enter it
    OFFER = "offer"  # somebody offers help or asks for an answer
    FINE = "fine"  # says that something works
    BURDEN = "burden"  # somebody has to do something today: no demand
    ROBOT = "robot"
    TO_AUTHOR = "to-author"  # tells whoever fills in a form what to write
    TENDING = "tending"  # a verb of those who look after something
    LASTING = "lasting"  # without an end
    KEPT = "kept"  # how something is kept that has to be looked after
    PERSON = "person"  # somebody who is looked for
    BLOCKED = "blocked"  # something else has to be finished first
    RECORD = "record"  # a pull request's or a robot's way to begin
    DIARY = "diary"  # what a record is called
    DONE = "done"  # begins a finish line
    SETTLED = "settled"  # an outcome that a command or a look can tell
    MEASURE = "measure"  # before a number: how much is enough
    OUTCOME = "outcome"  # a verb that says what is seen
    BUZZ = "buzz"  # fashionable and empty
    HOLLOW = "hollow"  # carries nothing beside such words only
    RUBRIC = "rubric"  # what a judge of issues looks for


_ISSUE = {Cue(name): phrases for name, phrases in load("issue")}


_SETS = frozenset({Cue.ACTION, Cue.HOLLOW, Cue.RUBRIC, Cue.DIARY})  # single words, asked for in one place each


def _groups() -> Iterator[tuple[Cue, list[str]]]:
    yield from ((cue, phrases) for cue, phrases in _ISSUE.items() if cue not in _SETS)
    for cue, name in (
        (Cue.VAGUE, "vague"),
        (Cue.VAGUE_ALONE, "vague_without_fact"),
        (Cue.HIDDEN, "hidden"),
        (Cue.SYSTEM, "systems"),
    ):
        yield from ((cue, phrases) for _, phrases in load(name))


ACTIONS = frozenset(_ISSUE[Cue.ACTION])  # asked of a sentence's first word only
HOLLOW = frozenset(_ISSUE[Cue.HOLLOW])
RUBRIC = frozenset(_ISSUE[Cue.RUBRIC])
DIARY = frozenset(_ISSUE[Cue.DIARY])
LEXICON = Phrases(_groups())
