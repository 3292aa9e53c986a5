"""A verdict for people in a terminal: outcome, the author's words, and the edit that closes each gap."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from checks.verdict import Finding, Outcome, Status, Verdict
from ghapp.render.gaps import place
from ghapp.render.quote import visible

COLOURS = {
    Outcome.READY: "green",
    Outcome.ALMOST: "yellow",
    Outcome.NOT_READY: "red",
    Outcome.SKIPPED: "cyan",
    Status.MET: "green",
    Status.PARTLY: "yellow",
    Status.MISSING: "red",
    Status.NOT_ASKED: "dim",
}
QUOTES = 3  # of one finding; more is noise


def show(verdict: Verdict, *, title: str, console: Console | None = None) -> None:
    """Print a verdict; the author's text is never taken for markup, and none of it drives the terminal."""
    out = console or Console(highlight=False, soft_wrap=False)
    head = Text.assemble((f"{verdict.outcome.value}", f"bold {COLOURS[verdict.outcome]}"))
    if verdict.outcome is not Outcome.SKIPPED:
        head.append(f"  {verdict.score} of 100", "bold")
    if title:
        head.append(f"  {visible(title)}", "dim")
    out.print(head)
    out.print(Text(verdict.reason))
    for gap in verdict.gaps:
        out.print()
        _gap(out, gap)
    if verdict.findings:
        out.print()
        out.print(_table(verdict))


def _gap(out: Console, gap: Finding) -> None:
    out.print(Text.assemble((gap.criterion, f"bold {COLOURS[gap.status]}"), f"  {gap.status.value}, {gap.mode}"))
    for evidence in gap.evidence[:QUOTES]:
        out.print(Padding(Text.assemble((f"{place(evidence)}: ", "dim"), f"“{visible(evidence.quote)}”"), (0, 0, 0, 2)))
    out.print(Padding(Text(gap.advice), (0, 0, 0, 2)))


def _table(verdict: Verdict) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("criterion")
    table.add_column("status")
    table.add_column("mode")
    table.add_column("points", justify="right")
    table.add_column("where", overflow="ellipsis")
    for finding in verdict.findings:
        points = f"{finding.points:g} of {finding.of:g}" if finding.of else ""
        where = ", ".join(dict.fromkeys(place(evidence) for evidence in finding.evidence[:QUOTES]))
        status = Text(finding.status.value, COLOURS[finding.status])
        table.add_row(finding.criterion, status, finding.mode, points, where)
    return table
