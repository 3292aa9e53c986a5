"""The backlog report for a terminal: what could be handed over today, and what would change that."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from checks.verdict import Outcome
from ghapp.backlog.figures import SCORED, STEP, Figures, share
from ghapp.backlog.rows import Row
from ghapp.render import terminal
from ghapp.render.asks import asks
from ghapp.render.headline import number
from ghapp.render.quote import plain

COLOURS = {Outcome.READY: "green", Outcome.ALMOST: "yellow", Outcome.NOT_READY: "red"}

FILLED = {Outcome.READY: "█", Outcome.ALMOST: "▓", Outcome.NOT_READY: "░"}  # told apart without colours too

_BARS = 40  # columns at most


def lines(figures: Figures, *, width: int) -> tuple[Text, ...]:
    """The report, a line each; no line is longer than the width, and none drives the terminal."""
    room = terminal.room(width)
    parts = (_head(figures), _scores(figures, room), _gaps(figures), _lifts(figures), _best(figures, room))
    return terminal.fitted((*parts, _pulls(figures)), room)


def headline(figures: Figures) -> str:
    """The one sentence that a lead asks for."""
    issues = figures.issues
    if not issues.judged:
        return f"None of {number(issues.open, 'open issue')} was judged"
    part = share(issues.ready, issues.judged)
    return f"{part} could be handed over today: {issues.ready:,} of {number(issues.judged, 'open issue')}"


def policy(figures: Figures) -> str:
    """By what it was judged."""
    by = ", ".join(figures.asked.files) or "the defaults"
    broken = "; a policy file has mistakes and does not hold" if figures.asked.broken else ""
    return f"ready from {figures.asked.threshold} points, by {by}{broken}"


def rest(figures: Figures) -> str:
    """The issues that could not be handed over."""
    issues = figures.issues
    skipped = f", {issues.skipped:,} not judged" if issues.skipped else ""
    return f"{issues.almost:,} almost, {issues.not_ready:,} not ready{skipped}"


def moment(at: datetime) -> str:
    """A time as it is shown."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def tens(index: int) -> str:
    """The points that one bar stands for."""
    first = index * STEP
    return f"{first}-{100 if first + STEP == 100 else first + STEP - 1}"


def said(outcome: Outcome) -> str:
    """An outcome in words."""
    return outcome.value.replace("-", " ")


def total(count: Mapping[Outcome, int]) -> int:
    """All issues of one bar."""
    return sum(count.values())


def pulls(figures: Figures) -> str:
    """What the newest pull requests say of their reasons."""
    found = figures.pulls
    if not found.judged:
        return f"None of the {number(found.read, 'newest pull request')} was judged" if found.read else "There are none"
    part = share(found.says_why, found.judged)
    in_part = f", {found.says_in_part:,} in part" if found.says_in_part else ""
    return f"{part} say why: {found.says_why:,} of {found.judged:,}{in_part}; {found.silent:,} do not"


def lifts(figures: Figures) -> str:
    """What stands above the edits, however many would lift anything."""
    count = len(figures.lifts)
    return f"The {f'{count} edits' if count > 1 else 'edit'} that would lift most"


def lift(issues: int, criterion: str) -> str:
    """What mending one gap alone would do."""
    return f"{criterion}: {number(issues, 'more issue')} ready with this one gap closed"


def _head(figures: Figures) -> Iterator[Text]:
    yield Text.assemble((plain(figures.repository), "bold"), f"  {moment(figures.ended)}")
    yield Text(headline(figures), "bold green" if figures.issues.ready else "bold")
    yield Text(rest(figures))
    yield Text(policy(figures), "dim")


def _scores(figures: Figures, room: int) -> Iterator[Text]:
    head = Text.assemble(("Scores", "bold"), "  ")
    for outcome in SCORED:
        head.append(f" {FILLED[outcome]}", COLOURS[outcome]).append(f" {said(outcome)}")
    yield head
    most = max(map(total, figures.scores))
    longest = min(_BARS, room - 11 - len(f"{most:,}"))
    for index, count in enumerate(figures.scores):
        line = Text(f"{tens(index):>8}  ")
        for outcome, length in _lengths(count, longest, most):
            line.append(FILLED[outcome] * length, COLOURS[outcome])
        yield line.append(f"{' ' if total(count) else ''}{total(count):,}")


def _lengths(count: Mapping[Outcome, int], longest: int, most: int) -> Iterator[tuple[Outcome, int]]:
    """How many letters each outcome's part of a bar has."""
    parts = [count[outcome] for outcome in SCORED]
    return zip(SCORED, terminal.lengths(parts, longest=longest, most=most), strict=True)


def _gaps(figures: Figures) -> Iterator[Text]:
    yield Text("Most often missing", "bold")
    sentences = asks("issue")
    if not figures.gaps:
        yield Text("  nothing")
    widest = max((len(f"{max(gap.missing, gap.partly):,}") for gap in figures.gaps), default=0)
    for gap in figures.gaps:
        counts = f"{gap.missing:>{widest},} missing {gap.partly:>{widest},} in part"
        yield Text(f"  {gap.criterion:<14}  {counts}  {sentences.get(gap.criterion, '')}".rstrip())


def _lifts(figures: Figures) -> Iterator[Text]:
    yield Text(lifts(figures), "bold")
    if not figures.lifts:
        yield Text("  no single edit makes an issue ready")
    for each in figures.lifts:
        yield Text(f"  {lift(each.issues, each.criterion)}")


def _best(figures: Figures, room: int) -> Iterator[Text]:
    yield Text("Hand over first", "bold")
    if not figures.best:
        yield Text("  none is ready or almost ready, and free")
    widest = max((len(str(row.number)) for row in figures.best), default=0)
    for row in figures.best:
        yield Text.assemble(
            f"  #{row.number:<{widest}}  {row.score:>3}  ", (f"{row.outcome.value:<7}", COLOURS[row.outcome]), "  ",
            _title(row, room),
        )  # fmt: skip


def _title(row: Row, room: int) -> str:
    said = plain(row.title)
    return said if cell_len(said) <= room else set_cell_size(said, room)


def _pulls(figures: Figures) -> Sequence[Text]:
    return Text("The newest pull requests", "bold"), Text(f"  {pulls(figures)}")
