"""Lines that name no id: a ticked box, a quotation and its answer, a sentence that repeats the words."""

import re
from collections.abc import Iterator
from dataclasses import replace

from checks.reader.phrases import words
from checks.text import Form
from checks.trace import cues, stance
from checks.trace.claims import Claim
from checks.trace.likeness import figures, stems
from checks.trace.match import Answer, How, Match, below, match, placed
from checks.trace.named import named
from checks.trace.sought import Index, Sought
from checks.trace.stance import NEGATIVE, Stance

_CLAIM = 0.66  # share of the words from which a sentence repeats an acceptance criterion
_CLAIM_IF_SHORT = 0.8  # the same of one with few words: each may turn it
_SHORT = 4  # content words
_DENSE = 0.6  # share of the words of several clauses that are those of the acceptance criterion
_WHOLE = 0.9  # share of the words from which what else they say does not matter
_SEVERAL = 2  # marks of one line
_DENIED = 0.55  # share from which a sentence says that one is open or left out
_STATED = frozenset({Stance.PLAIN, Stance.DONE})
_PASSAGE = re.compile(r"[\"\u201c\u201e]([^\"\u201c\u201d\u201e]{6,300})[\"\u201d\u201c]")


def matches(claim: Claim, index: Index) -> Iterator[Match]:
    """What a line says of those whose words it repeats."""
    if claim.box is not None:
        yield from filter(None, (_boxed(part, index) for part in _parts(claim)))
        return
    if claim.unit.form in (Form.HEADING, Form.QUOTE):
        yield from filter(None, [_headed(claim, index)])
        return
    near = index.near(claim.text)
    yield from filter(None, (_told(claim, sought) for sought in near))
    far = [sought for sought in index.every if sought not in near] if _PASSAGE.search(claim.text) else []
    yield from filter(None, (_quoted(claim, sought) for sought in far))


def _parts(claim: Claim) -> list[Claim]:
    """A line for each of its marks; one with a box is one."""
    marked = cues.ticked(claim.text) if claim.unit.checked is None else []
    if len(marked) < _SEVERAL:
        return [claim]
    return [replace(claim, text=words, unit=replace(claim.unit, checked=is_done)) for is_done, words in marked]


def _boxed(claim: Claim, index: Index) -> Match | None:
    sought = index.about(claim.text)
    if sought is None:
        return None
    said = stance.of_answer(claim.text.replace(sought.text, " "), sought.text)
    if said is Stance.LEFT_OUT or (said is Stance.NOT_YET and claim.box):
        return match(claim, sought, How.BOX, said)
    return match(claim, sought, How.BOX, Stance.DONE if claim.box else Stance.NOT_YET)


def _headed(claim: Claim, index: Index) -> Match | None:
    """A heading or a quoted line in the words of an acceptance criterion: what stands below it is the answer."""
    sought = index.about(claim.text) if claim.below else None
    return (
        match(claim, sought, How.QUOTATION, below(claim.below, sought), Answer(below=claim.below)) if sought else None
    )


def _told(claim: Claim, sought: Sought) -> Match | None:
    denied = claim.afterthought or stance.taken_back(claim.text)
    if denied:
        return _alike(claim, sought)
    if sought.is_copied(claim.text):
        return _copied(claim, sought)
    if claim.unit.line and sought.is_inside(claim.text):
        said = _rest(claim, sought)
        return match(claim, sought, How.QUOTATION, Stance.DONE if said is Stance.PLAIN else said)
    return _quoted(claim, sought) or _alike(claim, sought)


def _copied(claim: Claim, sought: Sought) -> Match | None:
    """The issue's very words: an answer below, or a heading that claims it, makes them more than a pasted line."""
    if claim.below:
        return match(claim, sought, How.QUOTATION, below(claim.below, sought), Answer(below=claim.below))
    said = placed(Stance.PLAIN, claim.place)
    if said is Stance.PLAIN and (claim.unit.form is not Form.PROSE or claim.place is Stance.SILENT):
        return None
    if said is not Stance.PLAIN:
        return match(claim, sought, How.QUOTATION, said)
    found = match(claim, sought, How.LIKENESS, said)
    return replace(found, is_copy=True) if found else None


def _rest(claim: Claim, sought: Sought) -> Stance:
    """What a line says beside the whole of an acceptance criterion."""
    said = stance.of_clause(claim.text, sought.text)
    if claim.place is Stance.SILENT and said is Stance.PLAIN:
        return Stance.SILENT
    return Stance.SILENT if stance.asks(claim.text) else placed(said, claim.place)


def _quoted(claim: Claim, sought: Sought) -> Match | None:
    """A passage in quotation marks, and words beside it that say it was met or was not."""
    for passage in _PASSAGE.finditer(claim.text):
        if sought.holds(passage[1]):
            rest = claim.text[: passage.start()] + " " + claim.text[passage.end() :]
            said = stance.of_answer(rest, sought.text)
            is_answer = said is not Stance.PLAIN or bool(named([rest]))
            return match(claim, sought, How.QUOTATION, said) if is_answer else None
    return None


def _alike(claim: Claim, sought: Sought) -> Match | None:
    if claim.place is Stance.SILENT or stance.asks(claim.text):
        return None
    if sought.promise.share(stems(claim.text)) < _DENIED:
        return None
    ruling = claim.place if claim.place in NEGATIVE else claim.afterthought or stance.ruling(claim.text)
    return match(claim, sought, How.LIKENESS, ruling or _clauses(claim.text, sought), Answer(words=claim.text))


def _clauses(text: str, sought: Sought) -> Stance:
    """A claim where the clauses that state something repeat enough of the words, else what another clause says."""
    given = [(clause, stance.of_clause(clause, sought.text)) for clause in cues.clauses(text)]
    stated = [clause for clause, said in given if said in _STATED]
    whole = " ; ".join(stated)
    if any(_claims(clause, sought) for clause in stated) or (_is_dense(whole, sought) and _claims(whole, sought)):
        return Stance.DONE
    return next((said for clause, said in given if said in NEGATIVE and _is_about(clause, sought)), Stance.SILENT)


def _is_about(clause: str, sought: Sought) -> bool:
    """Whether a clause speaks of an acceptance criterion: by one of its words, or by a word that stands for it."""
    return bool(stems(clause) & sought.promise.weights.keys()) or stance.stands_for(clause)


def _is_dense(text: str, sought: Sought) -> bool:
    """Whether clauses that repeat an acceptance criterion together repeat nearly all of it, or say little else."""
    said = stems(text)
    is_whole = sought.promise.share(said) >= _WHOLE
    return is_whole or len(said & sought.promise.weights.keys()) >= _DENSE * len(said)


def _claims(stated: str, sought: Sought) -> bool:
    promise = sought.promise
    least = _CLAIM if len(promise.weights) > _SHORT else _CLAIM_IF_SHORT
    if promise.share(stems(stated)) < least or not promise.figures <= figures(stated):
        return False
    if cues.contradicts(frozenset(words(stated)), promise.said):
        return False
    return not promise.needs_denial or cues.denies(stated)
