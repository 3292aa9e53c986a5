"""A form that hardly anybody filled in: its remaining lines speak to the author, whatever their form."""

import re
from collections.abc import Iterator, Sequence

from checks.reader.issue.sentence import Sentence
from checks.reader.structure import Hint, hint
from checks.reading import Role
from checks.text import Form

_LEAST = 2  # prompts and unanswered headings
_MINE = frozenset({"i", "i'm", "i've", "i'd", "my"})
_SHORT = 12  # words of a line that is still a blank to be filled in
_STRAY = 0.6  # the share of lines that may be left where an author wrote nothing
_LABEL = 4  # words at most
_EMPTY_WEIGHT = 2
_ADDRESSED = frozenset({"you", "your", "yours", "you're", "you've", "you'd", "please", "applicable"})
_REQUESTS = frozenset(
    """provide include describe paste attach show list add insert run check make ensure suggest use tell explain specify
    enter give link note keep remember read see fill copy put upload example output any additional other all if when
    why what how which where is are does did do have has can could would should feel any version versions""".split()  # noqa: SIM905 -- reads as a list
)
_BLANK = re.compile(
    r"<[^<>]+>|\.{3}|\u2026|\[[^\[\]]*\](?!\()|\bhere\b|\bxx+\b|\?\.\?|x\.y|\be\.g\b|\([^()]*\?\)|_{2,}",
    re.IGNORECASE,
)
_CORE = frozenset({Hint.STEPS, Hint.ACTUAL, Hint.EXPECTED, Hint.PRESENT, Hint.WANTED, Hint.REASON, Hint.ACCEPTANCE})
_CODE_SPAN = re.compile(r"`[^`]*`")  # dots and brackets in code are code
_SIDE = frozenset({Form.HEADING, Form.COMMENT})


def prompts(every: Sequence[Sentence], barred: Sequence[frozenset[Role]]) -> frozenset[int]:
    """The numbers of further lines that the author did not write, none where the form is filled in.

    `barred` says which lines are known to be left over or noise. A form counts as hardly filled in when these and its
    headings without an answer outnumber everything else, or when none of the headings that matter has an answer.
    """
    own = [at for at in range(1, len(every)) if not barred[at] and every[at].unit.form not in _SIDE]
    left = sum(1 for one, bar in zip(every, barred, strict=True) if bar and _counts(one))
    headings = list(_headings(every, barred))
    empty = sum(1 for _, has_answer in headings if not has_answer)
    is_blank = _is_blank(every, headings)
    if not is_blank and (left + empty < _LEAST or left + _EMPTY_WEIGHT * empty < len(own)):
        return frozenset()
    spoken = frozenset(at for at in own if _speaks_to_author(every[at]))
    if is_blank and all(_MINE.isdisjoint(every[at].words) for at in own):
        return frozenset(at for at in own if at > headings[0][0]) | spoken
    if len(own) - len(spoken) <= len(own) * _STRAY:
        return spoken
    return frozenset(at for at in spoken if _is_addressed(every[at]))


def _is_blank(every: Sequence[Sentence], headings: Sequence[tuple[int, bool]]) -> bool:
    core = [has_answer for at, has_answer in headings if hint(every[at].unit.text) in _CORE]
    return len(core) >= _LEAST and not any(core)


def _headings(every: Sequence[Sentence], barred: Sequence[frozenset[Role]]) -> Iterator[tuple[int, bool]]:
    """Each heading and whether it is answered; one right above a lower heading only opens a part and is left out."""
    at: int | None = None
    for number, one in enumerate(every):
        if one.unit.form is Form.HEADING:
            if at is not None and not (number == at + 1 and one.unit.level > every[at].unit.level):
                yield at, False
            at = number
        elif at is not None and (not barred[number] or _is_skipped(one)) and one.unit.form is not Form.COMMENT:
            yield at, True
            at = None
    if at is not None:
        yield at, False


def _speaks_to_author(one: Sentence) -> bool:
    said = one.words
    if not said or not _MINE.isdisjoint(said):
        return _is_label(one)
    if _is_addressed(one) or _is_label(one) or one.asks:
        return True
    if one.is_code or one.hint is Hint.STEPS:
        return False
    is_blank = len(said) <= _SHORT and _BLANK.search(_CODE_SPAN.sub("`", one.unit.text))
    return bool(is_blank) or (said[0] in _REQUESTS and (one.is_imperative or not one.has_fact))


def _is_label(one: Sentence) -> bool:
    return len(one.words) <= _LABEL and one.unit.text.rstrip().endswith(":")


def _is_addressed(one: Sentence) -> bool:
    """Whether a line says "your", or "you" of nothing that has a name: that can be nobody's answer."""
    return "your" in one.words or not (_ADDRESSED.isdisjoint(one.words) or one.has_fact)


def _counts(one: Sentence) -> bool:
    return one.unit.form is not Form.COMMENT and not _is_skipped(one)


def _is_skipped(one: Sentence) -> bool:
    """What GitHub writes below a question of a form that was left out: an answer, if an empty one."""
    return one.words == ["no", "response"]
