"""The rows of a hand-over's ledger, folded into the comment on its issue: what was asked and decided, word by word."""

from collections.abc import Iterator

from ghapp.handover.ledger import Decision, Handover, Question
from ghapp.render import findings, quote

SHOWN = 30  # rows, the newest ones
_TITLE = "What was asked and decided"
_WORDS = 160  # characters of a question or an answer


def fold(handover: Handover, *, web: str) -> str:
    """A table of questions and decisions; "" when there are none, or the hand-over has ended."""
    rows = [*_questions(handover, web), *_decisions(handover)] if handover.ended_at is None else []
    if not rows:
        return ""
    left = f"The first {len(rows) - SHOWN} are left out.\n\n" if len(rows) > SHOWN else ""
    head = "| id | what | by | how it stands |\n| --- | --- | --- | --- |"
    return findings.folded(_TITLE, left + "\n".join([head, *rows[-SHOWN:]]))


def words(handover: Handover) -> Iterator[str]:
    """Everything the rows say: they are written anew when it changes."""
    for row in handover.questions:
        yield f"{row.id} {row.text} {row.answer}"
    for decision in handover.decisions:
        yield f"{decision.id} {decision.question} {decision.decision}"


def _questions(handover: Handover, web: str) -> Iterator[str]:
    for row in handover.questions:
        yield _line(f"[{row.id}]({_place(row, handover, web)})", quote.cell(row.text, _WORDS), row.by, _stand(row))


def _decisions(handover: Handover) -> Iterator[str]:
    for row in handover.decisions:
        yield _line(row.id, quote.cell(row.question, _WORDS), row.by, _decided(row))


def _line(*cells: str) -> str:
    name, what, by, stand = cells
    return f"| {name} | {what} | {quote.cell(by, 100)} | {stand} |"


def _place(row: Question, handover: Handover, web: str) -> str:
    """Where it was asked: the comment on the issue, or the pull request, of which a review has another address."""
    where = f"{web}/{handover.repository}"
    if row.pull:
        return f"{where}/pull/{row.pull}"
    return f"{where}/issues/{handover.number}#issuecomment-{row.comment}"


def _stand(row: Question) -> str:
    if row.answered_at is None:
        return f"{row.stand}, about {row.criterion}" if row.criterion else row.stand
    answer = f": {quote.cell(row.answer, _WORDS)}" if row.answer else ""
    by = f" by {quote.cell(row.answered_by, 100)}" if row.answered_by else ""
    return f"{row.stand}{answer}{by}"


def _decided(row: Decision) -> str:
    if row.decided_at is not None:
        return f"decided: {quote.cell(row.decision, _WORDS)} by {quote.cell(row.decided_by, 100)}"
    options = f", of {', '.join(quote.cell(each, 60) for each in row.options)}" if row.options else ""
    who = f" by {quote.cell(row.decider, 100)}" if row.decider else ""
    when = f" until {row.due:%Y-%m-%d}" if row.due else ""
    return f"to be decided{who}{when}{options}"
