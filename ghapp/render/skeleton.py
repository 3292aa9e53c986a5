"""A skeleton of the missing parts: headings and prompts to paste, beside what already counts of the author's words."""

from textwrap import wrap

from checks.verdict import TITLE_LINE, Evidence, Finding, Status, Verdict
from ghapp.render import findings, quote
from ghapp.render.counting import counting

_WORDS = 6  # lines of the author under one heading
_ELSEWHERE = "self-contained"  # what leans on another place is replaced even where the rest stands here
_WIDTH = 72  # characters of a prompt's line: GitHub does not wrap what stands in a code block

# Heading and prompt. Prompts are HTML comments: pasted and left alone, a skeleton earns nothing.
_ISSUE = {
    "context": ("Context", "Which part of which system, how it behaves today, and why that matters."),
    "contract": (
        "Input and output",
        "Fields and types, status codes, error texts, one example. For a bug: steps, actual, expected.",
    ),
    "acceptance": ("Acceptance criteria", "One line for each check: what is done, and what can then be seen."),
    "scope": ("Scope", "The one finish line; then what is out of scope."),
    "edge-cases": (
        "Edge cases",
        "Empty and wrong input, limits, failures, two at once, roll-back: what should happen.",
    ),
    _ELSEWHERE: ("From elsewhere", "What was said in the talk, the private page or the picture, written out."),
    "engagement": ("Delivery", "What is handed over, by when, who reviews it and how."),
}
_PULL = {
    "what": ("What", "What behaves differently now, beyond the title and the list of files."),
    "why": ("Why", "The reason, in a sentence: what was wrong, or what this makes possible."),
    "decisions": ("Decisions", "What was chosen, what was rejected and why; what the team still has to decide."),
    "verification": ("How it was checked", "Tests, commands and what they printed; or why it was not checked."),
    "linked-issue": ("Issue", "Closes #number, or the issue's full address."),
    "acceptance-trace": ("Acceptance criteria", "For each one: where it is addressed, or why not."),
}


def fold(verdict: Verdict) -> str:
    """The skeleton in a fold; "" when no gap has a heading of its own."""
    text = lines(verdict)
    return findings.folded("A skeleton of the missing parts, to paste", quote.fence(text)) if text else ""


def lines(verdict: Verdict) -> tuple[str, ...]:
    """The skeleton's lines, in the order in which a reader wants the parts."""
    parts = _PULL if verdict.kind == "pull" else _ISSUE
    open_gaps = {gap.criterion: gap for gap in verdict.gaps}
    used: set[str] = set()
    sections = [_section(verdict, open_gaps[name], *parts[name], used=used) for name in parts if name in open_gaps]
    return tuple(line for section in sections for line in section)[:-1]


def _section(verdict: Verdict, gap: Finding, heading: str, prompt: str, *, used: set[str]) -> tuple[str, ...]:
    """A new part; or, where something of the author's own one counts, that and what to do with the rest."""
    counted = [each for each in counting(verdict, gap)[:_WORDS] if each.line != TITLE_LINE]
    if counted:
        return (*_comment(f"{heading}: replace or extend yours. {prompt}"), *_kept(counted, used), "")
    return (f"## {heading}", "", *_comment(f"{_instead(gap)}{prompt}"), "")


def _instead(gap: Finding) -> str:
    """The lines of the author that a new part makes superfluous."""
    if gap.status is Status.PARTLY and gap.criterion != _ELSEWHERE:
        return ""
    *others, last = sorted({each.line for each in gap.evidence})[:_WORDS] or [TITLE_LINE]
    numbers = [f"{number}" for number in others if number != TITLE_LINE]
    if last == TITLE_LINE:
        return ""
    return f"In place of lines {', '.join(numbers)} and {last}. " if numbers else f"In place of line {last}. "


def _comment(prompt: str) -> tuple[str, ...]:
    *others, last = wrap(f"<!-- {prompt}", _WIDTH)
    return (*others, f"{last} -->")


def _kept(counted: list[Evidence], used: set[str]) -> tuple[str, ...]:
    """The author's words that count, nothing under two headings."""
    fresh = tuple(dict.fromkeys(words for each in counted if (words := quote.inert(each.quote)) not in used))
    used.update(fresh)
    return tuple(f"- {words}" for words in fresh)
