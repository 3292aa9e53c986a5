"""The folded table of all findings: how each criterion came out, and where the words stand that counted."""

from checks.verdict import Evidence, Finding, Verdict
from ghapp.render import gaps, quote

_QUOTES = 2


def fold(verdict: Verdict, *, manual: str, listed: int) -> str:
    """A fold with the gaps that were not listed before it, then one row for each finding; "" without findings."""
    if not verdict.findings:
        return ""
    rest = gaps.ordered(gaps.of(verdict)[listed:], manual=manual, start=listed + 1)
    title = (
        "All findings" if not rest else "The other gaps and all findings" if listed else "Suggestions and all findings"
    )
    rows = [_row(finding, manual) for finding in verdict.findings]
    table = "\n".join(["| criterion | outcome | points | where |", "|---|---|---|---|", *rows])
    return folded(title, f"{rest}\n\n{table}" if rest else table)


def folded(title: str, text: str) -> str:
    """Details that open on a click; the blank lines let Markdown be read inside."""
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"


def _row(finding: Finding, manual: str) -> str:
    outcome = gaps.STATUS[finding.status] + (" (required)" if finding.is_gap and finding.mode == "required" else "")
    points = f"{finding.points:g} of {finding.of:g}" if finding.of else ""
    where = _places(finding) if finding.is_gap else _quoted(finding.evidence[:_QUOTES])
    cells = [gaps.link(finding.criterion, manual), outcome, points, where]
    return f"| {' | '.join(cells)} |"


def _quoted(evidence: tuple[Evidence, ...]) -> str:
    return "<br>".join(f"{gaps.place(each)}: {quote.cell(each.quote, 80)}" for each in evidence)


def _places(gap: Finding) -> str:
    """Only where: a gap's words are quoted in the list above the table."""
    return ", ".join(dict.fromkeys(gaps.place(each) for each in sorted(gap.evidence, key=lambda each: each.line)))
