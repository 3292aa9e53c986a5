"""The reviewer's walk: our comment with three boxes for each acceptance criterion, and what could not be read of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from checks.trace import Traced
from checks.walk import Grade, Step, Walk
from ghapp.handover.walked import BOXES
from ghapp.render import quote, trace
from ghapp.render.body import body
from ghapp.render.footer import footer, timeless

MARKER = BOXES

_HEAD = "**Walk through the acceptance criteria.** Tick one box for each; words behind a box are kept as its remark."
_FOLLOWS = "`/handoff walk AC1 met, AC2 partly: no test` does the same"
_SHORT = 120  # characters of an acceptance criterion
_NAME = 140
_MOST = 12  # names in one sentence


def comment(traced: Sequence[Traced], steps: Iterable[Step] = (), *, as_of: datetime) -> str:
    """The comment of boxes: a line for each acceptance criterion, and below it one box for each word, ids in all.

    GitHub makes a box that can be ticked of a list's item only, so three of them need three items.
    """
    given = {step.name: step for step in steps}
    asked = [each for each in traced if each.is_asked]
    lines = [line for each in asked for line in _lines(each, given.get(each.name))]
    return body([f"{MARKER}\n{_HEAD}", "\n".join(lines)], footer=footer(as_of, first=_FOLLOWS))


def kept(steps: Sequence[Step]) -> str:
    """What a reviewer found, in one sentence: "Walked: `AC1` met, `AC2` partly (`no test`)."."""
    return f"Walked: {', '.join(map(_step, steps))}." if steps else ""


def nothing_promised() -> str:
    """There is nothing to walk through."""
    return "No issue that this pull request closes was handed over with acceptance criteria."


def faults(walk: Walk, known: Sequence[str]) -> tuple[str, ...]:
    """What could not be taken from a comment or a command, a sentence each."""
    return tuple(_faults(walk, known))


def same(old: str, new: str) -> bool:
    """Whether two comments say the same, but for their as-of time."""
    return timeless(old) == timeless(new)


def _lines(each: Traced, step: Step | None) -> Iterator[str]:
    name = quote.code(each.name, _NAME)
    yield f"- {name} {quote.code(each.criterion.text, _SHORT)} ({trace.state(each)})"
    for grade in Grade:
        is_given = step is not None and step.grade is grade
        remark = f": {quote.code(step.remark)}" if step and is_given and step.remark else ""
        yield f"  - [{'x' if is_given else ' '}] {name} {grade}{remark}"


def _step(step: Step) -> str:
    remark = f" ({quote.code(step.remark, _SHORT)})" if step.remark else ""
    return f"{quote.code(step.name, _NAME)} {step.grade}{remark}"


def _faults(walk: Walk, known: Sequence[str]) -> Iterator[str]:
    if not (walk.steps or walk.unknown or walk.contradicted):
        yield "No acceptance criterion is named with met, partly or not behind it."
    if walk.unknown:
        others = f"not an acceptance criterion here, or of several issues; there are {_listed(known)}"
        yield f"{_listed(walk.unknown)}: {others}."
    for name in walk.contradicted:
        yield f"{_listed([name])} has two different words; say one of met, partly, not."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(quote.code(name, _NAME) for name in names[:_MOST])
    return f"{shown} and {len(names) - _MOST} more" if len(names) > _MOST else shown or "none"
