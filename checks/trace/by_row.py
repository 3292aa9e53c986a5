"""A table's row: one cell names the acceptance criterion, the others answer."""

import re
from collections.abc import Iterator

from checks.trace import cues, ids, stance
from checks.trace.claims import Claim, cells
from checks.trace.match import Answer, How, Match, match, placed
from checks.trace.sought import Index, Sought
from checks.trace.stance import Stance

_NOTHING = re.compile(r"[\W_]*(?:n/?a|tb[acd]|where|evidence|answer)?[\W_]*", re.IGNORECASE)


def matches(claim: Claim, index: Index) -> Iterator[Match]:
    """What a row says; one whose other cells are empty says nothing."""
    for sought, how in _named(claim, index):
        rest = claim.text.replace(sought.text, " ")  # its own words may hold a bar
        answers = [cell for cell in cells(rest) if _answers(cell, sought, index)]
        said = placed(_said(answers, sought), claim.place)
        if answers:
            done = Stance.DONE if said is Stance.PLAIN else said
            yield from filter(None, [match(claim, sought, how, done, Answer(words=" ; ".join(answers)))])


def _named(claim: Claim, index: Index) -> Iterator[tuple[Sought, How]]:
    by_id = [
        (sought, How.ID)
        for cell in cells(claim.text)
        for group in ids.groups(cell, index.known)[:1]
        if not cell[: group.start].strip("*_`([ ")
        for sought in index.under(group, issue=claim.issue, text=claim.text)
    ]
    yield from by_id
    if not by_id:
        told = next((sought for cell in cells(claim.text) if (sought := index.about(cell))), None)
        if told:
            yield told, How.QUOTATION if any(map(told.is_copied, cells(claim.text))) else How.LIKENESS


def _answers(cell: str, sought: Sought, index: Index) -> bool:
    """Whether a cell is neither empty nor the name or the words of what is asked."""
    groups = ids.groups(cell, index.known)[:1]
    rest = cell[groups[0].stop :] if groups and not cell[: groups[0].start].strip("*_`([ ") else cell
    if _NOTHING.fullmatch(rest) and cues.tick(rest) is None:
        return False
    return not (sought.is_copied(rest) or sought.is_topic(rest) or sought.holds(rest))


def _said(answers: list[str], sought: Sought) -> Stance:
    """What the cells say together: one that denies counts before those that do not."""
    each = [stance.of_answer(cell, sought.text) for cell in answers]
    together = stance.of_answer(" ; ".join(answers), sought.text)
    return next((said for said in (*each, together) if said in (Stance.LEFT_OUT, Stance.NOT_YET)), together)
