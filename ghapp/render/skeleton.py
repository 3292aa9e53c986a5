"""A skeleton of the missing parts: headings and prompts to paste, beside what already counts of the author's words."""

from collections.abc import Sequence

from checks.trace import Traced
from checks.verdict import TITLE_LINE, Evidence, Finding, Status, Verdict
from ghapp.render import findings, quote, trace
from ghapp.render.counting import counting
from ghapp.render.parts import ELSEWHERE, ISSUE, PULL, Part, comment

_TRACED = "acceptance-trace"
_WORDS = 6  # lines of the author under one heading


def fold(verdict: Verdict) -> str:
    """The skeleton in a fold; "" when no gap has a heading of its own."""
    text = lines(verdict)
    return findings.folded("A skeleton of the missing parts, to paste", quote.fence(text)) if text else ""


def lines(verdict: Verdict, traced: Sequence[Traced] = ()) -> tuple[str, ...]:
    """The skeleton's lines, in the order in which a reader wants the parts; what is traced gets its table."""
    parts = PULL if verdict.kind == "pull" else ISSUE
    open_gaps = {gap.criterion: gap for gap in verdict.gaps}
    used: set[str] = set()
    tables = {_TRACED: _table(traced, parts[_TRACED])} if traced else {}
    sections = [
        tables.get(name) or _section(verdict, open_gaps[name], parts[name], used=used)
        for name in parts
        if name in open_gaps
    ]
    return tuple(line for section in sections for line in section)[:-1]


def _table(traced: Sequence[Traced], part: Part) -> tuple[str, ...]:
    """The trace table of this very issue, with what its author already wrote."""
    return (f"## {part.heading}", "", *comment(part.prompt), "", *trace.table(traced), "")


def _section(verdict: Verdict, gap: Finding, part: Part, *, used: set[str]) -> tuple[str, ...]:
    """A new part; or, where something of the author's own one counts, that and what to do with the rest."""
    counted = [each for each in counting(verdict, gap)[:_WORDS] if each.line != TITLE_LINE]
    if counted:
        return (*comment(f"{part.heading}: replace or extend yours. {part.prompt}"), *_kept(counted, used), "")
    return (f"## {part.heading}", "", *comment(f"{_instead(gap)}{part.prompt}"), "")


def _instead(gap: Finding) -> str:
    """The lines of the author that a new part makes superfluous."""
    if gap.status is Status.PARTLY and gap.criterion != ELSEWHERE:
        return ""
    *others, last = sorted({each.line for each in gap.evidence})[:_WORDS] or [TITLE_LINE]
    numbers = [f"{number}" for number in others if number != TITLE_LINE]
    if last == TITLE_LINE:
        return ""
    return f"In place of lines {', '.join(numbers)} and {last}. " if numbers else f"In place of line {last}. "


def _kept(counted: list[Evidence], used: set[str]) -> tuple[str, ...]:
    """The author's words that count, nothing under two headings."""
    fresh = tuple(dict.fromkeys(words for each in counted if (words := quote.inert(each.quote)) not in used))
    used.update(fresh)
    return tuple(f"- {words}" for words in fresh)
