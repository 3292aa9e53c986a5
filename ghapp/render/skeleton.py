"""A skeleton of the missing parts: headings and prompts to paste, filled with what the author already wrote."""

from checks.verdict import TITLE_LINE, Finding, Verdict
from ghapp.render import findings, quote

_WORDS = 6  # lines of the author under one heading

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
    "self-contained": ("From elsewhere", "What was said in the talk, the private page or the picture, written out."),
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
    sections = [_section(*parts[name], _written(open_gaps[name], used)) for name in parts if name in open_gaps]
    return tuple(line for section in sections for line in section)[:-1]


def _section(heading: str, prompt: str, written: tuple[str, ...]) -> tuple[str, ...]:
    return (f"## {heading}", "", *written, f"<!-- {prompt} -->", "")


def _written(gap: Finding, used: set[str]) -> tuple[str, ...]:
    """What the author wrote towards this part: not the title, and nothing under two headings."""
    quotes = (quote.inert(each.quote) for each in gap.evidence[:_WORDS] if each.line != TITLE_LINE)
    fresh = tuple(dict.fromkeys(words for words in quotes if words not in used))
    used.update(fresh)
    return tuple(f"- {words}" for words in fresh)
