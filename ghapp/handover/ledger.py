"""The ledger of a hand-over: what was promised at pick-up, asked, decided and said, and who moves next since when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from checks.subject import AcceptanceCriterion
from checks.walk import Grade
from config.handover import Part
from config.people import Role

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Stand(StrEnum):
    """How far a question has come."""

    ASKED = "asked"
    ANSWERED = "answered, not in the spec"
    IN_SPEC = "in the spec"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the contractor asked, and what became of it."""

    id: str  # Q1, Q2 and so on, in the order of asking; stable for ever
    comment: int  # the id of the comment or the review it stands in
    place: int  # among the questions of that comment
    pull: int  # the pull request it was asked on; 0 for the issue
    text: str
    criterion: str  # the one of readiness that was thin; "" when none stands out
    by: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    in_spec_at: datetime | None = None

    @property
    def is_answered_by_edit(self) -> bool:
        """Whether nobody answered, and the issue came to say it all the same."""
        return self.in_spec_at is not None and not self.answer

    @property
    def stand(self) -> Stand:
        """How far it has come."""
        if self.answered_at is None:
            return Stand.ASKED
        return Stand.ANSWERED if self.in_spec_at is None else Stand.IN_SPEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What needed a decision, or was decided by command."""

    id: str  # D1, D2 and so on; stable for ever
    comment: int  # where it was asked for; 0 in the pull request's description
    pull: int
    question: str
    options: tuple[str, ...] = ()
    decider: str = ""
    due: date | None = None
    by: str  # who needs it
    at: datetime
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


class Why(StrEnum):
    """Why somebody has the next move, as it completes "waits for ... "."""

    START = "to start"
    ANSWER = "to answer"
    DECIDE = "to decide"
    REVIEW = "to review"
    REWORK = "to take up the review"
    GO_ON = "to go on"
    MERGE = "to merge"
    CLOSE = "to close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Whose turn it is, since when and why."""

    owner: str
    side: Role
    since: datetime
    why: Why
    pull: int = 0  # where; 0 is the issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A written update of the contractor's."""

    comment: int
    pull: int
    by: str
    at: datetime
    says: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A reviewer's word on one acceptance criterion."""

    criterion: str  # its id
    grade: Grade
    remark: str = ""
    by: str
    at: datetime
    pull: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One issue in a contractor's hands, from its assignment until it is closed or taken back."""

    repository: str  # owner/name, as it was called last
    number: int
    title: str
    contractor: str
    by: str  # who handed it over
    picked_up_at: datetime
    spec: str = ""  # the body at pick-up
    criteria: tuple[AcceptanceCriterion, ...] = ()  # as they were at pick-up
    present: tuple[AcceptanceCriterion, ...] = ()  # as the issue has them now
    score: int = 0  # of the readiness at pick-up
    outcome: str = ""
    gaps: tuple[str, ...] = ()  # criteria that were thin at pick-up
    pulls: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()
    decisions: tuple[Decision, ...] = ()
    last_question: int = 0  # number of the last id that was given; those of deleted comments are given to no other
    last_decision: int = 0
    body: str = ""  # the issue's, as it was at the last look while a question was open
    moves: tuple[Move, ...] = ()  # oldest first; the last one is next
    updates: tuple[Update, ...] = ()
    walked: tuple[Walked, ...] = ()
    ticked: frozenset[str] = frozenset()  # boxes of ours, as they were at the last look
    demanded: tuple[datetime, ...] = ()  # when reviews asked for changes
    active_at: datetime | None = None  # the contractor's last deed
    heard_at: datetime | None = None  # anybody's
    told: frozenset[str] = frozenset()  # what was said once, by its hidden line
    ended_at: datetime | None = None
    merged: bool = False

    @property
    def rounds(self) -> int:
        """How often a review asked for changes."""
        return len(self.demanded)

    @property
    def move(self) -> Move | None:
        """Whose turn it is; nobody's once it has ended."""
        return self.moves[-1] if self.moves and self.ended_at is None else None

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(each for each in self.questions if each.stand is Stand.ASKED)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """What still needs a decision."""
        return tuple(each for each in self.decisions if each.decided_at is None)

    def to_json(self) -> dict[str, object]:
        """The ledger as it is kept."""
        kept: dict[str, object] = _adapter().dump_python(self, mode="json")
        return kept


def from_json(kept: object) -> Handover:
    """A kept ledger; rows of another version that cannot be read are left out, to be derived anew.

    Raises:
        ValueError: it is none.
    """
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(kept)
    except ValidationError as error:
        broken = {each["loc"][0] for each in error.errors() if each["loc"]}
    left = {key: part for key, part in kept.items() if key not in broken} if isinstance(kept, dict) else kept
    return _adapter().validate_python(left)


@cache
def _adapter() -> "TypeAdapter[Handover]":
    from pydantic import TypeAdapter

    return TypeAdapter(Handover)
