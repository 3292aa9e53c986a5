"""Acceptance criteria as people read them: where each is addressed, and what became of it since pick-up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from checks.acceptance_criteria import Drift
from checks.subject import LinkedIssue
from checks.trace import Change, Named, State, Traced
from checks.walk import Step
from ghapp.render import findings, gaps, quote

SHOWN = 50  # rows of a table
LINES = 5  # changes told outside the table

_TITLE = "What the author says of each acceptance criterion"
_READ = "Only the author's words were compared; no code was read."
_SHORT = 80  # characters of a quote beside another
_NAME = 140  # an issue's name and an id
_ANSWER = 240  # characters of an answer that are filled in
_SINCE = {
    Change.REWORDED: "changed since pick-up",
    Change.ADDED: "added since pick-up",
    Change.DROPPED: "dropped since pick-up",
}


def drift_lines(drift: Drift, *, issue: str = "") -> tuple[str, ...]:
    """What became of an issue's acceptance criteria since pick-up, a line each; `issue` where several are told of."""
    before = f"{issue} " if issue else ""
    told = [
        *(_reworded(before + each.was.id, each.was.text, each.now.text) for each in drift.reworded),
        *(_changed(before + each.id, Change.DROPPED, each.text) for each in drift.dropped),
        *(_changed(before + each.id, Change.ADDED, each.text) for each in drift.added),
    ]
    return tuple(_bounded(told))


def notes(traced: Iterable[Traced], linked: Iterable[LinkedIssue] = ()) -> tuple[str, ...]:
    """What a pull request's check says before its folds: issues that cannot be read, and promises that changed."""
    unread = [_unreadable(issue) for issue in linked if not issue.is_readable]
    changed = [_change(each) for each in traced if each.change is not Change.NONE]
    return (*_bounded(unread), *_bounded(changed))


def fold(traced: Sequence[Traced], walked: Iterable[Step] = ()) -> str:
    """The folded table of a check run: each acceptance criterion, its state, the author's words, the reviewer's."""
    if not traced:
        return ""
    steps = {step.name: step for step in walked}
    columns = ["id", "acceptance criterion", "state", "where the author says so", *(["review"] if steps else [])]
    rows = [_row(each, steps) for each in traced[:SHOWN]]
    table = [_line(columns), _line(["---"] * len(columns)), *rows]
    return findings.folded(_TITLE, "\n\n".join([f"{counted(traced)} {_READ}", "\n".join(table)]))


def counted(traced: Iterable[Traced]) -> str:
    """How many are in which state: "Of 3 acceptance criteria 2 are addressed, 1 is not mentioned."."""
    count = Counter(each.state for each in traced if each.is_asked)
    parts = [f"{count[state]} {'is' if count[state] == 1 else 'are'} {state}" for state in State if count[state]]
    noun = "criterion" if count.total() == 1 else "criteria"
    return f"Of {count.total()} acceptance {noun} {', '.join(parts)}." if parts else ""


def table(traced: Sequence[Traced]) -> tuple[str, ...]:
    """A trace table in Markdown to be filled in, with what the author already wrote; for a code block only."""
    rows = [each for each in traced if each.is_asked][:SHOWN]
    if not rows:
        return ()
    head = (_line(["id", "acceptance criterion", "where"]), _line(["---", "---", "---"]))
    return (*head, *(_line([_raw(each.name), _raw(each.criterion.text), _raw(_answer(each))]) for each in rows))


def offer(traced: Sequence[Traced]) -> str:
    """The same table for whoever is about to open the pull request; "" where nothing was promised."""
    rows = table(traced)
    first = "**A table to trace the acceptance criteria by**, for the description of the pull request."
    return f"{first}\n\n{quote.fence(rows)}" if rows else ""


def state(each: Traced) -> str:
    """The state of one, and what became of it since pick-up: two facts."""
    return "; ".join(filter(None, [each.state.value if each.is_asked else "", _SINCE.get(each.change, "")]))


def where(each: Traced) -> str:
    """The author's words with their place, then the commits, tests and commands named beside them."""
    quoted = f"{gaps.before(each.evidence)}{quote.cell(each.evidence.quote, _SHORT)}" if each.evidence else ""
    return "<br>".join(filter(None, [quoted, *_beside(each.named)]))


def _row(each: Traced, steps: dict[str, Step]) -> str:
    cells = [quote.cell(each.name, _NAME), quote.cell(each.criterion.text, _SHORT), state(each), where(each)]
    step = steps.get(each.name)
    remark = f": {quote.cell(step.remark, _SHORT)}" if step and step.remark else ""
    return _line([*cells, f"{step.grade}{remark}" if step else ""] if steps else cells)


def _beside(named: Named) -> Iterator[str]:
    for kind, found in (("commit", named.commits), ("test", named.tests), ("command", named.commands)):
        if found:
            yield f"{kind} {', '.join(quote.cell(one, _SHORT) for one in found)}"


def _answer(each: Traced) -> str:
    """What the author wrote of it, as it can stand in the table's last column."""
    if each.state is State.NOT_MENTIONED or (each.state is State.NOT_YET and not each.answer):
        return ""
    return each.answer or each.state.value


def _raw(text: str) -> str:
    return quote.inert(text, _ANSWER).replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _change(each: Traced) -> str:
    if each.change is Change.REWORDED:
        return _reworded(each.name, each.was, each.criterion.text)
    return _changed(each.name, each.change, each.criterion.text)


def _reworded(name: str, was: str, now: str) -> str:
    return f"{_named(name)} changed since pick-up: was {quote.code(was, _SHORT)}, now {quote.code(now, _SHORT)}."


def _changed(name: str, change: Change, text: str) -> str:
    return f"{_named(name)} was {_SINCE[change]}: {quote.code(text, _SHORT)}."


def _unreadable(issue: LinkedIssue) -> str:
    return f"{_named(issue.name)} cannot be read from here, so nothing is asked for its acceptance criteria."


def _named(name: str) -> str:
    return quote.code(name, _NAME)


def _bounded(told: Sequence[str]) -> Iterator[str]:
    yield from told[:LINES]
    if len(told) > LINES:
        yield f"{len(told) - LINES} more."
