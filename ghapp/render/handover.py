"""What is said of a hand-over: who has the next move, what was asked, and the few things that are said unasked."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from checks import acceptance_criteria
from checks.subject import Issue
from checks.verdict import Finding
from config.handover import Part
from ghapp.handover.ledger import Decision, Handover, Question, Stand
from ghapp.handover.telling import Telling, Topic
from ghapp.render import ledger, quote, trace
from ghapp.subjects import Kind

_SAID = "<!-- handoff:said "
# The last line of a comment: above it may stand others' words.
_KEY = re.compile(rf"^{re.escape(_SAID)}([a-z-]+ [\w:-]+) -->\s*\Z", re.MULTILINE)


def keys(texts: Iterable[str]) -> Iterator[str]:
    """What some comments of ours said, by the hidden line that tells it."""
    for text in texts:
        yield from _KEY.findall(text)


def telling(told: Telling, handover: Handover, *, manual: str) -> str:
    """One thing that is said unasked, to the person it names."""
    return f"@{told.to}: {_TOPICS[told.topic](told, handover, manual)}\n\n{_SAID}{told.key} -->"


def shown(handover: Handover) -> tuple[str, ...]:
    """All that an issue and its pull requests show of a hand-over: they are written anew when it changes."""
    traced = (f"{each.id} {each.text}" for each in (*handover.criteria, *handover.present))
    walked = (f"{each.criterion} {each.grade} {each.remark}" for each in handover.walked)
    return (*lines(handover), *ledger.words(handover), *traced, *walked, *map(str, handover.pulls))


def issue_lines(handover: Handover, issue: Issue) -> tuple[str, ...]:
    """What the issue's comment says of its hand-over: where it stands, and which promises changed since."""
    if handover.ended_at is not None:
        return ()
    drift = acceptance_criteria.drift(handover.criteria, acceptance_criteria.of(issue))
    return (*lines(handover), *trace.drift_lines(drift))


def lines(handover: Handover) -> tuple[str, ...]:
    """Where a hand-over stands: a line each for the next move, the questions and the decisions."""
    if handover.ended_at is not None:
        return ()
    return tuple(filter(None, (_next(handover), _questions(handover.questions), _decisions(handover.decisions))))


def not_handed(kind: Kind) -> str:
    """A command of hand-overs was used where none is."""
    if kind is Kind.PULL:
        return "This pull request answers no issue that is in a contractor's hands: link the issue it closes."
    return "This issue is in no contractor's hands: assign it to one; the policy's `people` says who is."


def not_followed() -> str:
    """The policy has hand-overs off."""
    return "Hand-overs are not followed here: the policy says `handover: {enabled: no}`."


def no_row(what: str, named: str, open_: Sequence[str]) -> str:
    """A command names a row that there is not, or there is none to name."""
    there = f"open: {', '.join(open_)}" if open_ else "none is open"
    return f"There is no {what} {named} here; {there}." if named else f"No {what} is open here."


def not_by_contractor(usage: str) -> str:
    """A contractor used what is the team's."""
    return f"`{usage}` is for the team."


def update_form(parts: Sequence[Part], handover: Handover) -> str:
    """A written update to fill in."""
    form = "\n".join(f"{part.value.capitalize()}: {_FORM[part]}" for part in parts)
    waiting = ", ".join(each.id for each in handover.open_questions)
    beside = f" Still open: {waiting}." if waiting else ""
    return f"**To fill in**, in a new comment.{beside}\n\n```text\n{form}\n```"


def update_lacks(gaps: Sequence[Finding]) -> str:
    """What a written update leaves out."""
    return "**Taken as your update.** " + " ".join(gap.advice for gap in gaps)


def _next(handover: Handover) -> str:
    who = f"Handed to {_name(handover.contractor)} by {_name(handover.by)} on {_day(handover.picked_up_at)}."
    move = handover.move
    if move is None:
        return who
    where = f" on #{move.pull}" if move.pull else ""
    return f"{who} Next: {_name(move.owner)}, {move.why}{where}, since {_moment(move.since)}."


def _questions(rows: Sequence[Question]) -> str:
    by_stand = {stand: [_asked(each) for each in rows if each.stand is stand] for stand in Stand}
    told = [f"{len(ids)} {stand} ({', '.join(ids)})" for stand, ids in by_stand.items() if ids]
    return f"Questions: {'; '.join(told)}." if told else ""


def _asked(row: Question) -> str:
    """A question's id, and while nobody answered it the criterion that was thin."""
    return f"{row.id} on {row.criterion}" if row.criterion and row.stand is Stand.ASKED else row.id


def _decisions(rows: Sequence[Decision]) -> str:
    waiting = [each for each in rows if each.decided_at is None]
    if not waiting:
        return ""
    return f"Needs a decision: {'; '.join(map(_waiting, waiting))}."


def _waiting(row: Decision) -> str:
    who = f" by {_name(row.decider)}" if row.decider else ""
    when = f" until {row.due:%Y-%m-%d}" if row.due else ""
    return f"{row.id} {quote.code(row.question)}{who}{when}"


def _not_ready(_told: Telling, handover: Handover, manual: str) -> str:
    gaps = ", ".join(_criterion(each, manual) for each in handover.gaps[:3])
    who = _name(handover.contractor)
    return (
        f"this issue is with {who} now and is not ready to be started by somebody new. Thin: {gaps}. "
        f"What is added to the description before {who} begins need not be asked later."
    )


def _empty(_told: Telling, handover: Handover, _manual: str) -> str:
    return (
        "changes were requested here without words. Say what should be different and why, "
        f"so that {_name(handover.contractor)} can go on while you are away."
    )


def _elsewhere(told: Telling, handover: Handover, _manual: str) -> str:
    words = quote.code(told.quote.quote) if told.quote else "that"
    return (
        f"after {words}, write down here what was asked, why, and what the answer is. "
        f"Whoever comes later than {_name(handover.contractor)} reads it too."
    )


def _update(_told: Telling, _handover: Handover, _manual: str) -> str:
    return (
        "your working day ends soon and this has no written update yet. Two lines are enough: "
        "`Done: ...` and `Next: ...`, and `Blocked: ...` if something is in the way."
    )


_TOPICS: Mapping[Topic, Callable[[Telling, Handover, str], str]] = {
    Topic.NOT_READY: _not_ready,
    Topic.EMPTY: _empty,
    Topic.ELSEWHERE: _elsewhere,
    Topic.UPDATE: _update,
}


_FORM: Mapping[Part, str] = {
    Part.DONE: "what is finished since the last update",
    Part.DECIDED: "what was chosen, and why; or nothing",
    Part.NEXT: "the step that comes next",
    Part.BLOCKED: "what is waited for, and who can bring it; or nothing",
}


def _criterion(name: str, manual: str) -> str:
    return f"[{name}]({manual}/{name})" if manual else f"`{name}`"


def _name(login: str) -> str:
    """A person, without calling them."""
    return quote.code(login or "somebody", 100)


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
