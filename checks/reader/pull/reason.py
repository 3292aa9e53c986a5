"""How far a sentence of a pull request gives a reason: a cause, a trouble, a state of things, a goal, a need."""

from dataclasses import dataclass
from enum import IntEnum

from checks.reader.pull.cues import asks
from checks.reader.pull.grounds import Ground, announcing, grounds, is_new
from checks.reader.pull.words import content, led_by_change, said, substance


class Strength(IntEnum):
    """What a sentence is worth as a reason."""

    NONE = 0
    VAGUE = 1  # "better performance", the title again
    SOLID = 2  # somebody who was not there learns why


class Few(IntEnum):
    """How short the text is in which a sentence stands."""

    NO = 0
    FEW = 1  # a few sentences, perhaps with a list
    BESIDE = 2  # one of two sentences and nothing else; the other is the change


_TOLD = {  # points in a sentence that tells how things are
    Ground.CAUSE: 3,
    Ground.AIM: 3,
    Ground.PURPOSE: 2,
    Ground.DEFECT: 2,
    Ground.TROUBLE: 2,
    Ground.DENIAL: 2,
    Ground.STATE: 2,
    Ground.NEED: 2,
    Ground.SETTING: 1,
    Ground.STRAIN: 1,
    Ground.OFTEN: 1,
    Ground.PEOPLE: 1,
    Ground.PAST: 1,
    Ground.FIGURE: 1,
    Ground.EFFECT: 1,
}
_LED = {  # points in a sentence that names a change: only what connects the change to a reason
    Ground.CAUSE: 3,
    Ground.AIM: 3,
    Ground.PURPOSE: 1,
    Ground.DEFECT: 2,
    Ground.TROUBLE: 1,
    Ground.DENIAL: 1,
    Ground.STATE: 1,
    Ground.NEED: 1,
}
_OPENS = frozenset(  # enough for the opening of a text to be read as its reason
    {
        Ground.TROUBLE,
        Ground.DENIAL,
        Ground.DEFECT,
        Ground.STATE,
        Ground.NEED,
        Ground.STRAIN,
        Ground.OFTEN,
        Ground.PEOPLE,
        Ground.PAST,
    }
)
_SHORT_ONLY = frozenset({Ground.PAST, Ground.PEOPLE})  # in a long text such sentences tell of the change as well
_OBSERVED = _SHORT_ONLY | {Ground.STRAIN, Ground.OFTEN, Ground.FIGURE}  # says something of the old state only
_PRETENDED = frozenset(  # makes a thin sentence look like a reason, so that it is worth a word of advice
    {Ground.CAUSE, Ground.AIM, Ground.PURPOSE, Ground.DEFECT, Ground.EFFECT, Ground.GENERIC, Ground.HOLLOW}
)
_COVERS = frozenset({"test", "tests", "add", "adds", "added"})
_TESTS = frozenset({"test", "tests"})
_DETECTED = frozenset({Ground.DEFECT, Ground.TROUBLE, Ground.DENIAL})  # in a test that is added: the case it looks at
_SOLID = 3  # points
_ASKED = 2  # points for standing where the reason belongs
_FLOWING = 6  # words of a sentence that tells; a shorter one is a label
_SUBJECT = 2  # words among which the subject stands
_SELF = frozenset({"i", "it", "this", "also", "no", "only"})
_PLAIN = 2  # content words beside those that announce a reason
_NEWS = 3  # content words that the title did not say


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands."""

    title: frozenset[str]  # the content words of the title above it
    asked: bool  # under a heading such as Why
    prose: bool  # not one of a list
    aside: bool  # about something else than the change, such as its tests
    few: Few  # what is no change in a short text is mostly its reason


def strength(text: str, place: Place) -> Strength:
    """The worth of a sentence as a reason."""
    sentence = said(text)
    found = grounds(text, sentence)
    if asks(text) or Ground.ABOUT in found:
        return Strength.NONE
    points = _points(sentence, found, place)
    if (
        points >= _SOLID
        and (place.asked or not place.aside or Ground.CAUSE in found)
        and substance(text, place.title) >= _NEWS * (2 if Ground.HOLLOW in found else 1)
        and substance(text, content(" ".join(announcing(sentence)))) >= _PLAIN
    ):
        return Strength.SOLID
    return Strength.VAGUE if found & _PRETENDED or (place.asked and content(text)) else Strength.NONE


def names_change(text: str) -> bool:
    """Whether a sentence says what was changed: by its first words, by the new state it tells, or as a mere label."""
    sentence = said(text)
    return len(sentence) < _FLOWING or text.startswith("`") or led_by_change(sentence) or is_new(sentence)


def names_defect(title: str) -> bool:
    """Whether a title says what was wrong: for a small change that can be its reason."""
    return Ground.DEFECT in grounds(title, said(title))


def is_aside(text: str) -> bool:
    """Whether a sentence speaks of the pull request, how it was made or what is put off, not of the change."""
    return Ground.ABOUT in grounds(text, said(text))


def is_hollow(text: str) -> bool:
    """Whether a sentence stands where a reason should and gives none: "as requested"."""
    return Ground.HOLLOW in grounds(text, said(text))


def _points(sentence: list[str], found: frozenset[Ground], place: Place) -> int:
    led, new = led_by_change(sentence), is_new(sentence)
    if led and sentence[0] in _COVERS and not _TESTS.isdisjoint(sentence):
        found -= _DETECTED
    worth = _LED if led and not place.asked else _TOLD
    told = found - _OBSERVED if new else found if place.few or place.asked else found - _SHORT_ONLY
    points = sum(worth.get(ground, 0) for ground in told) + (_ASKED if place.asked else 0)
    flows = points and (place.prose or place.asked) and not led and len(sentence) >= _FLOWING
    tells = place.few and place.prose and not led and not new
    if tells and place.few is Few.BESIDE and len(sentence) >= _FLOWING and _speaks_of_another(sentence, place.title):
        return max(points, _SOLID)
    return points + bool(flows) + bool(tells and found & _OPENS)


def _speaks_of_another(sentence: list[str], title: frozenset[str]) -> bool:
    """Whether a sentence is not about what the title names, nor about the author: beside a change it tells why."""
    return not content(" ".join(sentence[:_SUBJECT])) & title and sentence[0] not in _SELF
