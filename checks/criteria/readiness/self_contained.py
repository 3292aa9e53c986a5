"""Can a stranger read everything that is needed, here?

Why: a contractor in another time zone cannot open your chat and cannot ask the person who remembers.

Ready: what was said elsewhere stands in the text, and links lead to pages that anybody can open.

Not ready: "as discussed", "see Slack", "ask Bob", "the usual way"; links to a chat, a drive or an intranet;
facts that stand only in an image, in another ticket or behind a link, or nowhere.
"""

from checks.criterion import Asked, Criterion
from checks.reader import hidden
from checks.reader.phrases import words
from checks.reading import IssueKind, Reading, Role, excerpt, quote
from checks.subject import Issue
from checks.text import Form, Unit
from checks.verdict import TITLE_LINE, Finding, Status

_MOST = 6
_LONGEST = 60  # characters of a reference in a sentence of advice
_FACTS = 2  # concrete lines; with fewer a stranger has to ask somebody
_FACTLESS = "Name the place, so that nobody has to ask for it: the file, page, command or setting, and the version."
_SIDE_NOTE = 3  # lines of its own for each hidden one, from which on the hidden ones are side notes


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether the text leans on something out of a stranger's reach."""
    reading = asked.reading
    away = reading.units(Role.HIDDEN)
    own = reading.units(
        Role.WANTED, Role.CHECK, Role.PRESENT, Role.IO, without=(Role.TEMPLATE, Role.NOISE, Role.HIDDEN)
    )
    if away:
        closed = tuple(unit for unit in away if _out_of_reach(unit))
        first = (closed or away)[0]
        demands = not set(closed).isdisjoint(
            reading.units(Role.WANTED, Role.BLOCKED)
        )  # what is needed stands elsewhere
        side_note = len(own) >= _SIDE_NOTE * len(closed) and not demands
        status = Status.PARTLY if own and side_note else Status.MISSING
        return _gap(status, closed or away, _mend(first))
    if not own:
        advice = "Write into the issue what a stranger needs to begin: so far there is nothing to go by."
        return Finding(criterion=CRITERION.name, status=Status.MISSING, advice=advice)
    return _thin(asked.reading, own) or _met(own)


def _thin(reading: Reading, own: tuple[Unit, ...]) -> Finding | None:
    """What a stranger needs beyond these words: what another ticket says, or facts that stand nowhere."""
    tickets = reading.units(Role.LINK)
    if tickets:
        return _gap(Status.PARTLY, tickets, f"{_place(tickets[0])} names another ticket: say here what matters of it.")
    facts = reading.units(Role.IO)
    if len(facts) >= (1 if reading.kind is IssueKind.CHORE else _FACTS):
        return None
    if facts:
        advice = f"Besides {excerpt(facts[0])}, write down what else you would be asked: a place, a value."
        return _gap(Status.PARTLY, facts, advice)
    return _gap(Status.PARTLY, own[:1], _FACTLESS)


def _out_of_reach(unit: Unit) -> tuple[str, str] | None:
    said = words(unit.text)
    return hidden.find(unit.text, said) or hidden.system(said)


def _mend(unit: Unit) -> str:
    found = _out_of_reach(unit)
    if found:
        reference, edit = found
        return f'{_place(unit)} leans on "{_short(reference)}": {edit}.'
    if unit.form is Form.IMAGE:
        return f"{_place(unit)} shows it in a picture only: write what is to be seen there."
    ticket = hidden.tracker(unit.text, words(unit.text))
    pointed_at = f'"{_short(ticket)}"' if ticket else "another page"
    return f"{_place(unit)} points at {pointed_at}: say here what is needed from there."


def _met(own: tuple[Unit, ...]) -> Finding:
    return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, own[:1])))


def _gap(status: Status, units: tuple[Unit, ...], advice: str) -> Finding:
    return Finding(criterion=CRITERION.name, status=status, evidence=tuple(map(quote, units[:_MOST])), advice=advice)


def _short(reference: str) -> str:
    reference = reference.rstrip(".,;:")
    return reference if len(reference) <= _LONGEST else f"{reference[: _LONGEST - 3]}..."


def _place(unit: Unit) -> str:
    return "The title" if unit.line == TITLE_LINE else f"Line {unit.line}"


CRITERION = Criterion(name="self-contained", asks="Can a stranger read everything that is needed, here?", judge=judge)
