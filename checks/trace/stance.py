"""What an author says of an acceptance criterion beside its own words: done, left out, not yet, or nothing at all."""

import re
from enum import Enum, auto

from checks.reader.phrases import words
from checks.trace.cues import Cue, beside, clauses, cues, denies, found, tick


class Stance(Enum):
    """What a stretch of text claims."""

    DONE = auto()  # says in so many words that it was met
    PLAIN = auto()  # states something; whether that is a claim depends on where it stands
    LEFT_OUT = auto()
    NOT_YET = auto()
    SILENT = auto()  # a question, a wish, a report of others, the old state


NEGATIVE = frozenset({Stance.LEFT_OUT, Stance.NOT_YET})

_NO = re.compile(r"[\W_]*(?:no|nope|not|never|open|later|soon|next|future|maybe)[\W_]*", re.IGNORECASE)
_NOTHING = re.compile(r"[\W_]+(?:n/?a|tb[ac])[\W_]*", re.IGNORECASE)
_NO_STATEMENT = frozenset({Cue.TOLD, Cue.OBLIGED, Cue.PAST, Cue.UNDONE, Cue.ASKED})
_BACK = frozenset({"that", "this", "it", "these", "those", "they", "both", "which"})
_LABEL = 5  # words of a label
_RULING = {Cue.LEFT_OUT: Stance.LEFT_OUT, Cue.NOT_YET: Stance.NOT_YET, Cue.TOLD: Stance.SILENT}
_OPENING = 6  # words among which a sentence says that it tells of the past
_HEADING = 60  # characters of a heading or lead-in


def of_answer(text: str, about: str = "") -> Stance:
    """What is said of an acceptance criterion that was named before: nearly any statement is an answer."""
    said, ticked = beside(text, about), tick(text)
    if Cue.LEFT_OUT in said:
        return Stance.LEFT_OUT
    if Cue.NOT_YET in said or ticked is False or (ticked is None and _NO.fullmatch(text)):
        return Stance.NOT_YET
    if asks(text) or Cue.TOLD in said or _NOTHING.fullmatch(text):
        return Stance.SILENT
    return Stance.DONE if Cue.DONE in said or ticked else Stance.PLAIN


def of_clause(clause: str, about: str) -> Stance:
    """What a clause that repeats an acceptance criterion says of it: only a plain statement is a claim."""
    said = beside(clause, about)
    if Cue.LEFT_OUT in said:
        return Stance.LEFT_OUT
    if Cue.NOT_YET in said:
        return Stance.NOT_YET
    if Cue.NOT in said and not denies(about):
        return Stance.NOT_YET if "yet" in words(clause) else Stance.SILENT
    if said & _NO_STATEMENT:
        return Stance.SILENT
    return Stance.DONE if Cue.DONE in said else Stance.PLAIN


def of_place(heading: str) -> Stance:
    """What a heading or a line that leads to a list says of all that stands below it."""
    said = {each.label for each in found(words(heading[:_HEADING]))}
    if Cue.HEADING_LEFT_OUT in said:
        return Stance.LEFT_OUT
    if Cue.HEADING_NOT_YET in said:
        return Stance.NOT_YET
    if Cue.HEADING_SILENT in said and not heading[:_HEADING].lower().startswith("acceptance"):
        return Stance.SILENT
    return Stance.DONE if Cue.DOING in said else Stance.PLAIN


def ruling(text: str) -> Stance | None:
    """What a label before a line, or a clause that takes it back, says of all of it; None without either."""
    first, *others = clauses(text) or [""]
    if _tells_of_the_past(text):
        return Stance.SILENT
    return (_label(first) if others else None) or taken_back(text)


def taken_back(text: str) -> Stance | None:
    """What a later clause says of those before it, where it denies them: "..., but that will follow"."""
    later = (afterthought(clause) for clause in clauses(text)[1:])
    return next((said for said in later if said), None)


def afterthought(sentence: str) -> Stance | None:
    """What a sentence says of the one before it ("That is left for #14."), where it denies it."""
    points_back = not _BACK.isdisjoint(words(sentence[:_HEADING])[:1])
    said = of_answer(sentence) if points_back else None
    return said if said in NEGATIVE else None


def stands_for(clause: str) -> bool:
    """Whether a clause holds a word that stands for what was said before it."""
    return not _BACK.isdisjoint(words(clause))


def asks(text: str) -> bool:
    """Whether a text is a question."""
    return text.rstrip(" *_)").endswith("?")


def _label(first: str) -> Stance | None:
    """What a clause says that is hardly more than a cue: "Left out", "Not yet"."""
    length = len(words(first))
    said = {cue for cue, phrase in cues(first) if len(phrase.split()) >= length - 1} if length <= _LABEL else set()
    return next((given for cue, given in _RULING.items() if cue in said), None)


def _tells_of_the_past(text: str) -> bool:
    """Whether a sentence begins with a word for how it was ("Until now ...", "Before this change ...")."""
    opening = " ".join(words(text[: 2 * _HEADING])[:_OPENING])
    return any(cue is Cue.PAST and opening.startswith(phrase) for cue, phrase in cues(opening))
