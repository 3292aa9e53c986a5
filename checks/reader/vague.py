"""Words that leave open what a fact should settle, by how they do it, each with the sharper way to say it.

The kinds are those of unverifiable language in ISO/IEC/IEEE 29148:2018, 5.2.7, as far as they mislead in an issue:
subjective words, ambiguous amounts, open-ended lists and loopholes, and what nobody has decided yet. Left out are
comparisons, superlatives, negations and pronouns, which the sentences around them mostly settle, and the words that
are no fault in issues: "if possible" is manners, "necessary" and "special" point at something.
"""

from collections.abc import Mapping
from enum import StrEnum

from checks.reader.phrases import Found, Phrases, load


class Kind(StrEnum):
    """What a word leaves open."""

    INCOMPLETE = "incomplete"  # a list without its end
    CASE = "case"  # when it holds
    UNDECIDED = "undecided"
    UNDATED = "undated"
    AMOUNT = "amount"
    TASTE = "taste"  # each reader's own


SHARPER: Mapping[Kind, str] = {
    Kind.INCOMPLETE: "list every one that is meant",
    Kind.CASE: "say in which case",
    Kind.UNDECIDED: "decide it, or name who decides and by when",
    Kind.UNDATED: "say by which day",
    Kind.AMOUNT: "say how much, with a number and its unit",
    Kind.TASTE: "say what a reader would see when it is right",
}
_ALWAYS = Phrases((Kind(name), phrases) for name, phrases in load("vague"))
_WITHOUT_FACT = Phrases((Kind(name), phrases) for name, phrases in load("vague_without_fact"))


def find(words: list[str], *, has_fact: bool) -> list[Found[Kind]]:
    """The vague words of a sentence, each labelled with its kind; a fact beside them excuses most."""
    return _ALWAYS.find(words) + ([] if has_fact else _WITHOUT_FACT.find(words))
