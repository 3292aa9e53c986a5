"""Which roles a sentence of an issue has: one short function for each role, from cues that a person can name."""

import re
from collections.abc import Callable, Mapping

from checks.reader import hidden
from checks.reader.concrete import Shape
from checks.reader.issue.cues import Cue
from checks.reader.issue.sentence import Sentence
from checks.reader.structure import Hint
from checks.reading import IssueKind, Role
from checks.text import Form

_FUTURE = frozenset({Hint.WANTED, Hint.TASKS, Hint.EXPECTED, Hint.ACCEPTANCE, Hint.OUTSIDE, Hint.BOUND})
_PAST = frozenset({Hint.ACTUAL, Hint.STEPS, Hint.LOG, Hint.ALTERNATIVES, Hint.OPEN, Hint.REASON})
_AHEAD = frozenset({"would", "will"})
_NAMES = frozenset({Shape.NAME, Shape.VERSION})
_TOLD = frozenset({Hint.ACTUAL, Hint.EXPECTED, Hint.IO})
_LISTED = frozenset({Form.ITEM, Form.TASK, Form.ROW})
_NOTHING_TO_DO = frozenset({IssueKind.QUESTION, IssueKind.RECORD})
_BLOCKED_BY = (["blocked", "by"], ["blocked", "on"], ["depends", "on"], ["waits", "for"])
_KEEP = frozenset({"keep", "keeping"})
_FIRST = 2  # words that may stand before "currently"
_NO = frozenset({"not", "no", "never", "without", "shouldn't"})
_NOT_BUGS = frozenset({IssueKind.FEATURE, IssueKind.CHORE})
_REFUSED = re.compile(r"(?<![\w./#-])[45]\d\d(?![\w/%-]|\.\d)")  # a status of failure


def is_wanted(one: Sentence, kind: IssueKind) -> bool:
    """Says what is to be different: obliges, asks, or names work first."""
    if one.is_code or kind in _NOTHING_TO_DO or one.hint in (Hint.STEPS, Hint.ACTUAL, Hint.LOG, Hint.OUTSIDE):
        return False
    if one.is_title:
        return _titles_work(one, kind)
    if one.is_imperative and one.hint not in _PAST:
        return True
    if one.has(Cue.SUPPORT) or (one.asks and one.has(Cue.DOUBT)) or "whether" in one.words or _tells_first(one):
        return False
    if one.hint in _FUTURE and len(one.words) >= 3 and not one.asks:
        return True
    return (one.expects or one.has(Cue.WISH, Cue.MODAL)) and one.hint is not Hint.ALTERNATIVES and not _only_asks(one)


def _tells_first(one: Sentence) -> bool:
    """Below "Feature request" and the like many begin by how things are today."""
    if one.hint is not Hint.WANTED or one.is_imperative or one.has(Cue.MODAL):
        return False
    is_defect = one.has(Cue.BROKEN) and one.has(Cue.STATE) and not one.has(Cue.WISH)
    return is_defect or one.cues.get(Cue.NOW, 9) < _FIRST


def _titles_work(title: Sentence, kind: IssueKind) -> bool:
    """A title names the work, unless it tells what is broken or asks."""
    if title.is_imperative or title.has(Cue.WISH, Cue.MODAL):
        return True
    return kind not in (IssueKind.BUG, IssueKind.NOTHING) and not title.asks


def _only_asks(one: Sentence) -> bool:
    return one.asks and not one.has(Cue.WISH)


def is_present(one: Sentence, kind: IssueKind) -> bool:
    """Tells how things are today, or what goes wrong."""
    if one.is_imperative or one.asks or (one.hint in _FUTURE and not _tells_first(one)):
        return False
    if one.is_title:
        return one.has(Cue.BROKEN) or (kind is IssueKind.BUG and one.has(Cue.STATE))
    if one.has(Cue.NOW) or (one.has(Cue.BROKEN) and not one.has(Cue.MODAL)):
        return True
    if one.has(Cue.MODAL, Cue.WISH) or not _AHEAD.isdisjoint(one.words):
        return False
    return (one.has(Cue.STATE) or one.hint in (Hint.ACTUAL, Hint.PRESENT)) and len(one.words) >= 4


def is_io(one: Sentence, kind: IssueKind) -> bool:
    """Holds something concrete that goes in or comes out: code, a step, a value, an error's text."""
    if one.hint is Hint.STEPS or (one.hint in _TOLD and kind is IssueKind.BUG):
        return (len(one.words) >= 3 and not one.asks) or one.has_fact
    if one.is_imperative:  # work on something that has a name
        return one.has_fact or not one.shapes.isdisjoint(_NAMES)
    return one.has_fact


def is_check(one: Sentence, kind: IssueKind) -> bool:
    """Says how somebody sees that it is done."""
    if one.is_title or one.asks or len(one.words) < 2 or one.unit.text.endswith(":") or kind is IssueKind.RECORD:
        return False
    if is_private(one):
        return False
    if one.hint in (Hint.ACCEPTANCE, Hint.EXPECTED):
        return not one.has(Cue.SUPPORT, Cue.GREETING)
    if one.hint in (Hint.STEPS, Hint.ACTUAL, Hint.ALTERNATIVES):
        return one.expects and not one.is_imperative
    delivers = kind is IssueKind.SPIKE and one.hint is Hint.DELIVERABLE  # what is handed over is what was asked
    return delivers or _verifies(one) or _is_observable_demand(one, kind) or _is_outcome(one, kind)


def _verifies(one: Sentence) -> bool:
    if one.words[0] == "then":  # the last line of Given, When, Then
        return one.has(Cue.STATE, Cue.MODAL) and not one.is_imperative
    return one.has(Cue.VERIFY) and (one.is_imperative or one.has(Cue.MODAL) or one.hint is Hint.VERIFICATION)


def _is_outcome(one: Sentence, kind: IssueKind) -> bool:
    """Tells what is seen once the work is done: a finish line, a measure, an answer under a condition."""
    if (one.cues.get(Cue.DONE, 9) < 3 or one.words[-1:] == ["done"]) and one.has(Cue.SETTLED, Cue.OUTCOME, Cue.VERIFY):
        return True
    if one.hint in _PAST or one.has(Cue.NOW, Cue.DOUBT, Cue.FIRST_PERSON, Cue.CAUSE):
        return False
    if kind not in _NOT_BUGS or one.hint is Hint.PRESENT:
        return False
    if one.has(Cue.SETTLED) or (one.has(Cue.MEASURE) and Shape.NUMBER in one.shapes and not one.has(Cue.BROKEN)):
        return True
    is_told = one.has(Cue.CONDITION) or one.unit.form in _LISTED or _meets_failure(one)
    return one.has(Cue.OUTCOME) and is_told and (one.has_fact or _meets_failure(one)) and not one.is_imperative


def _is_observable_demand(one: Sentence, kind: IssueKind) -> bool:
    if one.unit.form is Form.TASK:
        return one.has_fact and len(one.words) >= 4
    if "whether" in one.words or one.cues.get(Cue.NOW, 9) < 2:
        return False
    demands = one.expects or (one.has(Cue.MODAL) and not one.has(Cue.FIRST_PERSON))
    settles = kind is IssueKind.BUG or one.expects or one.has(Cue.CONDITION)
    return demands and settles and not one.has(Cue.DOUBT)


def is_bound(one: Sentence, _kind: IssueKind) -> bool:
    """Limits the work."""
    if one.asks or len(one.words) < 2:
        return False
    if one.hint is Hint.OUTSIDE:
        return True
    return one.has(Cue.LIMIT) and (one.hint in _FUTURE or one.is_imperative or one.has(Cue.MODAL, Cue.WISH))


def is_failure(one: Sentence, kind: IssueKind) -> bool:
    """Names what may go wrong or stand at the edge, and what happens then."""
    if one.hint in (Hint.STEPS, Hint.LOG, Hint.ALTERNATIVES):
        return False
    if one.hint is Hint.FAILURE:
        return len(one.words) >= 3
    if kind in _NOT_BUGS and not one.is_title and not one.has(Cue.NOW) and _meets_failure(one):
        return True
    if one.is_title or not one.has(Cue.CONDITION):
        return one.has(Cue.EDGE) and one.has(Cue.MODAL)
    return one.has(Cue.EDGE) or (one.has(Cue.BROKEN) and one.has(Cue.MODAL))


def _meets_failure(one: Sentence) -> bool:
    """A failure and its outcome: a status that refuses, an edge met by an answer."""
    if Shape.STATUS in one.shapes and _REFUSED.search(one.unit.text):
        return True
    return one.has(Cue.EDGE, Cue.BROKEN) and one.has(Cue.OUTCOME) and (one.has(Cue.CONDITION) or one.has_fact)


def is_reason(one: Sentence, _kind: IssueKind) -> bool:
    """Says why it matters."""
    if one.asks or one.hint in (Hint.STEPS, Hint.LOG):
        return False
    return len(one.words) >= 4 and (one.hint is Hint.REASON or one.has(Cue.CAUSE))


def is_open(one: Sentence, kind: IssueKind) -> bool:
    """Leaves something undecided or asks it."""
    if one.hint is Hint.ALTERNATIVES:
        return False
    asks = one.asks and (kind is IssueKind.QUESTION or not one.has(Cue.WISH))
    return asks or one.has(Cue.DOUBT) or (one.hint is Hint.OPEN and len(one.words) >= 3)


def is_hidden(one: Sentence, kind: IssueKind) -> bool:
    """Leans on what does not stand here: private talk, a person, a closed page or system, another ticket."""
    if is_private(one) or hidden.tracker(one.unit.text, one.words) is not None:
        return True
    return one.has(Cue.SYSTEM) and (one.is_title or is_wanted(one, kind))  # work in it, not news of it


def is_link(one: Sentence, _kind: IssueKind) -> bool:
    """Names another ticket or thread; what says no more than where it came from, or what is left out, leans on none."""
    if one.hint is Hint.OUTSIDE or not any(mark in one.unit.text for mark in ("://", "#", "-")):
        return False
    return hidden.names_ticket(one.unit.text, one.words)


def is_private(one: Sentence) -> bool:
    """Leans on what a stranger cannot open, look up or ask."""
    return one.has(Cue.HIDDEN) or hidden.person_or_link(one.unit.text, one.words) is not None


def is_vague(one: Sentence, kind: IssueKind) -> bool:
    """Stays wishful where a fact is needed; the state of today may be told loosely."""
    is_empty = one.has(Cue.VAGUE_ALONE, Cue.BUZZ) or _is_empty(one, kind)
    is_loose = one.has(Cue.VAGUE) or (is_empty and not one.has_fact)
    return is_loose and not one.asks and not _comments(one) and (is_wanted(one, kind) or is_check(one, kind))


def _comments(one: Sentence) -> bool:
    """Speaks of what was said before or of the reason ("This slows down ..."), not of what is handed over."""
    if one.is_title or one.is_imperative or one.expects or one.has(Cue.MODAL) or one.unit.form in _LISTED:
        return False
    return one.words[:1] == ["this"]


def _is_empty(one: Sentence, kind: IssueKind) -> bool:
    """Says nothing beyond the title; that a bug is no longer there, or what a bug keeps from working, can be seen."""
    if not one.is_hollow or one.is_title:
        return False
    return kind is not IssueKind.BUG or (one.hint is not Hint.EXPECTED and _NO.isdisjoint(one.words))


def is_engagement(one: Sentence, _kind: IssueKind) -> bool:
    """Says what is handed over, by when, or who reviews it."""
    return one.has(Cue.ENGAGEMENT) or (one.hint in (Hint.ENGAGEMENT, Hint.DELIVERABLE) and len(one.words) >= 2)


def is_ongoing(one: Sentence, kind: IssueKind) -> bool:
    """Asks for ownership without an end."""
    demands = one.is_title or one.unit.form in _LISTED or one.has(Cue.PERSON) or is_wanted(one, kind)
    if not (demands or one.cues.get(Cue.LASTING) == 0) or one.asks or kind in _NOTHING_TO_DO:
        return False
    return one.has(Cue.ENDLESS) or _tends_without_end(one)


def _tends_without_end(one: Sentence) -> bool:
    """Looks after something for ever; "keep it up to date when a row goes" is a behaviour that has its end."""
    keeps = one.has(Cue.KEPT) and not _KEEP.isdisjoint(one.words)
    if one.has(Cue.CONDITION) or not (keeps or (one.has(Cue.TENDING) and one.has(Cue.LASTING))):
        return False
    first = min(one.cues.get(Cue.TENDING, 9), one.cues.get(Cue.LASTING, 9))
    return one.has(Cue.PERSON) or (first < 2 and not one.has_fact)


def is_blocked(one: Sentence, kind: IssueKind) -> bool:
    """Says that something else has to be finished before this can begin; in a bug being blocked is the defect."""
    if one.asks or one.is_title or one.hint in (Hint.STEPS, Hint.LOG, Hint.ACTUAL):
        return False
    return one.words[:2] in _BLOCKED_BY or (one.has(Cue.BLOCKED) and kind is not IssueKind.BUG)


ROLES: Mapping[Role, Callable[[Sentence, IssueKind], bool]] = {
    Role.PRESENT: is_present,
    Role.WANTED: is_wanted,
    Role.IO: is_io,
    Role.CHECK: is_check,
    Role.BOUND: is_bound,
    Role.FAILURE: is_failure,
    Role.REASON: is_reason,
    Role.OPEN: is_open,
    Role.HIDDEN: is_hidden,
    Role.LINK: is_link,
    Role.VAGUE: is_vague,
    Role.ENGAGEMENT: is_engagement,
    Role.ONGOING: is_ongoing,
    Role.BLOCKED: is_blocked,
}
