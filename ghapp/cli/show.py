"""A verdict for people in a terminal: outcome, the author's words, and the edit that closes each gap."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from checks.verdict import Finding, Outcome, Status, Verdict
from ghapp.render import gaps
from ghapp.render.notes import CUT
from ghapp.render.quote import plain, visible

if TYPE_CHECKING:
    from checks.trace import Traced

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
PLACES = 3  # of one finding; more is noise
WIDE, NARROW = 72, 50  # columns of a terminal: with the places, without the mode


def show(verdict: Verdict, *, title: str, traced: "Sequence[Traced]" = (), console: Console | None = None) -> None:
    """Print a verdict, then what is traced; no text of an author is taken for markup, and none drives the terminal."""
    out = console or Console(highlight=False, soft_wrap=False)
    with out.capture() as captured:
        _head(out, verdict, title)
        for gap in (*gaps.of(verdict), *gaps.suggestions(verdict)):
            out.print()
            _gap(out, verdict, gap)
        if verdict.findings:
            out.print()
            out.print(_table(verdict, out.width))
        if traced:
            out.print()
            _trace(out, traced)
    # rich fills lines with spaces up to the edge, which nobody wants in a file
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _head(out: Console, verdict: Verdict, title: str) -> None:
    head = Text(verdict.outcome.value, f"bold {COLOURS[verdict.outcome]}")
    if verdict.outcome is not Outcome.SKIPPED:
        head.append(f"  {verdict.score} of 100", "bold")
    if title:
        head.append(f"  {plain(title)}", "dim")
    out.print(head)
    out.print(Text(visible(verdict.reason)))
    if verdict.truncated:
        out.print(Text(CUT))


def _gap(out: Console, verdict: Verdict, gap: Finding) -> None:
    out.print(Text.assemble((gap.criterion, f"bold {COLOURS[gap.status]}"), f"  {gaps.status(gap)}, {gap.mode}"))
    for evidence, remark in gaps.quotes(verdict, gap):
        line = Text.assemble((gaps.before(evidence), "dim"), f"“{plain(evidence.quote)}”{remark}")
        out.print(Padding(line, (0, 0, 0, 2)))
    out.print(Padding(Text(visible(gap.advice)), (0, 0, 0, 2)))


def _table(verdict: Verdict, width: int) -> Table:
    """All findings, in as many columns as there is room for."""
    left_out = {"where": width < WIDE, "mode": width < NARROW}
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    rows = [_cells(finding) for finding in verdict.findings]
    names = [name for name in rows[0] if not left_out.get(name)]
    for name in names:
        justify: Literal["right", "left"] = "right" if name == "points" else "left"
        table.add_column(name, no_wrap=name != "where", justify=justify, overflow="ellipsis")
    for cells in rows:
        table.add_row(*(cells[name] for name in names))
    return table


def _trace(out: Console, traced: "Sequence[Traced]") -> None:
    """Each acceptance criterion of the linked issues, and the author's words on it."""
    from ghapp.render import trace

    out.print(Text(trace.counted(traced)))
    for each in traced[: trace.SHOWN]:
        line = Text.assemble(
            (plain(each.name), "bold"), f"  {trace.state(each)}  ", (plain(each.criterion.text), "dim")
        )
        out.print(Padding(line, (0, 0, 0, 2)))
        if each.evidence:
            words = Text.assemble((gaps.before(each.evidence), "dim"), f"“{plain(each.evidence.quote)}”")
            out.print(Padding(words, (0, 0, 0, 4)))


def _cells(finding: Finding) -> dict[str, str | Text]:
    return {
        "criterion": finding.criterion,
        "status": Text(gaps.status(finding), COLOURS[finding.status]),
        "mode": finding.mode,
        "points": f"{finding.points:g} of {finding.of:g}" if finding.of else "",
        "where": ", ".join(dict.fromkeys(filter(None, map(gaps.place, finding.evidence[:PLACES])))),
    }
