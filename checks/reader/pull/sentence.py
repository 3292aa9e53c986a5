"""What one sentence or item of a pull request does: which roles it claims with substance, which it only touches."""

from dataclasses import dataclass

from checks.reader.pull.cues import Cue, asks, begins_with_check, checks, chooses, cues, proves
from checks.reader.pull.headings import Part
from checks.reader.pull.links import naming
from checks.reader.pull.reason import Few, Place, Strength, is_aside, strength
from checks.reader.pull.words import closes, content, led_by_change, said, substance
from checks.reading import Role

_NO_REASONS = frozenset({Part.VERIFICATION, Part.QUESTION, Part.DECISION})
_NO_CHANGES = frozenset({Part.VERIFICATION, Part.QUESTION})
_NEWS = 2  # content words by which a line that names a change goes beyond the title
_STATED = 3  # content words by which another statement does
_SPEAKING = 3  # content words of a choice; fewer under its heading are an answer such as "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One line of the body, where it stands and what the title above it already says."""

    written: str
    text: str  # without the label that names its part
    part: Part | None
    title: frozenset[str]
    prose: bool  # not one of a list
    unticked: bool  # a box that is a plan, not a claim
    few: Few  # among how few sentences of a short text


def roles(sentence: Sentence) -> frozenset[Role]:
    """The roles of a sentence; where it only touches some and claims none, they carry VAGUE beside them."""
    hints = cues(sentence.text)
    worth = {
        Role.LINK: naming(sentence.written, expected=sentence.part is Part.LINK),
        Role.WHY: _why(sentence),
        Role.DECISION: _decision(sentence, hints),
        Role.VERIFICATION: _verification(sentence),
    }
    claimed = {role for role, strength in worth.items() if strength == Strength.SOLID}
    touched = {role for role, strength in worth.items() if strength == Strength.VAGUE}
    found = claimed or (touched | {Role.VAGUE} if touched else set())
    if sentence.part is Part.QUESTION or Cue.QUESTION in hints or asks(sentence.text):
        found = (found - {Role.DECISION}) | {Role.NEEDS_DECISION}
    if _tells_what(sentence, reasons=Role.WHY in claimed):
        found.add(Role.WHAT)
    return frozenset(found)


def _why(sentence: Sentence) -> Strength:
    if sentence.part in _NO_REASONS or sentence.unticked or closes(said(sentence.text)):
        return Strength.NONE
    asked = sentence.part is Part.WHY
    place = Place(
        sentence.title,
        asked=asked,
        prose=sentence.prose,
        aside=begins_with_check(sentence.text),
        few=Few.NO if sentence.part is Part.WHAT else sentence.few,
    )
    return strength(sentence.text, place)


def _decision(sentence: Sentence, hints: frozenset[Cue]) -> Strength:
    told = len(content(sentence.text)) >= _SPEAKING and Cue.HONEST not in hints
    stated = sentence.part is Part.DECISION and told
    if stated or chooses(sentence.text):
        return Strength.SOLID
    return Strength.VAGUE if Cue.LIMIT in hints else Strength.NONE


def _verification(sentence: Sentence) -> Strength:
    expected = sentence.part is Part.VERIFICATION or checks(sentence.text)
    if sentence.unticked or not expected:
        return Strength.NONE
    return Strength.SOLID if proves(sentence.text) else Strength.VAGUE


def _tells_what(sentence: Sentence, *, reasons: bool) -> bool:
    spoken_words = said(sentence.text)
    if sentence.unticked or sentence.part in _NO_CHANGES or asks(sentence.text) or closes(spoken_words):
        return False
    told = substance(sentence.text, sentence.title)
    if led_by_change(spoken_words):
        return told >= _NEWS
    if reasons or sentence.part is Part.WHY or begins_with_check(sentence.text) or is_aside(sentence.text):
        return False
    return told >= _STATED
