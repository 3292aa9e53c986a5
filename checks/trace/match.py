"""What one line says of one acceptance criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from checks.reading import quote
from checks.text import Unit
from checks.trace import stance
from checks.trace.claims import Claim
from checks.trace.named import Named, named
from checks.trace.sought import Sought
from checks.trace.stance import Stance
from checks.verdict import Evidence

_NAME = 3  # words of a line that names and says nothing
_AROUND = " \t|:;,.-\N{EN DASH}\N{EM DASH}*()[]"


class How(StrEnum):
    """How a line was matched with an acceptance criterion."""

    ID = "id"
    QUOTATION = "quotation"
    BOX = "check box"
    LIKENESS = "likeness of words"


class Weight(IntEnum):
    """What counts where several lines speak of one acceptance criterion."""

    OPEN_BOX = 0  # left as the author made it, or open on purpose
    ALIKE = 1
    EXPLICIT = 2  # named, quoted or ticked


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Where an author answers: in some words of the line itself, or in the lines below it."""

    words: str = ""
    below: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A line that speaks of an acceptance criterion, given by its number."""

    number: int
    how: How
    stance: Stance
    weight: Weight
    evidence: Evidence
    named: Named
    answer: str  # the author's words without the id and the words of the issue
    is_copy: bool = False  # a sentence in the very words: a claim alone, a pasted text among others


def match(claim: Claim, sought: Sought, how: How, said: Stance, answer: Answer = Answer()) -> Match | None:
    """The match of a line; none where nothing is claimed. Without an answer of its own the whole line is one."""
    if said is Stance.SILENT:
        return None
    is_open = how is How.BOX and said is Stance.NOT_YET
    own = answer.words or claim.text.replace(sought.text, " ")
    names_only = answer.below and (sought.is_copied(claim.text) or len(claim.text.split()) <= _NAME)
    below = [unit.text for unit in answer.below]
    return Match(
        number=sought.number,
        how=how,
        stance=said,
        weight=Weight.OPEN_BOX if is_open else Weight.ALIKE if how is How.LIKENESS else Weight.EXPLICIT,
        evidence=quote(answer.below[0] if names_only else claim.unit),
        named=named([own, *below]),
        answer=(" ".join(below) or own).strip(_AROUND),
    )


def placed(said: Stance, place: Stance) -> Stance:
    """A plain statement under a heading such as "Out of scope" says what the heading says."""
    return place if said is Stance.PLAIN and place in (Stance.LEFT_OUT, Stance.NOT_YET, Stance.DONE) else said


def below(answers: Sequence[Unit], sought: Sought) -> Stance:
    """What the lines below a name say; any plain words are an answer."""
    said = stance.of_answer(" ; ".join(unit.text for unit in answers), sought.text)
    return Stance.DONE if said is Stance.PLAIN else said
