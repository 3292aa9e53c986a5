"""What an issue asks for, inferred from its words: no label and no template is needed."""

from collections.abc import Sequence

from checks.reader.concrete import Shape
from checks.reader.issue.cues import Cue
from checks.reader.issue.record import is_record
from checks.reader.issue.sentence import Sentence
from checks.reader.phrases import words
from checks.reader.structure import Hint
from checks.reading import IssueKind

_OF_BUGS = frozenset({Hint.STEPS, Hint.ACTUAL, Hint.EXPECTED})
_SPIKE = frozenset({"spike", "investigate", "investigation", "research", "explore", "evaluate", "poc", "prototype"})
_QUESTION = frozenset({"question", "questions"})
_CALLED_EARLY = 2  # words of a title
_DOCS = frozenset(
    {"docs", "doc", "documentation", "readme", "wiki", "typo", "typos", "changelog", "docstring", "document"}
)
_CHORE = frozenset(
    {
        *(
            "migrate",
            "migration",
            "upgrade",
            "bump",
            "rename",
            "remove",
            "delete",
            "refactor",
            "move",
            "replace",
            "clean",
        ),
        *("deprecate", "drop", "revert", "pin", "unpin", "backport", "switch", "chore", "extract", "merge", "update"),
    }
)
_BUG_MARKS = ("bug", "fix:", "fix(")
_FEATURE_MARKS = (
    "[feature",
    "feature:",
    "feat:",
    "feat(",
    "enhancement",
    "proposal",
    "[rfc",
    "rfc:",
    "support",
    "option",
)


def kind(every: Sequence[Sentence], body: Sequence[Sentence]) -> IssueKind:
    """The kind of an issue, from all its sentences and from those of the body that are no template and no noise."""
    title = every[0]
    if not (title.words or title.shapes):
        return IssueKind.NOTHING
    if is_record(title, every):
        return IssueKind.RECORD
    if _is_called_question(title) or _is_support(title, body):
        return IssueKind.QUESTION
    return _named(title) or _by_title(title, body) or _by_body(title, body)


def _is_called_question(title: Sentence) -> bool:
    """As in "Question: ..." and "Some questions about ..."; a question to be added to a form is work."""
    return not title.is_imperative and not _QUESTION.isdisjoint(words(title.unit.text)[:_CALLED_EARLY])


def _named(title: Sentence) -> IssueKind | None:
    said = words(title.unit.text)
    kinds = ((IssueKind.SPIKE, _SPIKE), (IssueKind.DOCS, _DOCS))
    return next((named for named, fitting in kinds if not fitting.isdisjoint(said)), None)


def _by_title(title: Sentence, body: Sequence[Sentence]) -> IssueKind | None:
    if _is_bug(title, body):
        return IssueKind.BUG
    return IssueKind.CHORE if title.is_imperative and not _CHORE.isdisjoint(title.words[:3]) else None


def _by_body(title: Sentence, body: Sequence[Sentence]) -> IssueKind:
    if _names_feature(title) or any(one.is_imperative or one.has(Cue.WISH, Cue.MODAL) for one in (title, *body)):
        return IssueKind.FEATURE
    return IssueKind.BUG if _shows_behaviour(body) else IssueKind.NOTHING


def _is_support(title: Sentence, body: Sequence[Sentence]) -> bool:
    if title.is_imperative or title.has(Cue.BROKEN, Cue.WISH) or any(one.hint in _OF_BUGS for one in body):
        return False
    begs = any(one.has(Cue.SUPPORT) for one in (title, *body) if not one.is_code)
    wishes = any(one.is_imperative or one.has(Cue.MODAL) for one in body if not one.asks and not one.has(Cue.SUPPORT))
    return (title.asks or begs) and not wishes


def _is_bug(title: Sentence, body: Sequence[Sentence]) -> bool:
    if title.words[:1] == ["fix"] and any(one.has(Cue.BROKEN) for one in (title, *body)):
        return True
    if title.is_imperative:
        return {Hint.STEPS, Hint.ACTUAL} <= {one.hint for one in body}
    if title.has(Cue.BROKEN) or any(mark in title.unit.text.lower() for mark in _BUG_MARKS):
        return True
    return any(one.hint in _OF_BUGS or Shape.FAULT in one.shapes for one in body)


def _names_feature(title: Sentence) -> bool:
    return title.has(Cue.WISH) or any(mark in title.unit.text.lower() for mark in _FEATURE_MARKS)


def _shows_behaviour(body: Sequence[Sentence]) -> bool:
    """Told what goes wrong, or how it is with code or output beside: somebody wants it otherwise."""
    if any(one.has(Cue.BROKEN) for one in body):
        return True
    return any(one.is_code for one in body) and any(one.has(Cue.STATE) for one in body)
