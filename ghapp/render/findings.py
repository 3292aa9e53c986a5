"""The folded table of all findings: how each criterion came out, and where the words stand that counted."""

from checks.verdict import Evidence, Finding, Verdict
from ghapp.render import gaps, quote

_QUOTES = 2


def fold(verdict: Verdict, *, manual: str, listed: int) -> str:
    """A fold with the gaps that were not listed before it, suggestions, then a row for each finding; "" without any."""
    if not verdict.findings:
        return ""
    rest = gaps.ordered(verdict, gaps.of(verdict)[listed:], manual=manual, start=listed + 1)
    suggested = gaps.listed(verdict, gaps.suggestions(verdict), manual=manual)
    rows = [_row(finding, manual) for finding in verdict.findings]
    table = "\n".join(["| criterion | outcome | points | where |", "|---|---|---|---|", *rows])
    parts = [rest, f"Suggestions, which cost no points:\n\n{suggested}" if suggested else "", table]
    return folded(_title(rest, suggested, listed), "\n\n".join(part for part in parts if part))


def _title(rest: str, suggested: str, listed: int) -> str:
    if rest and listed:
        return "The other gaps and all findings"
    return "Suggestions and all findings" if rest or suggested else "All findings"


def folded(title: str, text: str) -> str:
    """Details that open on a click; the blank lines let Markdown be read inside."""
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"


def _row(finding: Finding, manual: str) -> str:
    outcome = gaps.status(finding) + (" (required)" if finding.is_gap and finding.mode == "required" else "")
    points = f"{finding.points:g} of {finding.of:g}" if finding.of else ""
    where = _places(finding) if finding.is_gap else _quoted(finding.evidence[:_QUOTES])
    cells = [gaps.link(finding.criterion, manual), outcome, points, where]
    return f"| {' | '.join(cells)} |"


def _quoted(evidence: tuple[Evidence, ...]) -> str:
    return "<br>".join(f"{gaps.before(each)}{quote.cell(each.quote, 80)}" for each in evidence)


def _places(gap: Finding) -> str:
    """Only where: a gap's words are quoted in the list above the table."""
    places = (gaps.place(each) for each in sorted(gap.evidence, key=lambda each: each.line))
    return ", ".join(dict.fromkeys(where for where in places if where))
