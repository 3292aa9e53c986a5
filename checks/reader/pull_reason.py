"""How far a sentence of a pull request gives a reason: a cause, a trouble, a state of things, a goal, a need."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from checks.reader.phrases import Phrases, load, spoken, words
from checks.reader.pull_cues import asks
from checks.reader.pull_words import led_by_change, news


class Strength(IntEnum):
    """What a sentence is worth as a reason."""

    NONE = 0
    VAGUE = 1  # "better performance", the title again
    SOLID = 2  # somebody who was not there learns why


class Ground(StrEnum):
    """What kind of reason a phrase announces."""

    CAUSE = "cause"
    AIM = "aim"
    PURPOSE = "purpose"  # "to ensure": often the change again, in other words
    DEFECT = "defect"  # names what was wrong, and where
    TROUBLE = "trouble"
    STATE = "state"  # how it was before, or is elsewhere
    NEED = "need"
    SETTING = "setting"  # tells of a situation; little alone
    EFFECT = "effect"
    GENERIC = "generic"  # said of any change; nothing alone
    HOLLOW = "hollow"  # stands where a reason should: "as requested"
    GUIDANCE = "guidance"  # speaks to authors: left over from a template


_GROUNDS = Phrases((Ground(name), phrases) for name, phrases in load("pull_reason"))
_TOLD = {  # points in a sentence that tells how things are
    Ground.CAUSE: 3,
    Ground.AIM: 3,
    Ground.PURPOSE: 2,
    Ground.DEFECT: 2,
    Ground.TROUBLE: 2,
    Ground.STATE: 2,
    Ground.NEED: 2,
    Ground.SETTING: 1,
    Ground.EFFECT: 1,
}
_LED = {  # points in a sentence that names a change: only what connects the change to a reason
    Ground.CAUSE: 3,
    Ground.AIM: 3,
    Ground.PURPOSE: 1,
    Ground.DEFECT: 2,
    Ground.TROUBLE: 1,
    Ground.STATE: 1,
    Ground.NEED: 1,
}
_PRETENDED = frozenset(  # makes a thin sentence look like a reason, so that it is worth a word of advice
    {Ground.CAUSE, Ground.AIM, Ground.PURPOSE, Ground.DEFECT, Ground.EFFECT, Ground.GENERIC, Ground.HOLLOW}
)
_SOLID = 3  # points
_ASKED = 2  # points for standing where the reason belongs
_FLOWING = 6  # words of a sentence that tells; a shorter one is a label
_NEWS = 3  # content words that the title did not say


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands."""

    title: frozenset[str]  # the content words of the title above it
    asked: bool  # under a heading such as Why
    prose: bool  # not one of a list
    aside: bool  # about something else than the change, such as its tests


def strength(text: str, place: Place) -> Strength:
    """The worth of a sentence as a reason."""
    sentence = words(spoken(text))
    grounds = {hit.label for hit in _GROUNDS.find(sentence)}
    if Ground.GUIDANCE in grounds or asks(text):
        return Strength.NONE
    points = _points(sentence, grounds, place)
    if (
        points >= _SOLID
        and (place.asked or not place.aside or Ground.CAUSE in grounds)
        and news(text, place.title) >= _NEWS * (2 if Ground.HOLLOW in grounds else 1)
    ):
        return Strength.SOLID
    return Strength.VAGUE if grounds & _PRETENDED or (place.asked and points) else Strength.NONE


def names_defect(title: str) -> bool:
    """Whether a title says what was wrong: for a small change that can be its reason."""
    return any(hit.label is Ground.DEFECT for hit in _GROUNDS.find(words(spoken(title))))


def is_hollow(text: str) -> bool:
    """Whether a sentence stands where a reason should and gives none: "as requested"."""
    return any(hit.label is Ground.HOLLOW for hit in _GROUNDS.find(words(spoken(text))))


def _points(sentence: list[str], grounds: set[Ground], place: Place) -> int:
    led = led_by_change(sentence)
    worth = _LED if led and not place.asked else _TOLD
    points = sum(worth.get(ground, 0) for ground in grounds) + (_ASKED if place.asked else 0)
    flows = (place.prose or place.asked) and not led and len(sentence) >= _FLOWING
    return points + 1 if points and flows else points
