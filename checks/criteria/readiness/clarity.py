"""Does every word that should be a fact say one?

Why: "fast", "etc." and "as needed" mean something else to each reader, and nobody notices before the review.

Ready: numbers, names, complete lists, decisions taken.

Not ready: vague words where a fact is needed, "TBD", questions left open, text of the template left in place,
a text that does not say what should change.
"""

from checks.criterion import Asked, Criterion
from checks.reader import vague
from checks.reader.phrases import spoken, words
from checks.reading import NOT_WORK, Reading, Role, beside, excerpt, quote
from checks.subject import Issue
from checks.text import Form, Unit
from checks.verdict import TITLE_LINE, Finding, Status

_MOST = 8  # quoted hits
_IN_ADVICE = 2
_SENTENCE = 4  # words
_FACTS = 2  # concrete lines from which on a text says what it means
_FEW = 2  # hits that leave the rest readable
_NO_DELIVERABLE = "Once it is plain what should change, say it in words that can be read in one way only."


def judge(asked: Asked[Issue]) -> Finding:
    """Judge whether something is left vague, open or unfilled."""
    reading = asked.reading
    hits = reading.units(Role.VAGUE, Role.OPEN)
    left_over = tuple(unit for unit in reading.units(Role.TEMPLATE) if _is_prompt(unit))
    clear = reading.units(
        Role.WANTED, Role.PRESENT, Role.IO, Role.CHECK, without=(Role.TEMPLATE, Role.NOISE, Role.VAGUE, Role.OPEN)
    )
    if not clear and not hits:
        advice = "Say in one sentence what should change: there are no words yet that could be clear or unclear."
        return _gap(Status.MISSING, left_over, advice)
    if hits:
        questions = set(reading.units(Role.OPEN))
        mends = [_mend(unit, asks=unit in questions) for unit in hits[:_IN_ADVICE]]
        return _gap(_left_open(reading, hits, clear), hits, _joined(mends))
    if reading.kind in NOT_WORK:
        return _gap(Status.PARTLY, clear[:1], _NO_DELIVERABLE)
    if not reading.units(Role.IO, Role.CHECK):
        return _gap(Status.PARTLY, clear[:1], f"{beside(clear[0])}, put one fact: a number, a value, an exact name.")
    if left_over and (len(left_over) >= len(clear) or not reading.units(Role.CHECK)):
        return _gap(
            Status.PARTLY, left_over, f"Delete or fill in {excerpt(left_over[0])}, which is the template's text."
        )
    return Finding(criterion=CRITERION.name, status=Status.MET, evidence=tuple(map(quote, clear[:1])))


def _left_open(reading: Reading, hits: tuple[Unit, ...], clear: tuple[Unit, ...]) -> Status:
    """How much of the text the vague words and open questions take: beside no fact at all they are the text."""
    facts = len(reading.units(Role.IO))
    if reading.kind not in NOT_WORK and not facts and not reading.units(Role.CHECK):
        return Status.MISSING
    is_readable = facts >= _FACTS or (clear and len(hits) <= max(_FEW, len(clear) // 4))
    return Status.PARTLY if is_readable else Status.MISSING


def _is_prompt(unit: Unit) -> bool:
    """An empty answer of a form and a box to tick cannot be helped; a sentence of the template can."""
    spoken_to_author = unit.form in (Form.PROSE, Form.ITEM, Form.QUOTE) and len(unit.text.split()) >= _SENTENCE
    return spoken_to_author and not unit.text.endswith("?")  # a question of the form may stand above its answer


def _mend(unit: Unit, *, asks: bool) -> str:
    place = "In the title" if unit.line == TITLE_LINE else f"In line {unit.line}"
    found = vague.find(words(spoken(unit.text)), has_fact=False)
    if found and not asks:
        return f'{place}, instead of "{found[0].phrase}", {vague.SHARPER[found[0].label]}'
    if asks:
        return f"{place}, settle {excerpt(unit)}: write the answer, or who decides and by when"
    return f"{place}, say {excerpt(unit)} with a fact: a number, a name, a value"


def _joined(edits: list[str]) -> str:
    first, *others = edits
    return "; ".join((first, *(f"{edit[0].lower()}{edit[1:]}" for edit in others))) + "."


def _gap(status: Status, units: tuple[Unit, ...], advice: str) -> Finding:
    return Finding(criterion=CRITERION.name, status=status, evidence=tuple(map(quote, units[:_MOST])), advice=advice)


CRITERION = Criterion(name="clarity", asks="Does every word that should be a fact say one?", judge=judge)
