"""The report on hand-overs for a terminal, and the words and cells that its page shares."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from rich.cells import cell_len
from rich.text import Text

from config.people import Role
from ghapp.backlog.figures import share
from ghapp.render import terminal
from ghapp.render.backlog_text import COLOURS, FILLED, moment, said
from ghapp.render.headline import number
from ghapp.render.quote import plain
from ghapp.trends.cost import FEWEST, Cost
from ghapp.trends.figures import SCORED, Figures, Period, Waiting
from ghapp.trends.turns import Turns

SIDES = {Role.TEAM: "the team", Role.CONTRACTOR: "contractors"}
PERIODS = ("", "handed", "ready", "score", "in hand", "asked", "each", "rounds", "each", "team", "contractors")
WAITING = ("", "", "turns", "hours", "median", "longest")
COSTS = ("", "thin in", "asked each", "about it", "team", "not in", "asked each", "team")
WHO = "Who was waited for, in working hours of theirs"
TOGETHER = (
    "thin in, not in: so many hand-overs. team: the median of its hours in one.",
    "This is what went together; what came of what, it does not say.",
)

_CHARTED = 26  # weeks in a picture; more are drawn as quarters
_BARS = 40  # columns at most
_WAITED = (("█", "blue", Role.TEAM), ("░", "", Role.CONTRACTOR))
GOES_ON = "*"

Cells = tuple[str, ...]


def lines(figures: Figures, *, width: int) -> tuple[Text, ...]:
    """The report, a line each; no line is longer than the width, and none drives the terminal."""
    room = terminal.room(width)
    parts = (
        _head(figures),
        _ready(figures, room),
        _waited(figures, room),
        _table("By week", PERIODS, map(period, figures.weeks)),
        _table("By quarter", PERIODS, [*map(period, figures.quarters), all_of_it(figures)]),
        [Text(f"  {note}") for note in notes(figures)],
        _table(WHO, WAITING, waiting(figures), words=2),
        [Text(f"  {note}") for note in unknown(figures)],
        _costs(figures),
    )
    return terminal.fitted(parts, room)


def headline(figures: Figures) -> str:
    """The one sentence that a lead asks for."""
    whole = figures.whole
    if not whole.handed:
        return f"Nothing was handed over since; {number(whole.in_hand, 'hand-over')} went on"
    if not whole.judged:
        return f"None of {number(whole.handed, 'issue')} handed over was judged"
    part = share(whole.ready, whole.judged)
    were = "was" if whole.judged == 1 else "were"
    issues = number(whole.judged, "issue")
    return f"{part} {were} ready when handed over: {whole.ready:,} of {issues}"


def loop(figures: Figures) -> str:
    """What came after the pick-up."""
    whole = figures.whole
    asked, rounds = each(whole.questions, whole), each(whole.rounds, whole)
    return f"{asked} questions and {rounds} rounds of rework a hand-over, {whole.in_hand:,} in all"


def still(figures: Figures) -> Iterator[str]:
    """How many go on, and how far they count."""
    if figures.not_over:
        goes = "goes on: it counts" if figures.not_over == 1 else "go on: they count"
        yield f"{figures.not_over:,} of them {goes} up to now"
    if figures.unfollowed:
        yield f"{figures.unfollowed:,} of these not looked at for two days: up to the last look"


def span(figures: Figures) -> str:
    """Of what the report is."""
    of = f", {figures.repositories:,} repositories" if figures.repositories > 1 else ""
    return f"{figures.since} to {moment(figures.now)}{of}"


def notes(figures: Figures) -> Iterator[str]:
    """What the tables' marks and words mean."""
    yield "asked: questions. each: by hand-overs in hand."
    yield "team, contractors: working hours that they were waited for."
    turns = (turn for each in (*figures.weeks, figures.whole) for turn in (each.team, each.contractor))
    if any(turn.running for turn in turns) or not all(each.is_whole for each in (*figures.weeks, *figures.quarters)):
        yield f"* goes on, counted up to {moment(figures.now)}, or begins before {figures.since}."


def unknown(figures: Figures) -> Iterator[str]:
    """Of whom nobody said where they work."""
    lost = sorted({plain(each.login) for each in figures.people if not each.is_known}, key=str.casefold)
    if lost:
        yield f"No time zone is set for {', '.join(lost)}: UTC was taken."


def charted(figures: Figures) -> tuple[Period, ...]:
    """The periods that a picture shows."""
    return figures.weeks if len(figures.weeks) <= _CHARTED else figures.quarters


def period(found: Period) -> Cells:
    """A row of a table by time."""
    return (
        f"{found.name}{'' if found.is_whole else GOES_ON}",
        f"{found.handed:,}",
        f"{found.ready:,}/{found.judged:,}" if found.judged else "-",
        "-" if found.score is None else str(found.score),
        f"{found.in_hand:,}",
        f"{found.questions:,}",
        each(found.questions, found),
        f"{found.rounds:,}",
        each(found.rounds, found),
        _hours(found.team.worked, goes_on=found.team.running > 0),
        _hours(found.contractor.worked, goes_on=found.contractor.running > 0),
    )


def all_of_it(figures: Figures) -> Cells:
    """The last row of a table by time."""
    _, *cells = period(figures.whole)
    return "in all", *cells


def each(count: int, found: Period) -> str:
    """How many there are for each hand-over that was in hand."""
    return f"{count / found.in_hand:.1f}" if found.in_hand else "-"


def waiting(figures: Figures) -> Iterator[Cells]:
    """Who was waited for: the two sides, then each person."""
    for side, turns in ((Role.TEAM, figures.whole.team), (Role.CONTRACTOR, figures.whole.contractor)):
        yield SIDES[side], "", *_turns(turns)
    for person in figures.people:
        yield _person(person)


def cost(found: Cost) -> Cells:
    """What one missing part went with."""
    thin, others = found.thin, found.others
    beside = ("-", "-", "-")
    if others is not None:
        beside = (f"{others.handovers:,}", f"{others.each:.1f}", _hours(others.waited))
    return (
        plain(found.criterion),
        f"{thin.handovers:,}",
        f"{thin.each:.1f}",
        f"{found.about:,}",
        _hours(thin.waited),
        *beside,
    )


def few(figures: Figures) -> str:
    """The criteria of which nothing is said, and why; "" where all is said."""
    if not figures.few:
        return "" if figures.costs else "Nothing was thin at pick-up."
    named = ", ".join(f"{plain(criterion)} ({times})" for criterion, times in figures.few)
    return f"Thin in fewer than {FEWEST} hand-overs, so nothing is said: {named}."


def _head(figures: Figures) -> Iterator[Text]:
    yield Text.assemble((plain(figures.name), "bold"), f"  {span(figures)}")
    yield Text(headline(figures), "bold")
    yield Text(loop(figures))
    yield from map(Text, still(figures))


def _ready(figures: Figures, room: int) -> Iterator[Text]:
    head = Text.assemble(("Ready at pick-up", "bold"), "  ")
    for outcome in SCORED:
        head.append(f" {FILLED[outcome]}", COLOURS[outcome]).append(f" {said(outcome)}")
    yield head
    shown = charted(figures)
    most = max((each.judged for each in shown), default=0)
    for found in shown:
        line = Text(f"  {found.name:<9} ")
        long = terminal.lengths(found.outcomes, longest=_longest(room, f"{most:,}"), most=most)
        for outcome, length in zip(SCORED, long, strict=True):
            line.append(FILLED[outcome] * length, COLOURS[outcome])
        yield line.append(f"{' ' if found.judged else ''}{found.judged:,}")


def _waited(figures: Figures, room: int) -> Iterator[Text]:
    head = Text.assemble(("Waited for", "bold"), "  ")
    for letter, colour, side in _WAITED:
        head.append(f" {letter}", colour).append(f" {SIDES[side]}")
    yield head
    shown = charted(figures)
    spent = [(in_hours(each.team.worked), in_hours(each.contractor.worked)) for each in shown]
    most = max(map(sum, spent), default=0)
    for found, parts in zip(shown, spent, strict=True):
        line = Text(f"  {found.name:<9} ")
        long = terminal.lengths(parts, longest=_longest(room, f"{most:,.1f}"), most=most)
        for (letter, colour, _), length in zip(_WAITED, long, strict=True):
            line.append(letter * length, colour)
        yield line.append(f"{' ' if sum(parts) else ''}{sum(parts):,.1f}")


def _longest(room: int, count: str) -> int:
    return min(_BARS, room - 13 - len(count))


def _costs(figures: Figures) -> Iterator[Text]:
    yield from _table("What missing parts went with", COSTS, map(cost, figures.costs))
    for note in TOGETHER if figures.costs else ():
        yield Text(f"  {note}")
    if left_out := few(figures):
        yield Text(f"  {left_out}")


def _table(title: str, head: Cells, rows: Iterable[Cells], *, words: int = 1) -> Iterator[Text]:
    """Columns of words at their left, those of numbers at their right with their marks behind them."""
    cells = list(rows)
    yield Text(title, "bold")
    if not cells:
        return
    columns = [_column(column, is_words=place < words) for place, column in enumerate(zip(head, *cells, strict=True))]
    for place, row in enumerate(zip(*columns, strict=True)):
        yield Text(f"  {' '.join(row)}".rstrip(), "" if place else "dim")


def _column(cells: Sequence[str], *, is_words: bool) -> Iterator[str]:
    bare = [cell.rstrip(GOES_ON) for cell in cells]
    wide, room = max(map(cell_len, bare)), max(len(cell) - len(words) for cell, words in zip(cells, bare, strict=True))
    for cell, words in zip(cells, bare, strict=True):
        air = " " * (wide - cell_len(words))
        mark = f"{cell[len(words) :]:<{room}}"
        yield f"{words}{mark}{air}" if is_words else f"{air}{words}{mark}"


def _turns(turns: Turns) -> Cells:
    return (
        f"{turns.count:,}",
        _hours(turns.worked, goes_on=turns.running > 0),
        _hours(turns.median),
        _hours(turns.longest, goes_on=turns.longest_runs),
    )


def _person(person: Waiting) -> Cells:
    return plain(person.login), person.side.value, *_turns(person.turns)


def _hours(spent: timedelta, *, goes_on: bool = False) -> str:
    return f"{in_hours(spent):,.1f}{GOES_ON if goes_on else ''}"


def in_hours(spent: timedelta) -> float:
    """A span in hours."""
    return spent.total_seconds() / 3600
