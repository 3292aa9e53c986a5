"""Lines that name an acceptance criterion by its id, before what they say of it or behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from checks.text import Form
from checks.trace import cues, ids, stance
from checks.trace.claims import Claim
from checks.trace.ids import Group
from checks.trace.match import Answer, How, Match, below, match, placed
from checks.trace.named import named as names
from checks.trace.sought import Index, Sought
from checks.trace.stance import Stance

_HOLE = "\x00"  # stands for a group of ids, so that no clause is cut inside one
_AND = re.compile(rf"\band\b(?=\s*{_HOLE})")
_LEAD = re.compile(rf"\s(?={_HOLE}\s*(?::|[-\N{{EN DASH}}\N{{EM DASH}}]\s))")  # an id before a dash begins anew
_BARE = re.compile(
    r"(?:[\W_]|\b(?:for|as|re|regarding|on|to|of|the|cf|acceptance|criterion|criteria|[0-9a-f]{7,40})\b)*",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"(?:\b(?:every(?:thing)?|all|any(?:thing)?|each)\s+but|\bexcept(?:\s+for)?|\bapart from|\bother than"
    r"|\bexcluding|\bminus|\bwithout|\bbut not|\bnot)\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s*(?:is|are|was|were|isn't|aren't|has|have|does|do|did|doesn't|needs?|requires?|can|cannot|may|asks?|says?|wants?"
    r"|describes?|mentions?|means?|assumes?|seems?|looks?|should|could|would|will|only)\b",
    re.IGNORECASE,
)  # behind an id it makes the id what a sentence is about, where a colon makes it a label
_BEFORE = 30  # characters before a group that may except it


@dataclass(frozen=True, slots=True)
class _Named:
    """A group of ids and what its line says of it."""

    group: Group
    said: str  # the clauses about it
    words: str  # the same as they are written
    leads: bool  # the group begins a line or a clause, or stands in brackets: what stands beside it is about it
    excepted: bool


def matches(claim: Claim, index: Index) -> Iterator[Match]:
    """What a line says of those that it names by their ids."""
    for each in _scopes(claim.text, ids.groups(claim.text, index.known)):
        for sought in index.under(each.group, issue=claim.issue, text=claim.text):
            found = _match(claim, each, sought, index)
            if found:
                yield found


def named(claim: Claim, index: Index) -> set[int]:
    """The numbers of those that a line names by their ids, whatever it says of them."""
    groups = ids.groups(claim.text, index.known)
    return {each.number for group in groups for each in index.under(group, issue=claim.issue, text=claim.text)}


def _match(claim: Claim, each: _Named, sought: Sought, index: Index) -> Match | None:
    how = How.ID if claim.unit.checked is None else How.BOX
    said = Stance.NOT_YET if each.excepted else stance.of_answer(each.said.replace(sought.text, " "), sought.text)
    if claim.unit.checked is not None and said in (Stance.PLAIN, Stance.DONE, Stance.SILENT):
        said = Stance.DONE if claim.unit.checked else Stance.NOT_YET
    elif said not in (Stance.LEFT_OUT, Stance.NOT_YET):
        answers = tuple(takewhile(lambda unit: not ids.groups(unit.text, index.known), claim.below))
        if answers and (_is_name(each, sought) or claim.text.endswith(":") or claim.unit.form is Form.HEADING):
            return match(claim, sought, how, below(answers, sought), Answer(below=answers))
        said = _claimed(claim, each, sought, said)
    return match(claim, sought, how, said, Answer(words=each.words.replace(sought.text, " ")))


def _claimed(claim: Claim, each: _Named, sought: Sought, said: Stance) -> Stance:
    """A plain word beside an id claims something where the id leads; anywhere else it has to say that it was met."""
    if said is Stance.DONE and (each.leads or claim.place is not Stance.SILENT):
        return said
    if said is Stance.SILENT or claim.place is Stance.SILENT:
        return Stance.SILENT
    if claim.place is not Stance.PLAIN:
        return placed(Stance.PLAIN, claim.place)
    beside = each.leads and not _is_name(each, sought) and not claim.unit.level
    return Stance.DONE if beside or names([each.said]) else Stance.SILENT


def _is_name(each: _Named, sought: Sought) -> bool:
    """Whether a line holds no more than the id and the words of the acceptance criterion."""
    return not re.search(r"\w", each.said) or sought.is_copied(each.said)


def _scopes(text: str, groups: list[Group]) -> Iterator[_Named]:
    """For each group of ids the clauses that are about it."""
    pieces, end = [], 0
    for group in groups:
        pieces.append(text[end : group.start])
        end = group.stop
    whole = _LEAD.sub("\n", _HOLE.join([*pieces, text[end:]]))
    clauses = [part for each in cues.clauses(whole) for part in _AND.split(each)]
    holding = [at for at, clause in enumerate(clauses) for _ in range(clause.count(_HOLE))]
    ends = [*(group.start for group in groups), len(text)][1:]
    for number, (group, at, end) in enumerate(zip(groups, holding, ends, strict=False)):
        own = clauses[at].replace(_HOLE, " ")
        following = list(takewhile(lambda clause: _HOLE not in clause, clauses[at + 1 :]))
        is_bare = bool(_BARE.fullmatch(own))
        previous = holding[number - 1] + 1 if number and holding[number - 1] < at else 0
        stated = clauses[previous:at] if is_bare and not following else []
        leads = is_bare or bool(_BARE.fullmatch(clauses[at].partition(_HOLE)[0]))
        before = text[max(0, group.start - _BEFORE) : group.start]
        said = " ; ".join([*stated, own, *following])
        words = text[group.stop : end] if leads and not stated else text
        leads = leads and not _VERB.match(text, group.stop)
        yield _Named(group, said, words, leads=leads, excepted=bool(_BUT.search(before)))
